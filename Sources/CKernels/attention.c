// Scaled dot-product attention between its matrix products, and rotary positions.
#include "CKernels.h"
#include "dispatch.h"
#include "vector_math.h"
#include <math.h>
#pragma clang fp contract(fast)

// Sums and maxima are kept in as many lanes, so that they fill vectors without their order being left to the compiler.
enum { LANES = 16 };

ATTAR_INLINE float greatest(const float *x, const float *ids, size_t count) {
  float lanes[LANES], most = -INFINITY;
  for (size_t k = 0; k < LANES; k++) lanes[k] = -INFINITY;
  size_t j = 0;
  for (; j + LANES <= count; j += LANES)
    for (size_t k = 0; k < LANES; k++) {
      float v = ids != NULL && ids[j + k] == 0 ? -INFINITY : x[j + k];
      lanes[k] = v > lanes[k] ? v : lanes[k];
    }
  for (; j < count; j++)
    if ((ids == NULL || ids[j] != 0) && x[j] > most) most = x[j];
  for (size_t k = 0; k < LANES; k++) most = lanes[k] > most ? lanes[k] : most;
  return most;
}

// e^(x − most), 0 for keys that are not seen; returns the sum.
ATTAR_INLINE float exponentials(float *x, const float *ids, size_t count, float most) {
  float lanes[LANES] = {0}, sum = 0;
  size_t j = 0;
  for (; j + LANES <= count; j += LANES)
    for (size_t k = 0; k < LANES; k++) {
      float e = attar_exp(x[j + k] - most);
      if (ids != NULL) e = ids[j + k] == 0 ? 0 : e;
      x[j + k] = e;
      lanes[k] += e;
    }
  for (; j < count; j++) {
    float e = attar_exp(x[j] - most);
    if (ids != NULL && ids[j] == 0) e = 0;
    x[j] = e;
    sum += e;
  }
  for (size_t k = 0; k < LANES; k++) sum += lanes[k];
  return sum;
}

ATTAR_DISPATCH void attar_attention_softmax(
    float *scores, size_t rows, size_t columns, size_t stride, attar_attention_sight sight) {
  for (size_t row = 0; row < rows; row++) {
    float *x = scores + row * stride;
    size_t seen = sight.causal && sight.first + row < columns ? sight.first + row + 1 : columns;
    float sum;
    if (sight.ids == NULL)
      sum = exponentials(x, NULL, seen, greatest(x, NULL, seen));
    else
      sum = exponentials(x, sight.ids, seen, greatest(x, sight.ids, seen));
    // A score that is no number makes the sum none, and so all of the row.
    float share = sum == 0 ? 0 : 1.0f / sum;
    for (size_t j = 0; j < seen; j++) x[j] *= share;
    for (size_t j = seen; j < columns; j++) x[j] = 0;
  }
}

ATTAR_DISPATCH void attar_attention_softmax_gradient(
    const float *restrict p, float *restrict dp, size_t rows, size_t columns, size_t stride) {
#pragma clang fp reassociate(on) contract(fast)
  for (size_t row = 0; row < rows; row++) {
    const float *q = p + row * stride;
    float *g = dp + row * columns;
    float dot = 0;
    for (size_t j = 0; j < columns; j++) dot += g[j] * q[j];
    for (size_t j = 0; j < columns; j++) g[j] = q[j] * (g[j] - dot);
  }
}

void attar_rotary_table(float *table, size_t length, size_t width, float base) {
  size_t half = width / 2;
  for (size_t position = 0; position < length; position++) {
    float *row = table + position * width;
    for (size_t i = 0; i < half; i++) {
      double angle = (double)position * pow(base, -2.0 * (double)i / (double)width);
      row[i] = (float)cos(angle);
      row[half + i] = (float)sin(angle);
    }
  }
}

ATTAR_DISPATCH void attar_rotate(
    const float *x, size_t stride, const float *restrict table, bool back, float *y, size_t y_stride, size_t length,
    size_t width) {
  size_t half = width / 2;
  float sign = back ? -1.0f : 1.0f;
  for (size_t position = 0; position < length; position++) {
    const float *in = x + position * stride, *cosine = table + position * width, *sine = cosine + half;
    float *out = y + position * y_stride;
    for (size_t i = 0; i < half; i++) {
      float a = in[i], b = in[half + i], s = sign * sine[i];
      out[i] = a * cosine[i] - b * s;
      out[half + i] = b * cosine[i] + a * s;
    }
  }
}

ATTAR_INLINE float share_of_positions(const float *ids, size_t length) {
  size_t count = 0;
  for (size_t i = 0; i < length; i++) count += ids[i] != 0;
  return count == 0 ? 0 : 1.0f / (float)count;
}

ATTAR_DISPATCH void attar_sequence_mean(
    const float *restrict x, const float *restrict ids, float *restrict y, size_t length, size_t width) {
  float share = share_of_positions(ids, length);
  for (size_t k = 0; k < width; k++) y[k] = 0;
  for (size_t i = 0; i < length; i++) {
    if (ids[i] == 0) continue;
    for (size_t k = 0; k < width; k++) y[k] += x[i * width + k];
  }
  for (size_t k = 0; k < width; k++) y[k] *= share;
}

ATTAR_DISPATCH void attar_sequence_mean_gradient(
    const float *restrict dy, const float *restrict ids, float *restrict dx, size_t length, size_t width) {
  float share = share_of_positions(ids, length);
  for (size_t i = 0; i < length; i++) {
    float factor = ids[i] == 0 ? 0 : share;
    for (size_t k = 0; k < width; k++) dx[i * width + k] = factor * dy[k];
  }
}
