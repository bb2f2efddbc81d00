// The test program's own malloc goes before the C library's and passes every call on to it.
#include "CAllocationCounter.h"
// Says whether this is glibc, beside what it is named for.
#include <errno.h>
#include <stddef.h>

static _Thread_local int counting;
static _Thread_local long allocations;

void attar_start_counting_allocations(void) {
  allocations = 0;
  counting = 1;
}

long attar_stop_counting_allocations(void) {
  counting = 0;
  return allocations;
}

#if defined(__linux__) && defined(__GLIBC__)

// Without optimisation Swift puts on the heap what it otherwise keeps on the stack: there is nothing to promise then.
#if defined(__OPTIMIZE__)
int attar_can_count_allocations(void) { return 1; }
#else
int attar_can_count_allocations(void) { return 0; }
#endif

void *__libc_malloc(size_t size);
void *__libc_calloc(size_t count, size_t size);
void *__libc_realloc(void *old, size_t size);
void *__libc_memalign(size_t alignment, size_t size);

void *malloc(size_t size) {
  allocations += counting;
  return __libc_malloc(size);
}

void *calloc(size_t count, size_t size) {
  allocations += counting;
  return __libc_calloc(count, size);
}

void *realloc(void *old, size_t size) {
  allocations += counting;
  return __libc_realloc(old, size);
}

void *aligned_alloc(size_t alignment, size_t size) {
  allocations += counting;
  return __libc_memalign(alignment, size);
}

int posix_memalign(void **result, size_t alignment, size_t size) {
  allocations += counting;
  *result = __libc_memalign(alignment, size);
  return *result == NULL ? ENOMEM : 0;
}
#else
int attar_can_count_allocations(void) { return 0; }
#endif
