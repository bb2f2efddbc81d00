#include "quantized_depthwise.h"

#include <string.h>
#pragma clang fp contract(off)

enum { CHUNK = 64 };  // channels whose sums stay in registers or the nearest cache

size_t attar_quantized_depthwise_bytes(const attar_conv *c) {
  return c->channels * (12 + c->kernel_height * c->kernel_width);
}

void attar_quantized_depthwise_pack(
    const attar_conv *c, const float *weights, const float *factors, const float *offsets, uint8_t zero, void *packed) {
  size_t channels = c->channels, taps = c->kernel_height * c->kernel_width;
  int32_t *start = packed;
  float *to_factors = (float *)(start + channels), *to_offsets = to_factors + channels;
  int8_t *to = (int8_t *)(to_offsets + channels);
  memcpy(to_factors, factors, channels * sizeof *factors);
  memcpy(to_offsets, offsets, channels * sizeof *offsets);
  memset(start, 0, channels * sizeof *start);
  for (size_t k = 0; k < taps; k++)
    for (size_t i = 0; i < channels; i++) {
      to[k * channels + i] = (int8_t)weights[k * channels + i];
      start[i] -= zero * to[k * channels + i];
    }
}

ATTAR_DISPATCH void attar_quantized_depthwise(
    const attar_conv *c, const uint8_t *in, size_t width, const void *packed, quantized_ending end) {
  size_t channels = c->channels;
  const int32_t *start = packed;
  const float *factors = (const float *)(start + channels), *offsets = factors + channels;
  const int8_t *weights = (const int8_t *)(offsets + channels);
  for (size_t i = 0; i < c->out_height; i++)
    for (size_t j = 0; j < c->out_width; j++)
      for (size_t first = 0; first < channels; first += CHUNK) {
        size_t count = channels - first < CHUNK ? channels - first : CHUNK;
        int32_t sums[CHUNK];
        memcpy(sums, start + first, count * sizeof *sums);
        for (size_t a = 0; a < c->kernel_height; a++)
          for (size_t b = 0; b < c->kernel_width; b++) {
            size_t row = i * c->stride_y + a * c->dilation_y, column = j * c->stride_x + b * c->dilation_x;
            const uint8_t *restrict x = in + (row * width + column) * channels + first;
            const int8_t *restrict w = weights + (a * c->kernel_width + b) * channels + first;
            for (size_t k = 0; k < count; k++) sums[k] += x[k] * w[k];
          }
        size_t to = (i * c->out_width + j) * end.out_step + first;
        float y[CHUNK];
        for (size_t k = 0; k < count; k++) {
          float v = (float)sums[k] * factors[first + k] + offsets[first + k];
          y[k] = v > end.low ? v : end.low;
        }
        if (end.floats) {
          memcpy(end.floats + to, y, count * sizeof *y);
        } else {
          for (size_t k = 0; k < count; k++) {
            float v = (y[k] < 255 ? y[k] : 255) + 0.5f;
            end.bytes[to + k] = (uint8_t)(int)v;
          }
        }
      }
}
