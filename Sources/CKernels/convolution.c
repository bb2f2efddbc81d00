// Convolutions by tiles of pixels and output channels whose sums stay in registers. A picture that needs a border of zeros is
// copied into one that has it, so that the inner loops know no edges. Three kinds of walk share the tiles: the result, the
// gradient of the picture (a convolution of the result's gradient with the kernel turned around), and that of the weights.
#include "convolution.h"

#include <stdint.h>
#include <string.h>

#include "convolution_border.h"
#include "convolution_depthwise.h"
#include "convolution_products.h"
#include "convolution_winograd.h"
#pragma clang fp contract(fast)

enum { MOST_TAPS = 1024, MOST_TILE = 12, MOST_WEIGHTS_TILE = 6, MOST_BLOCK = 32 };

typedef void (*conv_pixels)(
    const float *, size_t, const ptrdiff_t *, size_t, size_t, const float *, const float *, bool, float *, size_t, size_t);
typedef void (*conv_weights)(
    const float *, size_t, size_t, const float *, size_t, size_t, size_t, size_t, float *, size_t);

// The inner loops for one instruction set: by vectors of output channels less one, and by the tile's size less one.
typedef struct {
  size_t vector;
  size_t most[2];
  conv_pixels pixels[2][MOST_TILE];
  conv_weights weights[2][MOST_WEIGHTS_TILE];
} conv_tiles;

#if defined(__x86_64__)
#define VECTOR 16
#define TILE(name) name##_avx512
#define TARGET __attribute__((target("arch=x86-64-v4")))
#define MANY_REGISTERS 1
#include "convolution_tiles.h"

#define VECTOR 8
#define TILE(name) name##_avx2
#define TARGET __attribute__((target("arch=x86-64-v3")))
#define MANY_REGISTERS 0
#include "convolution_tiles.h"
#endif

#define VECTOR 4
#define TILE(name) name##_any
#define TARGET
#define MANY_REGISTERS 0
#include "convolution_tiles.h"

// MARK: - Choices

bool attar_conv_has(size_t variant) {
#if defined(__x86_64__)
  if (variant == 2) return __builtin_cpu_supports("x86-64-v3");
  if (variant == 3) return __builtin_cpu_supports("x86-64-v4");
#endif
  return variant <= 1;
}

static size_t variant_of(const attar_conv *c) {
  if (c->variant > 0) return c->variant;
  return attar_conv_has(3) ? 3 : attar_conv_has(2) ? 2 : 1;
}

// The tiles for so many output channels: half a vector of them is left to shorter vectors.
static const conv_tiles *tiles_for(const attar_conv *c, size_t outputs) {
#if defined(__x86_64__)
  switch (variant_of(c)) {
    case 3: return outputs <= 8 ? &tiles_avx2 : &tiles_avx512;
    case 2: return &tiles_avx2;
  }
#else
  (void)c, (void)outputs;
#endif
  return &tiles_any;
}

// The tiles for gradients of weights. Measured on Zen 4, longer vectors gain nothing: their loads straddle cache lines.
static const conv_tiles *tiles_for_weights(const attar_conv *c) {
#if defined(__x86_64__)
  if (variant_of(c) > 1) return &tiles_avx2;
#else
  (void)c;
#endif
  return &tiles_any;
}

static size_t rounded_up(size_t count, size_t multiple) { return (count + multiple - 1) / multiple * multiple; }

// Vectors of the block of channels that begins at `first`.
static size_t vectors_at(size_t first, size_t outputs, size_t vector) { return outputs - first > vector ? 2 : 1; }

