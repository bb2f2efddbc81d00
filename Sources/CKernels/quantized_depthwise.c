#include "quantized_depthwise.h"

#include <string.h>

#include "quantized_rounding.h"
#pragma clang fp contract(off)

enum { CHUNK = 64 };  // channels whose sums stay in registers or the nearest cache

size_t attar_quantized_depthwise_bytes(const attar_conv *c) {
  return attar_quantized_numbers_bytes(c->channels) + c->kernel_height * c->kernel_width * c->channels;
}

void attar_quantized_depthwise_pack(
    const attar_conv *c, const float *weights, const float *factors, const float *offsets, uint8_t zero, void *packed) {
  size_t channels = c->channels, taps = c->kernel_height * c->kernel_width;
  attar_quantized_numbers n = attar_quantized_numbers_at(packed, channels);
  memcpy(n.factors, factors, channels * sizeof *factors);
  memcpy(n.offsets, offsets, channels * sizeof *offsets);
  memset(n.start, 0, channels * sizeof *n.start);
  for (size_t k = 0; k < taps; k++)
    for (size_t i = 0; i < channels; i++) {
      n.weights[k * channels + i] = (int8_t)weights[k * channels + i];
      n.start[i] -= zero * n.weights[k * channels + i];
    }
}

ATTAR_DISPATCH void attar_quantized_depthwise(
    const attar_conv *c, const uint8_t *in, size_t width, const void *packed, attar_quantized_ending end) {
  size_t channels = c->channels;
  attar_quantized_numbers n = attar_quantized_numbers_at((void *)packed, channels);
  const float *factors = n.factors, *offsets = n.offsets;
  for (size_t i = 0; i < c->out_height; i++)
    for (size_t j = 0; j < c->out_width; j++)
      for (size_t first = 0; first < channels; first += CHUNK) {
        size_t count = channels - first < CHUNK ? channels - first : CHUNK;
        int32_t sums[CHUNK];
        memcpy(sums, n.start + first, count * sizeof *sums);
        for (size_t a = 0; a < c->kernel_height; a++)
          for (size_t b = 0; b < c->kernel_width; b++) {
            size_t row = i * c->stride_y + a * c->dilation_y, column = j * c->stride_x + b * c->dilation_x;
            const uint8_t *restrict x = in + (row * width + column) * channels + first;
            const int8_t *restrict w = n.weights + (a * c->kernel_width + b) * channels + first;
            for (size_t k = 0; k < count; k++) sums[k] += x[k] * w[k];
          }
        size_t to = (i * c->out_width + j) * end.out_step + first;
        if (end.floats) {
          for (size_t k = 0; k < count; k++) {
            float v = (float)sums[k] * factors[first + k] + offsets[first + k];
            end.floats[to + k] = v > end.low ? v : end.low;
          }
        } else {
          for (size_t k = 0; k < count; k++)
            end.bytes[to + k] = attar_byte_of((float)sums[k] * factors[first + k] + offsets[first + k], end.low);
        }
      }
}
