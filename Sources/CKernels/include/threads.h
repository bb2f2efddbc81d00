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

// A Swift closure of type (Int) -> Void as its two words. Swift cannot store a closure that is only lent for the length of a
// call without moving it to the heap; other threads need no more than these words, while the caller waits for them.
typedef struct {
  __attribute__((swiftcall)) void (*function)(long part, __attribute__((swift_context)) void *context);
  void *context;
} attar_body;

static inline void attar_call(attar_body body, long part) { body.function(part, body.context); }