// The tile with which a row of so many pixels takes the fewest loads and products; tiles may overlap.
static size_t tile_for(size_t pixels, size_t vectors, size_t most) {
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

// MARK: - Walks along the kernel

// How a kernel is walked in memory: the positions at which runs of `depth` floats begin. Where neighbouring taps of a row touch,
// a run holds the whole row.
typedef struct {
  size_t taps, depth;
  ptrdiff_t offsets[MOST_TAPS];
} walk;

static bool is_merged(const attar_conv *c) { return c->groups == 1 && c->dilation_x == 1; }

static size_t group_channels(const attar_conv *c) { return c->channels / c->groups; }
static size_t group_outputs(const attar_conv *c) { return c->outputs / c->groups; }

static void walk_input(const attar_conv *c, attar_border b, walk *w) {
  size_t across = is_merged(c) ? 1 : c->kernel_width;
  w->taps = c->kernel_height * across;
  w->depth = is_merged(c) ? c->kernel_width * c->channels : group_channels(c);
  for (size_t i = 0; i < c->kernel_height; i++)
    for (size_t j = 0; j < across; j++)
      w->offsets[i * across + j] = (ptrdiff_t)((i * c->dilation_y * b.width + j * c->dilation_x) * c->channels);
}

// Weights of one group and one block of output channels, (taps · depth, block), zeros beyond the last channel.
static size_t pack_rows(
    const float *weights, size_t rows, size_t row_step, size_t outputs, size_t output_step, size_t vector, float *packed) {
  float *to = packed;
  for (size_t first = 0; first < outputs;) {
    size_t block = vectors_at(first, outputs, vector) * vector;
    for (size_t k = 0; k < rows; k++)
      for (size_t o = 0; o < block; o++)
        *to++ = first + o < outputs ? weights[k * row_step + (first + o) * output_step] : 0;
    first += block;
  }
  return (size_t)(to - packed);
}

size_t attar_conv_packed_count(const attar_conv *c) {
  if (attar_is_winograd(c)) return attar_winograd_packed_count(c);
  if (attar_is_depthwise(c)) return c->kernel_height * c->kernel_width * c->channels;
  size_t vector = tiles_for(c, group_outputs(c))->vector;
  return c->groups * c->kernel_height * c->kernel_width * group_channels(c) * rounded_up(group_outputs(c), vector);
}

void attar_conv_pack(const attar_conv *c, const float *weights, float *packed) {
  if (attar_is_winograd(c)) return attar_winograd_pack(c, weights, packed);
  if (attar_is_depthwise(c)) {
    memcpy(packed, weights, attar_conv_packed_count(c) * sizeof *packed);
    return;
  }
  size_t rows = c->kernel_height * c->kernel_width * group_channels(c);
  for (size_t g = 0; g < c->groups; g++)
    packed += pack_rows(
        weights + g * group_outputs(c), rows, c->outputs, group_outputs(c), 1, tiles_for(c, group_outputs(c))->vector,
        packed);
}

// MARK: - Results

// One picture's worth of tiles: `rows` rows of `pixels` results each, for one group.
static void run_tiles(
    const conv_tiles *tiles, const float *in, size_t in_row, size_t in_step, const walk *w, const float *packed,
    const float *bias, bool relu, size_t outputs, float *out, size_t out_row, size_t out_step, size_t rows,
    size_t pixels) {
  float padded_bias[MOST_BLOCK];
  for (size_t first = 0; first < outputs;) {
    size_t vectors = vectors_at(first, outputs, tiles->vector);
    size_t block = vectors * tiles->vector;
    size_t columns = outputs - first < block ? outputs - first : block;
    size_t tile = tile_for(pixels, vectors, tiles->most[vectors - 1]);
    conv_pixels run = tiles->pixels[vectors - 1][tile - 1];
    const float *added = NULL;
    if (bias) {
      memset(padded_bias, 0, sizeof padded_bias);
      memcpy(padded_bias, bias + first, columns * sizeof *bias);
      added = padded_bias;
    }
    for (size_t i = 0; i < rows; i++)
      for (size_t j = 0; j < pixels; j += tile) {
        size_t start = j + tile <= pixels ? j : pixels - tile;
        run(in + i * in_row + start * in_step, in_step, w->offsets, w->taps, w->depth, packed, added, relu,
            out + i * out_row + start * out_step + first, out_step, columns);
      }
    packed += w->taps * w->depth * block;
    first += block;
  }
}

void attar_conv_forward(
    const attar_conv *c, const float *x, const float *packed, const float *bias, bool relu, float *y, float *scratch) {
  if (attar_is_winograd(c)) return attar_winograd_forward(c, x, packed, bias, relu, y, scratch);
  const conv_tiles *tiles = tiles_for(c, group_outputs(c));
  attar_border b = attar_input_border(c);
  const float *in = attar_bordered(x, c->height, c->width, c->channels, b, scratch);
  if (attar_is_depthwise(c)) return attar_depthwise_forward(c, in, b.width, packed, bias, relu, y);
  walk w;
  walk_input(c, b, &w);
  size_t step = c->stride_x * c->channels;
  size_t rows = c->out_height, pixels = c->out_width;
  if (c->kernel_height == 1 && c->kernel_width == 1 && c->stride_x == 1 && c->stride_y == 1 && b.width == c->out_width) {
    pixels *= rows;
    rows = 1;
  }
  size_t group = w.taps * w.depth * rounded_up(group_outputs(c), tiles->vector);
  for (size_t g = 0; g < c->groups; g++)
    run_tiles(
        tiles, in + g * group_channels(c), c->stride_y * b.width * c->channels, step, &w, packed + g * group,
        bias ? bias + g * group_outputs(c) : NULL, relu, group_outputs(c), y + g * group_outputs(c),
        c->out_width * c->outputs, c->outputs, rows, pixels);
}

// MARK: - Gradient of the picture

// Along one dimension, the picture's pixels that are `phase` beyond a multiple of the stride get their gradient from the taps
// for which phase + before − tap·dilation is a multiple of the stride: result pixel j + that multiple, for the j-th of them.
typedef struct {
  size_t count;
  size_t taps[MOST_TAPS];
  ptrdiff_t shifts[MOST_TAPS];
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

static attar_border gradient_border(const attar_conv *c) {
  size_t top, bottom, left, right;
  find_reach(c->height, c->top, c->kernel_height, c->dilation_y, c->stride_y, c->out_height, &top, &bottom);
  find_reach(c->width, c->left, c->kernel_width, c->dilation_x, c->stride_x, c->out_width, &left, &right);
  return (attar_border){top, left, top + c->out_height + bottom, left + c->out_width + right};
}

size_t attar_conv_packed_gradient_count(const attar_conv *c) {
  if (attar_is_winograd(c)) return attar_winograd_packed_gradient_count(c);
  if (attar_is_depthwise(c)) return attar_conv_packed_count(c);
  size_t vector = tiles_for(c, group_channels(c))->vector;
  return c->groups * c->kernel_height * c->kernel_width * group_outputs(c) * rounded_up(group_channels(c), vector);
}

// Phases one after the other, each a kernel of its own; for each group and block of channels (taps · outputs, block).
void attar_conv_pack_gradient(const attar_conv *c, const float *weights, float *packed) {
  if (attar_is_winograd(c)) return attar_winograd_pack_gradient(c, weights, packed);
  if (attar_is_depthwise(c)) return attar_conv_pack(c, weights, packed);
  size_t channels = group_channels(c), outputs = group_outputs(c), vector = tiles_for(c, channels)->vector;
  phase_taps down, across;
  for (size_t y = 0; y < c->stride_y && y < c->height; y++)
    for (size_t x = 0; x < c->stride_x && x < c->width; x++) {
      find_taps(y, c->top, c->kernel_height, c->dilation_y, c->stride_y, &down);
      find_taps(x, c->left, c->kernel_width, c->dilation_x, c->stride_x, &across);
      for (size_t g = 0; g < c->groups; g++)
        for (size_t first = 0; first < channels;) {
          size_t block = vectors_at(first, channels, vector) * vector;
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

void attar_conv_input_gradient(
    const attar_conv *c, const float *dy, const float *packed, float *dx, float *scratch) {
  if (attar_is_winograd(c)) return attar_winograd_input_gradient(c, dy, packed, dx, scratch);
  if (attar_is_depthwise(c)) return attar_depthwise_input_gradient(c, dy, packed, attar_input_border(c), dx, scratch);
  const conv_tiles *tiles = tiles_for(c, group_channels(c));
  attar_border b = gradient_border(c);
  const float *in = attar_bordered(dy, c->out_height, c->out_width, c->outputs, b, scratch);
  phase_taps down, across;
  walk w;
  w.depth = group_outputs(c);
  for (size_t y = 0; y < c->stride_y && y < c->height; y++)
    for (size_t x = 0; x < c->stride_x && x < c->width; x++) {
      find_taps(y, c->top, c->kernel_height, c->dilation_y, c->stride_y, &down);
      find_taps(x, c->left, c->kernel_width, c->dilation_x, c->stride_x, &across);
      w.taps = down.count * across.count;
      for (size_t i = 0; i < down.count; i++)
        for (size_t j = 0; j < across.count; j++)
          w.offsets[i * across.count + j] =
              (((ptrdiff_t)b.top + down.shifts[i]) * (ptrdiff_t)b.width + (ptrdiff_t)b.left + across.shifts[j]) *
              (ptrdiff_t)c->outputs;
      size_t rows = (c->height - y + c->stride_y - 1) / c->stride_y;
      size_t pixels = (c->width - x + c->stride_x - 1) / c->stride_x;
      size_t group = w.taps * w.depth * rounded_up(group_channels(c), tiles->vector);
      for (size_t g = 0; g < c->groups; g++)
        run_tiles(
            tiles, in + g * group_outputs(c), b.width * c->outputs, c->outputs, &w, packed + g * group, NULL, false,
            group_channels(c), dx + (y * c->width + x) * c->channels + g * group_channels(c),
            c->stride_y * c->width * c->channels, c->stride_x * c->channels, rows, pixels);
      packed += c->groups * group;
    }
}

// MARK: - Gradient of the weights

// Sums are (taps · depth, padded outputs) for each group, and then (padded outputs) for the bias.
static size_t padded_outputs(const attar_conv *c) {
  if (attar_is_depthwise(c)) return 1;
  return rounded_up(group_outputs(c), tiles_for_weights(c)->vector);
}

size_t attar_conv_sums_count(const attar_conv *c) {
  if (attar_is_winograd(c)) return attar_winograd_sums_count(c);
  return c->groups * (c->kernel_height * c->kernel_width * group_channels(c) + 1) * padded_outputs(c);
}

void attar_conv_weight_gradient(
    const attar_conv *c, const float *x, const float *dy, float *sums, float *scratch) {
  if (attar_is_winograd(c)) return attar_winograd_weight_gradient(c, x, dy, sums, scratch);
  const conv_tiles *tiles = tiles_for_weights(c);
  attar_border b = attar_input_border(c);
  const float *in = attar_bordered(x, c->height, c->width, c->channels, b, scratch);
  if (attar_is_depthwise(c)) return attar_depthwise_weight_gradient(c, in, b.width, dy, sums);
  size_t outputs = group_outputs(c), padded = padded_outputs(c), pixels = c->out_height * c->out_width;
  float *room = scratch + (attar_needs_border(b, c->height, c->width) ? b.height * b.width * c->channels : 0);
  walk w;
  walk_input(c, b, &w);
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
      for (size_t first = 0; first < padded;) {
        size_t vectors = vectors_at(first, padded, tiles->vector);
        // Tiles of almost equal size.
        size_t count = (w.depth + MOST_WEIGHTS_TILE - 1) / MOST_WEIGHTS_TILE;
        for (size_t i = 0; i < count; i++) {
          size_t from = w.depth * i / count, tile = w.depth * (i + 1) / count - from;
          tiles->weights[vectors - 1][tile - 1](
              in + w.offsets[k] + g * group_channels(c) + from, c->stride_x * c->channels,
              c->stride_y * b.width * c->channels, gradient + first, step, c->out_width * step, c->out_height,
              c->out_width, sums + (k * w.depth + from) * padded + first, padded);
        }
        first += vectors * tiles->vector;
      }
    float *bias = sums + w.taps * w.depth * padded;
    for (size_t p = 0; p < pixels; p++)
      for (size_t o = 0; o < padded; o++) bias[o] += gradient[p * step + o];
    sums = bias + padded;
  }
}

void attar_conv_collect(const attar_conv *c, const float *sums, size_t parts, float *dweights, float *dbias) {
  if (attar_is_winograd(c)) return attar_winograd_collect(c, sums, parts, dweights, dbias);
  size_t outputs = group_outputs(c), padded = padded_outputs(c), stride = attar_conv_sums_count(c);
  size_t rows = c->kernel_height * c->kernel_width * group_channels(c), groups = c->groups;
  if (attar_is_depthwise(c)) {
    // (taps + 1, channels), as one group of them all.
    outputs = padded = c->channels;
    groups = 1;
  }
  for (size_t g = 0; g < groups; g++, sums += (rows + 1) * padded)
    for (size_t k = 0; k <= rows; k++) {
      float *to = (k < rows ? dweights ? dweights + k * c->outputs : NULL : dbias);
      if (to == NULL) continue;
      for (size_t o = 0; o < outputs; o++) {
        float sum = 0;
        for (size_t part = 0; part < parts; part++) sum += sums[part * stride + k * padded + o];
        to[g * outputs + o] = sum;
      }
    }
}

size_t attar_conv_scratch_count(const attar_conv *c) {
  if (attar_is_winograd(c)) return attar_winograd_scratch_count(c);
  attar_border in = attar_input_border(c), out = gradient_border(c);
  size_t forward = in.height * in.width * c->channels + c->out_height * c->out_width * padded_outputs(c);
  size_t backward = attar_is_depthwise(c) ? in.height * in.width * c->channels : out.height * out.width * c->outputs;
  return forward > backward ? forward : backward;
}

// MARK: - Products of planes

size_t attar_conv_vector(const attar_conv *c, size_t outputs) { return tiles_for(c, outputs)->vector; }

void attar_plane_pack(
    const attar_conv *c, const float *line, size_t row, size_t first, size_t depth, size_t outputs, float *packed) {
  size_t vector = attar_conv_vector(c, outputs);
  for (size_t o = 0; o < 16;) {
    // Blocks begin at multiples of two vectors.
    size_t begin = (first + o) / (2 * vector) * 2 * vector, block = vectors_at(begin, outputs, vector) * vector;
    size_t within = first + o - begin, count = block - within < 16 - o ? block - within : 16 - o;
    memcpy(packed + begin * depth + row * block + within, line + o, count * sizeof *packed);
    o += count;
  }
}

void attar_plane_products(
    const attar_conv *c, const float *in, size_t in_plane, const float *packed, float *out, size_t out_plane, size_t planes,
    size_t count, size_t depth, size_t outputs) {
  const conv_tiles *tiles = tiles_for(c, outputs);
  const ptrdiff_t here = 0;
  for (size_t first = 0; first < outputs;) {
    size_t vectors = vectors_at(first, outputs, tiles->vector), block = vectors * tiles->vector;
    size_t tile = tile_for(count, vectors, tiles->most[vectors - 1]), plane = depth * outputs;
    conv_pixels run = tiles->pixels[vectors - 1][tile - 1];
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
  const conv_tiles *tiles = tiles_for_weights(c);
  size_t parts = (depth + MOST_WEIGHTS_TILE - 1) / MOST_WEIGHTS_TILE;
  for (size_t p = 0; p < planes; p++, sums += depth * outputs)
    for (size_t first = 0; first < outputs;) {
      size_t vectors = vectors_at(first, outputs, tiles->vector);
      for (size_t i = 0; i < parts; i++) {
        size_t from = depth * i / parts, tile = depth * (i + 1) / parts - from;
        tiles->weights[vectors - 1][tile - 1](
            in + p * in_plane + from, depth, 0, dy + p * dy_plane + first, outputs, 0, 1, count,
            sums + from * outputs + first, outputs);
      }
      first += vectors * tiles->vector;
    }
}
