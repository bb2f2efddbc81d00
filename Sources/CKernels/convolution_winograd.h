// Convolutions of 3 × 3 and stride 1 by Winograd's minimal filtering, F(2×2, 3×3): four results take 16 products instead of 36.
// Lavin and Gray, "Fast Algorithms for Convolutional Neural Networks", CVPR 2016. Of the possible sizes of tiles this one loses no
// accuracy: all factors are ±1 and ±½.
#pragma once
#include "convolution.h"

// Whether a convolution is computed this way.
bool attar_is_winograd(const attar_conv *c);

// What convolution.h says of the functions of the same names.
size_t attar_winograd_packed_count(const attar_conv *c);
size_t attar_winograd_packed_gradient_count(const attar_conv *c);
size_t attar_winograd_scratch_count(const attar_conv *c);
size_t attar_winograd_sums_count(const attar_conv *c);
void attar_winograd_pack(const attar_conv *c, const float *weights, float *packed);
void attar_winograd_pack_gradient(const attar_conv *c, const float *weights, float *packed);
void attar_winograd_forward(
    const attar_conv *c, const float *x, const float *packed, const float *bias, bool relu, float *y, float *scratch);
void attar_winograd_input_gradient(
    const attar_conv *c, const float *dy, const float *packed, float *dx, float *scratch);
void attar_winograd_weight_gradient(const attar_conv *c, const float *x, const float *dy, float *sums, float *scratch);
void attar_winograd_collect(const attar_conv *c, const float *sums, size_t parts, float *dweights, float *dbias);
