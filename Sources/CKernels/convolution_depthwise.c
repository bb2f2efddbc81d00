#include "convolution_depthwise.h"

#include "convolution_border.h"
#include "convolution_method.h"
#include "convolution_sums.h"
#pragma clang fp contract(fast)

// As many channels as one vector of the longest kind holds.
enum { LANES = 16 };
typedef float lanes __attribute__((ext_vector_type(LANES), aligned(4)));

// `pixels` results next to each other, for the channels from `first`.
#define RUN(PIXELS) \
  for (; j + PIXELS <= c->out_width; j += PIXELS) { \
    const float *x = in + (i * c->stride_y * width + j * c->stride_x) * c->channels + first; \
    lanes sums[PIXELS]; \
    for (size_t p = 0; p < PIXELS; p++) sums[p] = start; \
    for (size_t a = 0; a < c->kernel_height; a++) \
      for (size_t b = 0; b < c->kernel_width; b++) { \
        lanes w = *(const lanes *)(weights + (a * c->kernel_width + b) * c->channels + first); \
        const float *from = x + (a * c->dilation_y * width + b * c->dilation_x) * c->channels; \
        for (size_t p = 0; p < PIXELS; p++) sums[p] += *(const lanes *)(from + p * step) * w; \
      } \
    for (size_t p = 0; p < PIXELS; p++) \
      *(lanes *)(y + (i * c->out_width + j + p) * c->channels + first) = \
          relu ? __builtin_elementwise_max(sums[p], (lanes)0.0f) : sums[p]; \
  }

// `in` is the picture with its border, `width` pixels a row.
ATTAR_DISPATCH void attar_depthwise_forward(
    const attar_conv *c, const float *in, size_t width, const float *weights, const float *bias, bool relu, float *y) {
  size_t step = c->stride_x * c->channels, whole = c->channels / LANES * LANES;
  for (size_t i = 0; i < c->out_height; i++) {
    for (size_t first = 0; first < whole; first += LANES) {
      lanes start = bias ? *(const lanes *)(bias + first) : (lanes)0.0f;
      size_t j = 0;
      RUN(4)
      RUN(1)
    }
    for (size_t j = 0; j < c->out_width; j++)
      for (size_t k = whole; k < c->channels; k++) {
        const float *x = in + i * c->stride_y * width * c->channels + j * step + k;
        float sum = bias ? bias[k] : 0;
        for (size_t a = 0; a < c->kernel_height; a++)
          for (size_t b = 0; b < c->kernel_width; b++)
            sum += x[(a * c->dilation_y * width + b * c->dilation_x) * c->channels] *
                weights[(a * c->kernel_width + b) * c->channels + k];
        y[(i * c->out_width + j) * c->channels + k] = relu && sum < 0 ? 0 : sum;
      }
  }
}

ATTAR_DISPATCH void attar_depthwise_input_gradient(
    const attar_conv *c, const float *dy, const float *weights, attar_border border, float *dx, float *room) {
  memset(room, 0, border.height * border.width * c->channels * sizeof *room);
  for (size_t i = 0; i < c->out_height; i++)
    for (size_t j = 0; j < c->out_width; j++) {
      const float *g = dy + (i * c->out_width + j) * c->channels;
      float *to = room + (i * c->stride_y * border.width + j * c->stride_x) * c->channels;
      for (size_t a = 0; a < c->kernel_height; a++)
        for (size_t b = 0; b < c->kernel_width; b++) {
          float *restrict sums = to + (a * c->dilation_y * border.width + b * c->dilation_x) * c->channels;
          const float *restrict w = weights + (a * c->kernel_width + b) * c->channels;
          for (size_t k = 0; k < c->channels; k++) sums[k] += g[k] * w[k];
        }
    }
  for (size_t i = 0; i < c->height; i++)
    memcpy(
        dx + i * c->width * c->channels, room + ((i + border.top) * border.width + border.left) * c->channels,
        c->width * c->channels * sizeof *dx);
}

ATTAR_DISPATCH void attar_depthwise_weight_gradient(
    const attar_conv *c, const float *in, size_t width, const float *dy, float *sums) {
  float *restrict bias = sums + c->kernel_height * c->kernel_width * c->channels;
  for (size_t i = 0; i < c->out_height; i++)
    for (size_t j = 0; j < c->out_width; j++) {
      const float *restrict g = dy + (i * c->out_width + j) * c->channels;
      const float *x = in + (i * c->stride_y * width + j * c->stride_x) * c->channels;
      for (size_t a = 0; a < c->kernel_height; a++)
        for (size_t b = 0; b < c->kernel_width; b++) {
          const float *restrict from = x + (a * c->dilation_y * width + b * c->dilation_x) * c->channels;
          float *restrict to = sums + (a * c->kernel_width + b) * c->channels;
          for (size_t k = 0; k < c->channels; k++) to[k] += from[k] * g[k];
        }
      for (size_t k = 0; k < c->channels; k++) bias[k] += g[k];
    }
}

// MARK: - The method

static size_t packed_count(const attar_conv *c) { return c->kernel_height * c->kernel_width * c->channels; }

static void pack(const attar_conv *c, const float *weights, float *packed) {
  memcpy(packed, weights, packed_count(c) * sizeof *packed);
}

static size_t scratch_count(const attar_conv *c) {
  attar_border b = attar_input_border(c);
  return b.height * b.width * c->channels;
}

// All channels as one group.
static attar_sums sums_of(const attar_conv *c) {
  return (attar_sums){
      .groups = 1, .rows = c->kernel_height * c->kernel_width, .outputs = c->channels, .padded = c->channels};
}

static size_t sums_count(const attar_conv *c) { return attar_sums_count(sums_of(c)); }

static void forward(
    const attar_conv *c, const float *x, const float *packed, const float *bias, bool relu, float *y, float *scratch) {
  attar_border b = attar_input_border(c);
  const float *in = attar_bordered_floats(x, c->height, c->width, c->channels, b, scratch);
  attar_depthwise_forward(c, in, b.width, packed, bias, relu, y);
}

static void input_gradient(const attar_conv *c, const float *dy, const float *packed, float *dx, float *scratch) {
  attar_depthwise_input_gradient(c, dy, packed, attar_input_border(c), dx, scratch);
}

static void weight_gradient(const attar_conv *c, const float *x, const float *dy, float *sums, float *scratch) {
  attar_border b = attar_input_border(c);
  const float *in = attar_bordered_floats(x, c->height, c->width, c->channels, b, scratch);
  attar_depthwise_weight_gradient(c, in, b.width, dy, sums);
}

static void collect(const attar_conv *c, const float *sums, size_t parts, float *dweights, float *dbias) {
  attar_collect_sums(sums_of(c), sums, parts, dweights, dbias);
}

const attar_conv_method attar_depthwise_method = {
    .packed_count = packed_count,
    .packed_gradient_count = packed_count,
    .scratch_count = scratch_count,
    .sums_count = sums_count,
    .pack = pack,
    .pack_gradient = pack,
    .forward = forward,
    .input_gradient = input_gradient,
    .weight_gradient = weight_gradient,
    .collect = collect,
};
