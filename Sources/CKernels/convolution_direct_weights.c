// The gradient of the weights.
#include "convolution_direct.h"

#include <string.h>

#include "convolution_sums.h"

size_t attar_direct_padded_outputs(const attar_conv *c) {
  return attar_rounded_up(attar_group_outputs(c), attar_tiles_for_weights(c)->vector);
}

static attar_sums sums_of(const attar_conv *c) {
  return (attar_sums){
      .groups = c->groups,
      .rows = c->kernel_height * c->kernel_width * attar_group_channels(c),
      .outputs = attar_group_outputs(c),
      .padded = attar_direct_padded_outputs(c)};
}

size_t attar_direct_sums_count(const attar_conv *c) {
  return attar_sums_count(sums_of(c));
}

void attar_direct_weight_gradient(const attar_conv *c, const float *x, const float *dy, float *sums, float *scratch) {
  const attar_conv_tiles *tiles = attar_tiles_for_weights(c);
  attar_border b = attar_input_border(c);
  const float *in = attar_bordered_floats(x, c->height, c->width, c->channels, b, scratch);
  size_t outputs = attar_group_outputs(c), padded = attar_direct_padded_outputs(c), pixels = c->out_height * c->out_width;
  float *room = scratch + (attar_needs_border(b, c->height, c->width) ? b.height * b.width * c->channels : 0);
  attar_walk w = attar_walk_of(c);
  ptrdiff_t offsets[ATTAR_MOST_TAPS];
  attar_find_runs(c, b.width, offsets);
  for (size_t g = 0; g < c->groups; g++) {
    const float *gradient = dy + g * outputs;
    size_t step = c->outputs;
    if (outputs != padded) {
      for (size_t p = 0; p < pixels; p++) {
        memcpy(room + p * padded, gradient + p * c->outputs, outputs * sizeof *room);
        memset(room + p * padded + outputs, 0, (padded - outputs) * sizeof *room);
      }
      gradient = room;
      step = padded;
    }
    for (size_t k = 0; k < w.taps; k++)
      attar_add_weight_tiles(
          tiles, in + offsets[k] + g * attar_group_channels(c), c->stride_x * c->channels,
          c->stride_y * b.width * c->channels, gradient, step, c->out_width * step, c->out_height, c->out_width, w.depth,
          padded, sums + k * w.depth * padded);
    float *bias = sums + w.taps * w.depth * padded;
    for (size_t p = 0; p < pixels; p++)
      for (size_t o = 0; o < padded; o++) bias[o] += gradient[p * step + o];
    sums = bias + padded;
  }
}

void attar_direct_collect(const attar_conv *c, const float *sums, size_t parts, float *dweights, float *dbias) {
  attar_collect_sums(sums_of(c), sums, parts, dweights, dbias);
}
