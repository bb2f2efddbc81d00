// Networks in bytes. A byte q stands for the number scale·(q − zero); the byte `zero` stands for 0 exactly, so that borders of zeros
// are borders of that byte. Weights are whole numbers from −127 to 127 with a scale for each output.
//
// Sums of products are exact in 32 bits on every processor, and what follows is one product, one sum and one rounding in floats,
// never fused: every variant gives the same bits.
//
// Kernels read bytes four at a time: up to three bytes behind a buffer of bytes are read, whatever they hold, and must be there.
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "attar_convolution.h"
#include "attar_pooling.h"

// The most products in one sum: 2·33,000·255·127 stays below 2³¹.
enum { ATTAR_QUANTIZED_MOST_PRODUCTS = 33000 };

// Whether this processor can run a variant: 1 any, 2 AVX2, 3 AVX-VNNI, 4 AVX-512 VNNI; 0 stands for the best of them.
bool attar_quantized_has(size_t variant);

// q = x/scale + zero, rounded, kept within 0…255.
void attar_to_bytes(const float *x, uint8_t *q, size_t count, float scale, float zero);

// x = scale·(q − zero)
void attar_from_bytes(const uint8_t *q, float *x, size_t count, float scale, float zero);

// MARK: - Convolutions; a dense layer is one of 1 × 1 over a picture of one row

// Bytes of the weights and numbers of a convolution in the order in which the kernels read them, and of working space for a thread.
size_t attar_quantized_packed_bytes(const attar_conv *conv);
size_t attar_quantized_scratch_bytes(const attar_conv *conv);

// Brings weights (kernel_height, kernel_width, channels / groups, outputs), whole numbers, into that order, with the numbers that turn
// sums into results: y[o] = factors[o]·Σ w·(q − zero) + offsets[o].
void attar_quantized_pack(
    const attar_conv *conv, const float *weights, const float *factors, const float *offsets, uint8_t zero, void *packed);

// One picture's results, not below `low`: as floats, or rounded and at most 255 as bytes; the other pointer is NULL.
void attar_quantized_conv(
    const attar_conv *conv, const uint8_t *x, const void *packed, uint8_t zero, float low, float *floats, uint8_t *bytes,
    void *scratch);

// MARK: - Operations without weights

// y = factor_a·a + factor_b·b + offset, rounded, kept within low…255.
void attar_add_bytes(
    const uint8_t *a, const uint8_t *b, uint8_t *y, size_t count, float factor_a, float factor_b, float offset, float low);

// The largest of each window and channel.
void attar_max_pool_bytes(const attar_pool *pool, const uint8_t *x, uint8_t *y);

// The mean of each window and channel: ratio·(mean of (x − zero)) + offset, rounded, kept within 0…255.
void attar_average_pool_bytes(
    const attar_pool *pool, const uint8_t *x, uint8_t *y, int32_t zero, float ratio, float offset);

// MARK: - Calibration

// Widens low…high so that it holds the values; NaN is passed over.
void attar_widen_range(const float *x, size_t count, float *low, float *high);

// Counts the values of low…high but 0 in bins of equal width.
void attar_count_into_bins(const float *x, size_t count, float low, float high, int64_t *counts, size_t bins);
