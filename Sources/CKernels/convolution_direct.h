// Convolutions as direct sums over the kernel. A picture that needs a border of zeros is copied into one that has it, so that the inner
// loops know no edges. Three kinds of walk share the tiles: the result, the gradient of the picture (a convolution of the result's
// gradient with the kernel turned around), and that of the weights.
#pragma once
#include "convolution_border.h"
#include "convolution_tiles.h"
#include "convolution_walk.h"

// What convolution_method.h says of the functions of the same names.
size_t attar_direct_packed_gradient_count(const attar_conv *c);
void attar_direct_pack_gradient(const attar_conv *c, const float *weights, float *packed);
void attar_direct_input_gradient(const attar_conv *c, const float *dy, const float *packed, float *dx, float *scratch);
size_t attar_direct_sums_count(const attar_conv *c);
void attar_direct_weight_gradient(const attar_conv *c, const float *x, const float *dy, float *sums, float *scratch);
void attar_direct_collect(const attar_conv *c, const float *sums, size_t parts, float *dweights, float *dbias);

// The border of a result's gradient, for the gradient of the picture.
attar_border attar_direct_gradient_border(const attar_conv *c);

// Outputs of a group, rounded up to whole vectors of the tiles for gradients of weights.
size_t attar_direct_padded_outputs(const attar_conv *c);

// Results of one group and one picture, by a walk whose runs begin at `offsets`.
void attar_direct_run(
    const attar_conv_tiles *tiles, const float *in, size_t in_row, size_t in_step, attar_walk w, const ptrdiff_t *offsets,
    const float *packed, const float *bias, bool relu, size_t outputs, float *out, size_t out_row, size_t out_step,
    attar_lines lines);
