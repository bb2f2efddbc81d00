// Depthwise convolution in bytes: each channel by itself, along vectors of channels.
#pragma once
#include "attar_convolution.h"
#include "quantized_ending.h"

size_t attar_quantized_depthwise_bytes(const attar_conv *conv);
void attar_quantized_depthwise_pack(
    const attar_conv *conv, const float *weights, const float *factors, const float *offsets, uint8_t zero, void *packed);

// `in` is the picture with its border, `width` pixels a row.
void attar_quantized_depthwise(
    const attar_conv *conv, const uint8_t *in, size_t width, const void *packed, attar_quantized_ending end);
