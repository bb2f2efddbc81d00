// Looking up rows of a table, and scattering gradients back into it.
#include <string.h>

#include "embeddings.h"
#include "sequences.h"
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
