// How convolutions walk along kernels and pictures, in floats and in bytes alike.
#pragma once
#include <stdint.h>

#include "attar_convolution.h"
#include "dispatch.h"

// The most taps of a kernel; its walk is kept on the stack.
enum { ATTAR_MOST_TAPS = 1024 };

ATTAR_INLINE size_t attar_rounded_up(size_t count, size_t multiple) { return (count + multiple - 1) / multiple * multiple; }

ATTAR_INLINE size_t attar_group_channels(const attar_conv *c) { return c->channels / c->groups; }
ATTAR_INLINE size_t attar_group_outputs(const attar_conv *c) { return c->outputs / c->groups; }

// A kernel in memory: so many runs of `depth` channels each. Where neighbouring taps of a row touch, a run holds the whole row.
typedef struct {
  size_t taps, depth;
} attar_walk;

ATTAR_INLINE bool attar_is_merged(const attar_conv *c) { return c->groups == 1 && c->dilation_x == 1; }

ATTAR_INLINE attar_walk attar_walk_of(const attar_conv *c) {
  if (attar_is_merged(c)) return (attar_walk){c->kernel_height, c->kernel_width * c->channels};
  return (attar_walk){c->kernel_height * c->kernel_width, attar_group_channels(c)};
}

// Where the runs begin, from the first one's start, in a picture of `width` pixels a row.
ATTAR_INLINE void attar_find_runs(const attar_conv *c, size_t width, ptrdiff_t offsets[ATTAR_MOST_TAPS]) {
  size_t across = attar_is_merged(c) ? 1 : c->kernel_width;
  for (size_t i = 0; i < c->kernel_height; i++)
    for (size_t j = 0; j < across; j++)
      offsets[i * across + j] = (ptrdiff_t)((i * c->dilation_y * width + j * c->dilation_x) * c->channels);
}

// Result pixels by the row. Where each looks at its own pixel only, in a picture of `width` pixels a row, all are one row.
typedef struct {
  size_t rows, pixels;
} attar_lines;

ATTAR_INLINE attar_lines attar_lines_of(const attar_conv *c, size_t width) {
  bool is_pointwise = c->kernel_height == 1 && c->kernel_width == 1 && c->stride_x == 1 && c->stride_y == 1;
  if (is_pointwise && width == c->out_width) return (attar_lines){1, c->out_height * c->out_width};
  return (attar_lines){c->out_height, c->out_width};
}

// The tile with which a row of so many pixels takes the fewest loads and products; tiles may overlap.
ATTAR_INLINE size_t attar_tile_for(size_t pixels, size_t vectors, size_t most) {
  size_t best = 1, least = SIZE_MAX;
  for (size_t tile = 1; tile <= most && tile <= pixels; tile++) {
    size_t cost = (pixels + tile - 1) / tile * (tile * vectors + vectors + 2);
    if (cost <= least) {
      least = cost;
      best = tile;
    }
  }
  return best;
}
