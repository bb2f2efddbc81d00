// What turns sums of products of bytes into results.
#pragma once
#include <stddef.h>
#include <stdint.h>

#include "dispatch.h"

// y = factor·(start + sum) + offset, not below `low`, to floats, or else rounded to bytes.
typedef struct {
  const int32_t *start;
  const float *factors, *offsets;
  float low;
  float *floats;
  uint8_t *bytes;
  size_t out_step;  // elements from one result pixel to the next
} attar_quantized_ending;

// Where a packed group's numbers begin: start, factors and offsets of `count` outputs each, then weights.
typedef struct {
  int32_t *start;
  float *factors, *offsets;
  int8_t *weights;
} attar_quantized_numbers;

// Bytes of a group's numbers without its weights.
ATTAR_INLINE size_t attar_quantized_numbers_bytes(size_t count) { return 12 * count; }

ATTAR_INLINE attar_quantized_numbers attar_quantized_numbers_at(void *packed, size_t count) {
  attar_quantized_numbers n;
  n.start = packed;
  n.factors = (float *)(n.start + count);
  n.offsets = n.factors + count;
  n.weights = (int8_t *)(n.offsets + count);
  return n;
}
