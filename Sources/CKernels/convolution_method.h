// The ways to compute a convolution. Each packs weights in an order of its own and sums gradients of weights in a form of its own.
#pragma once
#include "attar_convolution.h"

// What attar_convolution.h says of the functions attar_conv_….
typedef struct {
  size_t (*packed_count)(const attar_conv *c);
  size_t (*packed_gradient_count)(const attar_conv *c);
  size_t (*scratch_count)(const attar_conv *c);
  size_t (*sums_count)(const attar_conv *c);
  void (*pack)(const attar_conv *c, const float *weights, float *packed);
  void (*pack_gradient)(const attar_conv *c, const float *weights, float *packed);
  void (*forward)(
      const attar_conv *c, const float *x, const float *packed, const float *bias, bool relu, float *y, float *scratch);
  void (*input_gradient)(const attar_conv *c, const float *dy, const float *packed, float *dx, float *scratch);
  void (*weight_gradient)(const attar_conv *c, const float *x, const float *dy, float *sums, float *scratch);
  void (*collect)(const attar_conv *c, const float *sums, size_t parts, float *dweights, float *dbias);
} attar_conv_method;

// Sums over the kernel, tile by tile (convolution_direct.c).
extern const attar_conv_method attar_direct_method;
// Each channel by itself (convolution_depthwise.c).
extern const attar_conv_method attar_depthwise_method;
// Fewer products, in another domain (convolution_winograd.c).
extern const attar_conv_method attar_winograd_method;
