// Tiles of pixels and output channels whose sums stay in registers: the inner loops of convolutions in floats.
#pragma once
#include "attar_convolution.h"
#include "dispatch.h"

enum { ATTAR_MOST_TILE = 12, ATTAR_MOST_WEIGHTS_TILE = 6, ATTAR_MOST_BLOCK = 32 };

// What convolution_tile_loops.h says of PIXELS and of WEIGHTS.
typedef void (*attar_conv_pixels)(
    const float *in, size_t in_step, const ptrdiff_t *offsets, size_t taps, size_t depth, const float *weights,
    const float *bias, bool relu, float *out, size_t out_step, size_t columns);
typedef void (*attar_conv_weights)(
    const float *in, size_t in_step, size_t in_row, const float *dy, size_t dy_step, size_t dy_row, size_t rows,
    size_t pixels, float *sums, size_t sums_step);

// The inner loops for one instruction set: by vectors of output channels less one, and by the tile's size less one.
typedef struct {
  size_t vector;
  size_t most[2];
  attar_conv_pixels pixels[2][ATTAR_MOST_TILE];
  attar_conv_weights weights[2][ATTAR_MOST_WEIGHTS_TILE];
} attar_conv_tiles;

// The tiles for results of so many output channels.
const attar_conv_tiles *attar_tiles_for(const attar_conv *c, size_t outputs);

// The tiles for gradients of weights.
const attar_conv_tiles *attar_tiles_for_weights(const attar_conv *c);

// Vectors of the block of channels that begins at `first`.
ATTAR_INLINE size_t attar_vectors_at(size_t first, size_t outputs, size_t vector) {
  return outputs - first > vector ? 2 : 1;
}

// sums (depth, outputs) += Σ over pixels of in[pixel] (depth) · dy[pixel] (outputs), where `outputs` is a multiple of the tiles'
// vector. Pixels lie in_step and dy_step floats apart, their rows in_row and dy_row.
void attar_add_weight_tiles(
    const attar_conv_tiles *tiles, const float *in, size_t in_step, size_t in_row, const float *dy, size_t dy_step,
    size_t dy_row, size_t rows, size_t pixels, size_t depth, size_t outputs, float *sums);
