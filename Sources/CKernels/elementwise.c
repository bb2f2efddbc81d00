// Loops over elements that need nothing but their own index.
#include "CKernels.h"
#include "dispatch.h"

ATTAR_DISPATCH void attar_add(float *restrict into, const float *restrict from, size_t count) {
  for (size_t i = 0; i < count; i++) into[i] += from[i];
}

ATTAR_DISPATCH void attar_multiply(const float *x, const float *factor, float *y, size_t count) {
  for (size_t i = 0; i < count; i++) y[i] = x[i] * factor[i];
}
