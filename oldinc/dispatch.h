// Compiles a function three times, for AVX-512, for AVX2 and for any x86-64; the loader picks when the program starts.
#pragma once

#if defined(__x86_64__) && defined(__ELF__)
#define ATTAR_DISPATCH __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")))
#else
#define ATTAR_DISPATCH
#endif

// A helper that becomes part of each copy of its caller.
#define ATTAR_INLINE static inline __attribute__((always_inline))
