// Convolutions of pictures whose channels lie last, picture by picture, so that a caller can cut a batch as it likes.
#pragma once
#include <stdbool.h>
#include <stddef.h>

// The sizes of a convolution. Pictures are (height, width, channels), results (out_height, out_width, outputs), weights
// (kernel_height, kernel_width, channels / groups, outputs), all row-major.
// Result pixel (i, j) is the sum over the kernel's (a, b) of picture pixel (i·stride_y + a·dilation_y − top,
// j·stride_x + b·dilation_x − left), 0 outside of the picture, times weight (a, b).
typedef struct {
  size_t height, width, channels;
  size_t out_height, out_width, outputs;
  size_t kernel_height, kernel_width;
  size_t stride_y, stride_x, dilation_y, dilation_x;
  size_t top, left;
  size_t groups;   // group g reads and writes its own share of the channels
  size_t variant;  // 0 for the best kernels that this processor has; others are for tests: 1 for any, 2 AVX2, 3 AVX-512
} attar_conv;

// Whether this processor can run a variant.
bool attar_conv_has(size_t variant);

// Floats of weights brought into the order in which the kernels read them, for results and for gradients of pictures.
size_t attar_conv_packed_count(const attar_conv *conv);
size_t attar_conv_packed_gradient_count(const attar_conv *conv);

// Floats of working space for one thread, for any of the functions below.
size_t attar_conv_scratch_count(const attar_conv *conv);

// Floats of the sums that attar_conv_weight_gradient adds to.
size_t attar_conv_sums_count(const attar_conv *conv);

void attar_conv_pack(const attar_conv *conv, const float *weights, float *packed);
void attar_conv_pack_gradient(const attar_conv *conv, const float *weights, float *packed);

// y = conv(x) + bias for one picture; negative results become 0 where `relu`.
void attar_conv_forward(
    const attar_conv *conv, const float *x, const float *packed, const float *bias, bool relu, float *y, float *scratch);

// dx for one picture, overwritten.
void attar_conv_input_gradient(
    const attar_conv *conv, const float *dy, const float *packed_gradient, float *dx, float *scratch);

// Adds one picture's part to `sums`, which are 0 at first.
void attar_conv_weight_gradient(
    const attar_conv *conv, const float *x, const float *dy, float *sums, float *scratch);

// The gradients of weights and bias (outputs) from the sums of several threads, one after the other at `sums`.
void attar_conv_collect(const attar_conv *conv, const float *sums, size_t parts, float *dweights, float *dbias);
