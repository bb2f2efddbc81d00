// Depthwise convolution in bytes: each channel by itself, along vectors of channels.
#pragma once
#include "convolution_border.h"
#include "quantization.h"

// What turns a sum into a result: y = factor·(start + sum) + offset, not below `low`, to floats, or else rounded to bytes.
typedef struct {
  const int32_t *start;
  const float *factors, *offsets;
  float low;
  float *floats;
  uint8_t *bytes;
  size_t out_step;  // elements from one result pixel to the next
} quantized_ending;

size_t attar_quantized_depthwise_bytes(const attar_conv *conv);
void attar_quantized_depthwise_pack(
    const attar_conv *conv, const float *weights, const float *factors, const float *offsets, uint8_t zero, void *packed);

// `in` is the picture with its border, `width` pixels a row.
void attar_quantized_depthwise(
    const attar_conv *conv, const uint8_t *in, size_t width, const void *packed, quantized_ending end);
