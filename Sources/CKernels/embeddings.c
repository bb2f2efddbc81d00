// Looking up rows of a table, and scattering gradients back into it.
#include "embeddings.h"

#include <string.h>

#include "attar_sequences.h"
#pragma clang fp contract(fast)

ATTAR_DISPATCH void attar_embed(
    const float *restrict table, const float *restrict ids, float *restrict y, size_t count, size_t vocabulary,
    size_t width, bool pads) {
  for (size_t i = 0; i < count; i++) {
    size_t id = attar_row_of(ids[i], vocabulary);
    float *restrict to = y + i * width;
    const float *restrict from = table + id * width;
    if (pads && id == 0)
      for (size_t k = 0; k < width; k++) to[k] = 0;
    else
      for (size_t k = 0; k < width; k++) to[k] = from[k];
  }
}

ATTAR_DISPATCH void attar_embed_gradient(
    const float *restrict ids, const float *restrict dy, float *restrict gradient, size_t count, size_t vocabulary,
    size_t width, size_t first, size_t end, bool pads) {
  for (size_t i = 0; i < count; i++) {
    size_t id = attar_row_of(ids[i], vocabulary);
    if (pads && id == 0) continue;
    float *restrict to = gradient + id * width;
    const float *restrict from = dy + i * width;
    for (size_t k = first; k < end; k++) to[k] += from[k];
  }
}

ATTAR_INLINE float weight_of(const float *given, const float *learned, size_t place, size_t id) {
  return given != NULL ? given[place] : learned != NULL ? learned[id] : 1;
}

ATTAR_DISPATCH void attar_embed_bag(
    const attar_bag *bag, const float *restrict table, const float *restrict ids, const float *given,
    const float *learned, float *restrict y, float *restrict shares, size_t rows) {
  size_t width = bag->width;
  for (size_t row = 0; row < rows; row++) {
    float *restrict to = y + row * width;
    size_t tokens = 0;
    memset(to, 0, width * sizeof *to);
    for (size_t place = row * bag->length; place < (row + 1) * bag->length; place++) {
      size_t id = attar_row_of(ids[place], bag->vocabulary);
      if (id == 0) continue;
      float weight = weight_of(given, learned, place, id);
      const float *restrict from = table + id * width;
      for (size_t k = 0; k < width; k++) to[k] += weight * from[k];
      tokens++;
    }
    float share = bag->mean && tokens > 0 ? 1.0f / (float)tokens : 1.0f;
    for (size_t k = 0; k < width; k++) to[k] *= share;
    shares[row] = share;
  }
}

ATTAR_DISPATCH void attar_embed_bag_gradient(
    const attar_bag *bag, const float *restrict ids, const float *given, const float *learned,
    const float *restrict shares, const float *restrict dy, float *restrict gradient, size_t rows, size_t first,
    size_t end) {
  for (size_t row = 0; row < rows; row++) {
    const float *restrict from = dy + row * bag->width;
    for (size_t place = row * bag->length; place < (row + 1) * bag->length; place++) {
      size_t id = attar_row_of(ids[place], bag->vocabulary);
      if (id == 0) continue;
      float weight = weight_of(given, learned, place, id) * shares[row];
      float *restrict to = gradient + id * bag->width;
      for (size_t k = first; k < end; k++) to[k] += weight * from[k];
    }
  }
}

ATTAR_DISPATCH void attar_embed_bag_slopes(
    const attar_bag *bag, const float *restrict table, const float *restrict ids, const float *restrict shares,
    const float *restrict dy, float *restrict slopes, size_t rows) {
#pragma clang fp reassociate(on)
  for (size_t row = 0; row < rows; row++) {
    const float *restrict slope = dy + row * bag->width;
    for (size_t place = row * bag->length; place < (row + 1) * bag->length; place++) {
      size_t id = attar_row_of(ids[place], bag->vocabulary);
      const float *restrict own = table + id * bag->width;
      float sum = 0;
      for (size_t k = 0; k < bag->width; k++) sum += own[k] * slope[k];
      slopes[place] = id == 0 ? 0 : sum * shares[row];
    }
  }
}

void attar_sum_by_id(
    const float *restrict ids, const float *restrict values, float *restrict sums, size_t count, size_t vocabulary) {
  memset(sums, 0, vocabulary * sizeof *sums);
  for (size_t i = 0; i < count; i++) sums[attar_row_of(ids[i], vocabulary)] += values[i];
}
