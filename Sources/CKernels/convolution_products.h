// Matrix products of many small planes by the tiles of convolution_tiles.h, for convolutions that are products in another domain.
#pragma once
#include "attar_convolution.h"

// Floats a vector of output channels, to which packed weights are rounded up.
size_t attar_plane_vector(const attar_conv *c, size_t outputs);

// Packs 16 weights of line `row`, from output `first` on, into one plane (depth, outputs) of `attar_plane_products`.
void attar_plane_pack(
    const attar_conv *c, const float *line, size_t row, size_t first, size_t depth, size_t outputs, float *packed);

// For each of `planes` planes: out (count, outputs) = in (count, depth) · packed weights. Planes begin `in_plane` and `out_plane`
// floats apart.
void attar_plane_products(
    const attar_conv *c, const float *in, size_t in_plane, const float *packed, float *out, size_t out_plane, size_t planes,
    size_t count, size_t depth, size_t outputs);

// For each of `planes` planes: sums (depth, outputs) += inᵀ (depth, count) · dy (count, outputs). `outputs` is a multiple of 8.
void attar_plane_sums(
    const attar_conv *c, const float *in, size_t in_plane, const float *dy, size_t dy_plane, float *sums, size_t planes,
    size_t count, size_t depth, size_t outputs);
