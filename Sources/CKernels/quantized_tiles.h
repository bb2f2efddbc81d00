// Tiles of pixels and outputs whose sums stay in registers, four products of bytes at a time.
#pragma once
#include "attar_convolution.h"
#include "quantized_ending.h"

enum { ATTAR_QUANTIZED_MOST_TILE = 12, ATTAR_QUANTIZED_MOST_VECTORS = 4 };

// What quantized_tile_loops.h says of PIXELS.
typedef void (*attar_quantized_pixels)(
    const uint8_t *in, size_t in_step, const ptrdiff_t *offsets, size_t taps, size_t words, const int8_t *weights,
    const attar_quantized_ending *end, size_t first, size_t out, size_t columns);

// The inner loops for one instruction set: by vectors of outputs less one, and by the tile's size less one.
typedef struct {
  size_t vector;
  size_t most[ATTAR_QUANTIZED_MOST_VECTORS];
  attar_quantized_pixels pixels[ATTAR_QUANTIZED_MOST_VECTORS][ATTAR_QUANTIZED_MOST_TILE];
} attar_quantized_tiles;

const attar_quantized_tiles *attar_quantized_tiles_for(const attar_conv *c);

// Vectors of the block of outputs that begins at `first`.
size_t attar_quantized_vectors_at(const attar_quantized_tiles *tiles, size_t first, size_t outputs);
