// Convolutions and dense layers in bytes. A picture that needs a border is copied into one that has it, so that the inner loops know no
// edges.
#include "attar_quantization.h"

#include <string.h>

#include "convolution_border.h"
#include "convolution_depthwise.h"
#include "convolution_walk.h"
#include "quantized_depthwise.h"
#include "quantized_tiles.h"

// Runs of bytes are read in so many words of four.
static size_t words_of(attar_walk w) { return (w.depth + 3) / 4; }

static size_t padded_outputs(const attar_conv *c, const attar_quantized_tiles *tiles) {
  return attar_rounded_up(attar_group_outputs(c), tiles->vector);
}

static size_t group_bytes(const attar_conv *c, const attar_quantized_tiles *tiles) {
  attar_walk w = attar_walk_of(c);
  size_t padded = padded_outputs(c, tiles);
  return attar_quantized_numbers_bytes(padded) + padded * 4 * w.taps * words_of(w);
}

static attar_quantized_numbers numbers_of(
    const attar_conv *c, const attar_quantized_tiles *tiles, const void *packed, size_t group) {
  char *at = (char *)packed + group * group_bytes(c, tiles);
  return attar_quantized_numbers_at(at, padded_outputs(c, tiles));
}

size_t attar_quantized_packed_bytes(const attar_conv *c) {
  if (attar_is_depthwise(c)) return attar_quantized_depthwise_bytes(c);
  return c->groups * group_bytes(c, attar_quantized_tiles_for(c));
}

// Four rows of weights, or fewer, become words of four bytes, one for each column.
ATTAR_DISPATCH static void pack_words(
    const float *row, size_t step, size_t rows, size_t columns, int32_t zero, uint32_t *restrict words,
    int32_t *restrict start) {
  for (size_t i = 0; i < rows; i++, row += step)
    for (size_t o = 0; o < columns; o++) {
      int32_t weight = (int32_t)row[o];
      words[o] |= ((uint32_t)weight & 255) << (8 * i);
      start[o] -= zero * weight;
    }
}

void attar_quantized_pack(
    const attar_conv *c, const float *weights, const float *factors, const float *offsets, uint8_t zero, void *packed) {
  if (attar_is_depthwise(c)) return attar_quantized_depthwise_pack(c, weights, factors, offsets, zero, packed);
  const attar_quantized_tiles *tiles = attar_quantized_tiles_for(c);
  attar_walk w = attar_walk_of(c);
  size_t outputs = attar_group_outputs(c);
  memset(packed, 0, attar_quantized_packed_bytes(c));
  for (size_t g = 0; g < c->groups; g++) {
    attar_quantized_numbers n = numbers_of(c, tiles, packed, g);
    int8_t *to = n.weights;
    memcpy(n.factors, factors + g * outputs, outputs * sizeof *factors);
    memcpy(n.offsets, offsets + g * outputs, outputs * sizeof *offsets);
    for (size_t first = 0; first < outputs;) {
      size_t block = attar_quantized_vectors_at(tiles, first, outputs) * tiles->vector;
      size_t columns = outputs - first < block ? outputs - first : block;
      for (size_t k = 0; k < w.taps; k++)
        for (size_t d = 0; d < w.depth; d += 4, to += 4 * block) {
          const float *row = weights + (k * w.depth + d) * c->outputs + g * outputs + first;
          pack_words(row, c->outputs, w.depth - d < 4 ? w.depth - d : 4, columns, zero, (uint32_t *)to, n.start + first);
        }
      first += block;
    }
  }
}

size_t attar_quantized_scratch_bytes(const attar_conv *c) {
  attar_border b = attar_input_border(c);
  return b.height * b.width * c->channels + 4;
}

void attar_quantized_conv(
    const attar_conv *c, const uint8_t *x, const void *packed, uint8_t zero, float low, float *floats, uint8_t *bytes,
    void *scratch) {
  attar_border b = attar_input_border(c);
  const uint8_t *in = attar_bordered(x, c->height, c->width, c->channels, b, zero, scratch);
  attar_quantized_ending end = {.low = low, .floats = floats, .bytes = bytes, .out_step = c->outputs};
  if (attar_is_depthwise(c)) return attar_quantized_depthwise(c, in, b.width, packed, end);
  const attar_quantized_tiles *tiles = attar_quantized_tiles_for(c);
  attar_walk w = attar_walk_of(c);
  ptrdiff_t offsets[ATTAR_MOST_TAPS];
  attar_find_runs(c, b.width, offsets);
  size_t step = c->stride_x * c->channels, row_step = c->stride_y * b.width * c->channels;
  attar_lines lines = attar_lines_of(c, b.width);
  size_t outputs = attar_group_outputs(c), words = words_of(w);
  for (size_t g = 0; g < c->groups; g++) {
    attar_quantized_numbers n = numbers_of(c, tiles, packed, g);
    const int8_t *weights = n.weights;
    end.start = n.start;
    end.factors = n.factors;
    end.offsets = n.offsets;
    for (size_t first = 0; first < outputs;) {
      size_t vectors = attar_quantized_vectors_at(tiles, first, outputs), block = vectors * tiles->vector;
      size_t columns = outputs - first < block ? outputs - first : block;
      size_t tile = attar_tile_for(lines.pixels, vectors, tiles->most[vectors - 1]);
      attar_quantized_pixels run = tiles->pixels[vectors - 1][tile - 1];
      for (size_t i = 0; i < lines.rows; i++)
        for (size_t j = 0; j < lines.pixels; j += tile) {
          size_t at = j + tile <= lines.pixels ? j : lines.pixels - tile;
          run(in + i * row_step + at * step + g * attar_group_channels(c), step, offsets, w.taps, words, weights, &end,
              first, (i * c->out_width + at) * c->outputs + g * outputs + first, columns);
        }
      weights += 4 * w.taps * words * block;
      first += block;
    }
  }
}
