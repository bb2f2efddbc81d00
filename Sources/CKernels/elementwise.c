// Loops over elements that need nothing but their own index.
#include "attar_elements.h"

#include "dispatch.h"

// Elements do not depend on each other, not even where results replace what they are made of, which the compiler cannot see.
#define INDEPENDENT _Pragma("clang loop vectorize(assume_safety)")

ATTAR_DISPATCH void attar_add(float *restrict into, const float *restrict from, size_t count) {
  for (size_t i = 0; i < count; i++) into[i] += from[i];
}

ATTAR_DISPATCH void attar_multiply(const float *x, const float *factor, float *y, size_t count) {
  INDEPENDENT for (size_t i = 0; i < count; i++) y[i] = x[i] * factor[i];
}

ATTAR_DISPATCH void attar_sum(const float *a, const float *b, bool relu, float *y, size_t count) {
  if (relu)
    INDEPENDENT for (size_t i = 0; i < count; i++) {
      float v = a[i] + b[i];
      y[i] = v > 0 ? v : 0;
    }
  else
    INDEPENDENT for (size_t i = 0; i < count; i++) y[i] = a[i] + b[i];
}

ATTAR_DISPATCH void attar_where_positive(const float *y, const float *dy, float *dx, size_t count) {
  INDEPENDENT for (size_t i = 0; i < count; i++) dx[i] = y[i] > 0 ? dy[i] : 0;
}

ATTAR_DISPATCH void attar_scale(float *x, size_t count, float factor) {
  for (size_t i = 0; i < count; i++) x[i] *= factor;
}
