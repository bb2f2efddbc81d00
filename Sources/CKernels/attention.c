// Scaled dot-product attention between its matrix products, and rotary positions.
#include "attar_attention.h"

#include <math.h>
#include <stdint.h>
#include <string.h>

#include "dispatch.h"
#include "vector_math.h"
#pragma clang fp contract(fast)

enum { LANES = ATTAR_ATTENTION_LANES };
typedef float lanes __attribute__((ext_vector_type(LANES), aligned(4)));
typedef float half_lanes __attribute__((ext_vector_type(LANES / 2)));
typedef float quarter_lanes __attribute__((ext_vector_type(LANES / 4)));
typedef int32_t whole __attribute__((ext_vector_type(LANES), aligned(4)));

// By address, since vectors of this size are not passed the same way to every processor.
ATTAR_DEFINE_EXP(exponentials, lanes, whole, ATTAR_ROUNDED_VECTOR)

// The softmax of a row over the first `seen` keys, worked on in whole vectors, of which the rest becomes 0.
ATTAR_INLINE void softmax(float *x, const float *ids, size_t seen) {
  const whole places = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15};
  lanes most = (lanes)-INFINITY, sum = (lanes)0.0f;
  for (size_t j = 0; j < seen; j += LANES) {
    lanes v = *(const lanes *)(x + j);
    if (seen - j < LANES) v = places < (int32_t)(seen - j) ? v : (lanes)-INFINITY;
    if (ids != NULL) {
      lanes id = (lanes)1.0f;
      memcpy(&id, ids + j, (seen - j < LANES ? seen - j : LANES) * sizeof(float));
      v = id == 0.0f ? (lanes)-INFINITY : v;
    }
    most = v > most ? v : most;
    *(lanes *)(x + j) = v;
  }
  // Half by half, which takes four steps where lane by lane would take fifteen.
  half_lanes most8 = most.lo > most.hi ? most.lo : most.hi;
  quarter_lanes most4 = most8.lo > most8.hi ? most8.lo : most8.hi;
  float low = most4.x > most4.y ? most4.x : most4.y, high = most4.z > most4.w ? most4.z : most4.w;
  float greatest = low > high ? low : high;
  for (size_t j = 0; j < seen; j += LANES) {
    lanes v = *(const lanes *)(x + j), e = v - greatest;
    exponentials(&e);
    e = v == -INFINITY ? (lanes)0.0f : e;
    *(lanes *)(x + j) = e;
    sum += e;
  }
  half_lanes sum8 = sum.lo + sum.hi;
  quarter_lanes sum4 = sum8.lo + sum8.hi;
  float total = (sum4.x + sum4.y) + (sum4.z + sum4.w);
  // A score that is no number makes the sum none, and so all of the row.
  float share = total == 0 ? 0 : 1.0f / total;
  for (size_t j = 0; j < seen; j += LANES) *(lanes *)(x + j) *= share;
}

ATTAR_DISPATCH void attar_attention_softmax(
    float *scores, size_t rows, size_t columns, size_t stride, attar_attention_sight sight) {
  for (size_t row = 0; row < rows; row++) {
    float *x = scores + row * stride;
    size_t seen = sight.causal && sight.first + row < columns ? sight.first + row + 1 : columns;
    if (sight.ids == NULL)
      softmax(x, NULL, seen);
    else
      softmax(x, sight.ids, seen);
    for (size_t j = seen; j < columns; j++) x[j] = 0;
  }
}

ATTAR_DISPATCH void attar_attention_softmax_gradient(
    const float *restrict p, float *restrict dp, size_t rows, size_t columns, size_t stride) {
#pragma clang fp reassociate(on) contract(fast)
  for (size_t row = 0; row < rows; row++) {
    const float *q = p + row * stride;
    float *g = dp + row * stride;
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
