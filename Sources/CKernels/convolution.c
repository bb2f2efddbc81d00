// Which way a convolution is computed.
#include "attar_convolution.h"

#include "convolution_depthwise.h"
#include "convolution_method.h"
#include "convolution_winograd.h"

static const attar_conv_method *method_of(const attar_conv *c) {
  if (attar_is_winograd(c)) return &attar_winograd_method;
  return attar_is_depthwise(c) ? &attar_depthwise_method : &attar_direct_method;
}

size_t attar_conv_packed_count(const attar_conv *c) { return method_of(c)->packed_count(c); }

size_t attar_conv_packed_gradient_count(const attar_conv *c) { return method_of(c)->packed_gradient_count(c); }

size_t attar_conv_scratch_count(const attar_conv *c) { return method_of(c)->scratch_count(c); }

size_t attar_conv_sums_count(const attar_conv *c) { return method_of(c)->sums_count(c); }

void attar_conv_pack(const attar_conv *c, const float *weights, float *packed) { method_of(c)->pack(c, weights, packed); }

void attar_conv_pack_gradient(const attar_conv *c, const float *weights, float *packed) {
  method_of(c)->pack_gradient(c, weights, packed);
}

void attar_conv_forward(
    const attar_conv *c, const float *x, const float *packed, const float *bias, bool relu, float *y, float *scratch) {
  method_of(c)->forward(c, x, packed, bias, relu, y, scratch);
}

void attar_conv_input_gradient(const attar_conv *c, const float *dy, const float *packed, float *dx, float *scratch) {
  method_of(c)->input_gradient(c, dy, packed, dx, scratch);
}

void attar_conv_weight_gradient(const attar_conv *c, const float *x, const float *dy, float *sums, float *scratch) {
  method_of(c)->weight_gradient(c, x, dy, sums, scratch);
}

void attar_conv_collect(const attar_conv *c, const float *sums, size_t parts, float *dweights, float *dbias) {
  method_of(c)->collect(c, sums, parts, dweights, dbias);
}
