// What worker threads need beyond the system's own calls.
#pragma once

// Tells the processor that this thread is waiting in a loop, so that it saves power and yields to its sibling.
static inline void attar_pause(void) {
#if defined(__x86_64__)
  __builtin_ia32_pause();
#elif defined(__aarch64__)
  __asm__ volatile("yield");
#endif
}
