// Depthwise convolution: each channel by itself, along vectors of channels.
#pragma once
#include "convolution_border.h"

ATTAR_INLINE bool attar_is_depthwise(const attar_conv *c) {
  return c->groups > 1 && c->groups == c->channels && c->outputs == c->channels;
}

// `in` is the picture with its border, `width` pixels a row.
void attar_depthwise_forward(
    const attar_conv *conv, const float *in, size_t width, const float *weights, const float *bias, bool relu, float *y);
void attar_depthwise_input_gradient(
    const attar_conv *conv, const float *dy, const float *weights, attar_border b, float *dx, float *room);
void attar_depthwise_weight_gradient(
    const attar_conv *conv, const float *in, size_t width, const float *dy, float *sums);
