// Sums of products for the gradient of weights, which each thread makes for itself.
#pragma once
#include "attar_convolution.h"
#include "dispatch.h"

// (rows, padded outputs) for each group, and then (padded outputs) for the bias.
typedef struct {
  size_t groups, rows, outputs, padded;
} attar_sums;

ATTAR_INLINE size_t attar_sums_count(attar_sums s) { return s.groups * (s.rows + 1) * s.padded; }

// The gradients of weights (rows, groups · outputs) and bias from the sums of several threads, one after the other.
ATTAR_INLINE void attar_collect_sums(attar_sums s, const float *sums, size_t parts, float *dweights, float *dbias) {
  size_t all = s.groups * s.outputs, stride = attar_sums_count(s);
  for (size_t g = 0; g < s.groups; g++, sums += (s.rows + 1) * s.padded)
    for (size_t k = 0; k <= s.rows; k++) {
      float *to = (k < s.rows ? dweights ? dweights + k * all : NULL : dbias);
      if (to == NULL) continue;
      for (size_t o = 0; o < s.outputs; o++) {
        float sum = 0;
        for (size_t part = 0; part < parts; part++) sum += sums[part * stride + k * s.padded + o];
        to[g * s.outputs + o] = sum;
      }
    }
}
