// The gradient of the picture.
#include "convolution_direct.h"

// Along one dimension, the picture's pixels that are `phase` beyond a multiple of the stride get their gradient from the taps
// for which phase + before − tap·dilation is a multiple of the stride: result pixel j + that multiple, for the j-th of them.
typedef struct {
  size_t count;
  size_t taps[ATTAR_MOST_TAPS];
  ptrdiff_t shifts[ATTAR_MOST_TAPS];
} phase_taps;

static void find_taps(
    size_t phase, size_t before, size_t kernel, size_t dilation, size_t stride, phase_taps *found) {
  found->count = 0;
  for (size_t k = 0; k < kernel; k++) {
    ptrdiff_t at = (ptrdiff_t)(phase + before) - (ptrdiff_t)(k * dilation);
    if (at % (ptrdiff_t)stride != 0) continue;
    found->taps[found->count] = k;
    found->shifts[found->count++] = at / (ptrdiff_t)stride;
  }
}

// How far result pixels are read before the first and beyond the last of them.
static void find_reach(
    size_t size, size_t before, size_t kernel, size_t dilation, size_t stride, size_t results, size_t *low, size_t *high) {
  *low = *high = 0;
  for (size_t phase = 0; phase < stride && phase < size; phase++) {
    ptrdiff_t last = (ptrdiff_t)((size - 1 - phase) / stride);
    phase_taps found;
    find_taps(phase, before, kernel, dilation, stride, &found);
    for (size_t k = 0; k < found.count; k++) {
      ptrdiff_t shift = found.shifts[k], beyond = last + shift - (ptrdiff_t)(results - 1);
      if (-shift > (ptrdiff_t)*low) *low = (size_t)-shift;
      if (beyond > (ptrdiff_t)*high) *high = (size_t)beyond;
    }
  }
}

attar_border attar_direct_gradient_border(const attar_conv *c) {
  size_t top, bottom, left, right;
  find_reach(c->height, c->top, c->kernel_height, c->dilation_y, c->stride_y, c->out_height, &top, &bottom);
  find_reach(c->width, c->left, c->kernel_width, c->dilation_x, c->stride_x, c->out_width, &left, &right);
  return (attar_border){top, left, top + c->out_height + bottom, left + c->out_width + right};
}

size_t attar_direct_packed_gradient_count(const attar_conv *c) {
  size_t vector = attar_tiles_for(c, attar_group_channels(c))->vector;
  size_t rows = c->kernel_height * c->kernel_width * attar_group_outputs(c);
  return c->groups * rows * attar_rounded_up(attar_group_channels(c), vector);
}

// Phases one after the other, each a kernel of its own; for each group and block of channels (taps · outputs, block).
void attar_direct_pack_gradient(const attar_conv *c, const float *weights, float *packed) {
  size_t channels = attar_group_channels(c), outputs = attar_group_outputs(c);
  size_t vector = attar_tiles_for(c, channels)->vector;
  phase_taps down, across;
  for (size_t y = 0; y < c->stride_y && y < c->height; y++)
    for (size_t x = 0; x < c->stride_x && x < c->width; x++) {
      find_taps(y, c->top, c->kernel_height, c->dilation_y, c->stride_y, &down);
      find_taps(x, c->left, c->kernel_width, c->dilation_x, c->stride_x, &across);
      for (size_t g = 0; g < c->groups; g++)
        for (size_t first = 0; first < channels;) {
          size_t block = attar_vectors_at(first, channels, vector) * vector;
          for (size_t i = 0; i < down.count; i++)
            for (size_t j = 0; j < across.count; j++) {
              const float *tap =
                  weights + (down.taps[i] * c->kernel_width + across.taps[j]) * channels * c->outputs + g * outputs;
              for (size_t o = 0; o < outputs; o++)
                for (size_t k = 0; k < block; k++)
                  *packed++ = first + k < channels ? tap[(first + k) * c->outputs + o] : 0;
            }
          first += block;
        }
    }
}

void attar_direct_input_gradient(const attar_conv *c, const float *dy, const float *packed, float *dx, float *scratch) {
  const attar_conv_tiles *tiles = attar_tiles_for(c, attar_group_channels(c));
  attar_border b = attar_direct_gradient_border(c);
  const float *in = attar_bordered_floats(dy, c->out_height, c->out_width, c->outputs, b, scratch);
  phase_taps down, across;
  size_t channels = attar_group_channels(c), outputs = attar_group_outputs(c);
  ptrdiff_t offsets[ATTAR_MOST_TAPS];
  for (size_t y = 0; y < c->stride_y && y < c->height; y++)
    for (size_t x = 0; x < c->stride_x && x < c->width; x++) {
      find_taps(y, c->top, c->kernel_height, c->dilation_y, c->stride_y, &down);
      find_taps(x, c->left, c->kernel_width, c->dilation_x, c->stride_x, &across);
      attar_walk w = {down.count * across.count, outputs};
      for (size_t i = 0; i < down.count; i++)
        for (size_t j = 0; j < across.count; j++)
          offsets[i * across.count + j] =
              (((ptrdiff_t)b.top + down.shifts[i]) * (ptrdiff_t)b.width + (ptrdiff_t)b.left + across.shifts[j]) *
              (ptrdiff_t)c->outputs;
      attar_lines lines = {
          (c->height - y + c->stride_y - 1) / c->stride_y, (c->width - x + c->stride_x - 1) / c->stride_x};
      size_t group = w.taps * w.depth * attar_rounded_up(channels, tiles->vector);
      for (size_t g = 0; g < c->groups; g++)
        attar_direct_run(
            tiles, in + g * outputs, b.width * c->outputs, c->outputs, w, offsets, packed + g * group, NULL, false, channels,
            dx + (y * c->width + x) * c->channels + g * channels, c->stride_y * c->width * c->channels,
            c->stride_x * c->channels, lines);
      packed += c->groups * group;
    }
}
