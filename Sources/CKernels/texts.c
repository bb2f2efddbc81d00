// Static embeddings of texts.
#include "attar_texts.h"

#include "dispatch.h"

ATTAR_DISPATCH void attar_sum_rows(
    const float *restrict table, const int32_t *restrict ids, size_t count, size_t offset, size_t width,
    float *restrict sums, size_t start) {
  float *restrict to = sums + start;
  for (size_t i = 0; i < count; i++) {
    const float *restrict from = table + ((size_t)ids[i] + offset) * width;
    for (size_t k = 0; k < width; k++) to[k] += from[k];
  }
}

ATTAR_DISPATCH void attar_scale_to_one(float *values, size_t start, size_t width) {
#pragma clang fp reassociate(on) contract(fast)
  float *restrict own = values + start;
  float squares = 0;
  for (size_t k = 0; k < width; k++) squares += own[k] * own[k];
  if (squares <= 0) return;
  float scale = 1 / __builtin_elementwise_sqrt(squares);
  for (size_t k = 0; k < width; k++) own[k] *= scale;
}

ATTAR_DISPATCH float attar_static_step(
    float *restrict table, float *restrict squares, const int32_t *restrict ids, size_t count,
    const float *restrict targets, size_t target, size_t width, float rate, float *restrict scratch) {
#pragma clang fp reassociate(on) contract(fast)
  const float *restrict wanted = targets + target * width;
  if (count == 0) return 0;
  for (size_t k = 0; k < width; k++) scratch[k] = 0;
  for (size_t i = 0; i < count; i++) {
    const float *restrict from = table + (size_t)ids[i] * width;
    for (size_t k = 0; k < width; k++) scratch[k] += from[k];
  }
  float own = 0, other = 0, product = 0;
  for (size_t k = 0; k < width; k++) {
    own += scratch[k] * scratch[k];
    other += wanted[k] * wanted[k];
    product += scratch[k] * wanted[k];
  }
  if (own <= 0 || other <= 0) return 1;
  float length = __builtin_elementwise_sqrt(own), scale = 1 / (length * __builtin_elementwise_sqrt(other));
  float cosine = product * scale;
  // The derivative of −cos by the sum of the rows, the same for each of them.
  float steps = 0;
  for (size_t k = 0; k < width; k++) {
    scratch[k] = cosine * scratch[k] / own - wanted[k] * scale;
    steps += scratch[k] * scratch[k];
  }
  steps /= (float)width;
  for (size_t i = 0; i < count; i++) {
    size_t id = (size_t)ids[i];
    squares[id] += steps;
    float step = rate / (__builtin_elementwise_sqrt(squares[id]) + 1e-8f);
    float *restrict to = table + id * width;
    for (size_t k = 0; k < width; k++) to[k] -= step * scratch[k];
  }
  return 1 - cosine;
}
