#include "convolution_products.h"

#include <string.h>

#include "convolution_tiles.h"
#include "convolution_walk.h"

size_t attar_plane_vector(const attar_conv *c, size_t outputs) { return attar_tiles_for(c, outputs)->vector; }

void attar_plane_pack(
    const attar_conv *c, const float *line, size_t row, size_t first, size_t depth, size_t outputs, float *packed) {
  size_t vector = attar_plane_vector(c, outputs);
  for (size_t o = 0; o < 16;) {
    // Blocks begin at multiples of two vectors.
    size_t begin = (first + o) / (2 * vector) * 2 * vector, block = attar_vectors_at(begin, outputs, vector) * vector;
    size_t within = first + o - begin, count = block - within < 16 - o ? block - within : 16 - o;
    memcpy(packed + begin * depth + row * block + within, line + o, count * sizeof *packed);
    o += count;
  }
}

void attar_plane_products(
    const attar_conv *c, const float *in, size_t in_plane, const float *packed, float *out, size_t out_plane, size_t planes,
    size_t count, size_t depth, size_t outputs) {
  const attar_conv_tiles *tiles = attar_tiles_for(c, outputs);
  const ptrdiff_t here = 0;
  for (size_t first = 0; first < outputs;) {
    size_t vectors = attar_vectors_at(first, outputs, tiles->vector), block = vectors * tiles->vector;
    size_t tile = attar_tile_for(count, vectors, tiles->most[vectors - 1]), plane = depth * outputs;
    attar_conv_pixels run = tiles->pixels[vectors - 1][tile - 1];
    for (size_t p = 0; p < planes; p++)
      for (size_t j = 0; j < count; j += tile) {
        size_t start = j + tile <= count ? j : count - tile;
        run(in + p * in_plane + start * depth, depth, &here, 1, depth, packed + p * plane + first * depth, NULL, false,
            out + p * out_plane + start * outputs + first, outputs, block);
      }
    first += block;
  }
}

void attar_plane_sums(
    const attar_conv *c, const float *in, size_t in_plane, const float *dy, size_t dy_plane, float *sums, size_t planes,
    size_t count, size_t depth, size_t outputs) {
  const attar_conv_tiles *tiles = attar_tiles_for_weights(c);
  for (size_t p = 0; p < planes; p++)
    attar_add_weight_tiles(
        tiles, in + p * in_plane, depth, 0, dy + p * dy_plane, outputs, 0, 1, count, depth, outputs,
        sums + p * depth * outputs);
}
