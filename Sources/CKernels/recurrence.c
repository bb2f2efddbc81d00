// Cells of recurrent networks: what happens between two matrix products.
//
// The loops run over many blocks that do not overlap; checking each pair of them at run time would be too much for the compiler to
// vectorise by itself, so it is told.
#include "attar_sequences.h"

#include <string.h>

#include "dispatch.h"
#include "vector_math.h"
#pragma clang fp contract(fast)

static bool is_padding(const float *ids, size_t place) { return ids != NULL && !(ids[place] < 0 || ids[place] >= 1); }

// One row's cell. A first step has no previous state.
ATTAR_INLINE void cell(
    size_t hidden, float *restrict gates, const float *restrict recurrent, const float *restrict bias,
    const float *restrict recurrent_bias, const float *restrict previous, float *restrict state, bool is_first) {
  float *restrict new = gates, *restrict update = new + hidden;
  float *restrict reset = update + hidden, *restrict part = reset + hidden;
  const float *restrict r_update = recurrent, *restrict r_reset = r_update + hidden, *restrict r_part = r_reset + hidden;
#pragma clang loop vectorize(assume_safety)
  for (size_t k = 0; k < hidden; k++) {
    float z = attar_sigmoid(update[k] + bias[hidden + k] + (is_first ? 0 : r_update[k]));
    float r = attar_sigmoid(reset[k] + bias[2 * hidden + k] + (is_first ? 0 : r_reset[k]));
    float q = recurrent_bias[k] + (is_first ? 0 : r_part[k]);
    float n = attar_tanh(new[k] + bias[k] + r * q);
    new[k] = n;
    update[k] = z;
    reset[k] = r;
    part[k] = q;
    state[k] = n + z * ((is_first ? 0 : previous[k]) - n);
  }
}

ATTAR_DISPATCH void attar_gru_cell(
    const attar_gru *gru, float *gates, const float *recurrent, const float *bias, const float *recurrent_bias,
    const float *previous, float *state, const float *ids, size_t rows) {
  size_t hidden = gru->hidden, stride = gru->length * hidden;
  for (size_t row = 0; row < rows; row++) {
    float *own = gates + row * 4 * stride, *to = state + row * stride;
    const float *before = previous == NULL ? NULL : previous + row * stride;
    if (is_padding(ids, row * gru->length)) {
      if (before != NULL)
        memcpy(to, before, hidden * sizeof *to);
      else
        memset(to, 0, hidden * sizeof *to);
    } else if (before != NULL) {
      cell(hidden, own, recurrent + row * 3 * hidden, bias, recurrent_bias, before, to, false);
    } else {
      cell(hidden, own, recurrent, bias, recurrent_bias, to, to, true);
    }
  }
}

ATTAR_INLINE void cell_gradient(
    size_t hidden, float *restrict gates, const float *restrict previous, const float *restrict slope,
    float *restrict carry, const float *restrict product, bool is_first) {
  float *restrict new = gates, *restrict update = new + hidden;
  float *restrict reset = update + hidden, *restrict part = reset + hidden;
#pragma clang loop vectorize(assume_safety)
  for (size_t k = 0; k < hidden; k++) {
    float n = new[k], z = update[k], r = reset[k], q = part[k];
    float d = slope[k] + carry[k] + product[k];
    float dn = d * (1 - z) * (1 - n * n);
    new[k] = dn;
    update[k] = d * ((is_first ? 0 : previous[k]) - n) * z * (1 - z);
    reset[k] = dn * q * r * (1 - r);
    part[k] = dn * r;
    carry[k] = d * z;
  }
}

ATTAR_DISPATCH void attar_gru_cell_gradient(
    const attar_gru *gru, float *gates, const float *previous, const float *slope, float *carry, const float *product,
    const float *ids, size_t rows) {
  size_t hidden = gru->hidden, stride = gru->length * hidden;
  for (size_t row = 0; row < rows; row++) {
    float *own = gates + row * 4 * stride, *to = carry + row * hidden;
    const float *from = slope + row * stride, *along = product + row * hidden;
    if (is_padding(ids, row * gru->length)) {
      memset(own, 0, 4 * hidden * sizeof *own);
      for (size_t k = 0; k < hidden; k++) to[k] += from[k] + along[k];
    } else if (previous != NULL) {
      cell_gradient(hidden, own, previous + row * stride, from, to, along, false);
    } else {
      cell_gradient(hidden, own, from, from, to, along, true);
    }
  }
}
