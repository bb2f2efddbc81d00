#include "convolution_direct.h"

#include <string.h>

#include "convolution_method.h"

static size_t rows_of(const attar_conv *c) { return c->kernel_height * c->kernel_width * attar_group_channels(c); }

static size_t packed_count(const attar_conv *c) {
  size_t vector = attar_tiles_for(c, attar_group_outputs(c))->vector;
  return c->groups * rows_of(c) * attar_rounded_up(attar_group_outputs(c), vector);
}

// For each group and block of output channels (taps · depth, block), zeros beyond the last channel.
static void pack(const attar_conv *c, const float *weights, float *packed) {
  size_t outputs = attar_group_outputs(c), rows = rows_of(c), vector = attar_tiles_for(c, outputs)->vector;
  for (size_t g = 0; g < c->groups; g++, weights += outputs)
    for (size_t first = 0; first < outputs;) {
      size_t block = attar_vectors_at(first, outputs, vector) * vector;
      for (size_t k = 0; k < rows; k++)
        for (size_t o = 0; o < block; o++) *packed++ = first + o < outputs ? weights[k * c->outputs + first + o] : 0;
      first += block;
    }
}

void attar_direct_run(
    const attar_conv_tiles *tiles, const float *in, size_t in_row, size_t in_step, attar_walk w, const ptrdiff_t *offsets,
    const float *packed, const float *bias, bool relu, size_t outputs, float *out, size_t out_row, size_t out_step,
    attar_lines lines) {
  float padded_bias[ATTAR_MOST_BLOCK];
  for (size_t first = 0; first < outputs;) {
    size_t vectors = attar_vectors_at(first, outputs, tiles->vector);
    size_t block = vectors * tiles->vector;
    size_t columns = outputs - first < block ? outputs - first : block;
    size_t tile = attar_tile_for(lines.pixels, vectors, tiles->most[vectors - 1]);
    attar_conv_pixels run = tiles->pixels[vectors - 1][tile - 1];
    const float *added = NULL;
    if (bias) {
      memset(padded_bias, 0, sizeof padded_bias);
      memcpy(padded_bias, bias + first, columns * sizeof *bias);
      added = padded_bias;
    }
    for (size_t i = 0; i < lines.rows; i++)
      for (size_t j = 0; j < lines.pixels; j += tile) {
        size_t start = j + tile <= lines.pixels ? j : lines.pixels - tile;
        run(in + i * in_row + start * in_step, in_step, offsets, w.taps, w.depth, packed, added, relu,
            out + i * out_row + start * out_step + first, out_step, columns);
      }
    packed += w.taps * w.depth * block;
    first += block;
  }
}

static void forward(
    const attar_conv *c, const float *x, const float *packed, const float *bias, bool relu, float *y, float *scratch) {
  size_t channels = attar_group_channels(c), outputs = attar_group_outputs(c);
  const attar_conv_tiles *tiles = attar_tiles_for(c, outputs);
  attar_border b = attar_input_border(c);
  const float *in = attar_bordered_floats(x, c->height, c->width, c->channels, b, scratch);
  attar_walk w = attar_walk_of(c);
  ptrdiff_t offsets[ATTAR_MOST_TAPS];
  attar_find_runs(c, b.width, offsets);
  attar_lines lines = attar_lines_of(c, b.width);
  size_t group = w.taps * w.depth * attar_rounded_up(outputs, tiles->vector);
  for (size_t g = 0; g < c->groups; g++)
    attar_direct_run(
        tiles, in + g * channels, c->stride_y * b.width * c->channels, c->stride_x * c->channels, w, offsets,
        packed + g * group, bias ? bias + g * outputs : NULL, relu, outputs, y + g * outputs, c->out_width * c->outputs, c->outputs, lines);
}

static size_t scratch_count(const attar_conv *c) {
  attar_border in = attar_input_border(c), out = attar_direct_gradient_border(c);
  size_t forward = in.height * in.width * c->channels + c->out_height * c->out_width * attar_direct_padded_outputs(c);
  size_t backward = out.height * out.width * c->outputs;
  return forward > backward ? forward : backward;
}

const attar_conv_method attar_direct_method = {
    .packed_count = packed_count,
    .packed_gradient_count = attar_direct_packed_gradient_count,
    .scratch_count = scratch_count,
    .sums_count = attar_direct_sums_count,
    .pack = pack,
    .pack_gradient = attar_direct_pack_gradient,
    .forward = forward,
    .input_gradient = attar_direct_input_gradient,
    .weight_gradient = attar_direct_weight_gradient,
    .collect = attar_direct_collect,
};
