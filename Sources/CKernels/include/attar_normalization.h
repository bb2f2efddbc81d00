// Batch normalisation in the steps that a caller can cut over threads, and layer normalisation.
#pragma once
#include <stdbool.h>
#include <stddef.h>

// For each channel the mean of x (rows, channels) and the sum of squares about it, in one pass over memory.
void attar_channel_moments(const float *x, size_t rows, size_t channels, float *mean, float *squares);

// Adds the moments of `more` rows to those of `count` rows (Chan, Golub and LeVeque 1979). count + more is above 0.
void attar_combine_moments(
    size_t count, float *mean, float *squares, size_t more, const float *more_mean, const float *more_squares,
    size_t channels);

// y = x·factor + offset, channel by channel; negative results become 0 where `relu`.
void attar_scale_channels(
    const float *x, const float *factor, const float *offset, bool relu, float *y, size_t rows, size_t channels);

// dscale = Σ g·(x − mean)·inverse and doffset = Σ g, channel by channel, with g = dy; where `relu`, g = 0 where x·factor + offset,
// the result of the normalisation, is not positive.
void attar_batch_norm_sums(
    const float *x, const float *dy, const float *factor, const float *offset, bool relu, const float *mean,
    const float *inverse, float *dscale, float *doffset, size_t rows, size_t channels);

// dx = x·of_x + g·factor + constant, channel by channel, with g as above.
void attar_batch_norm_gradient(
    const float *x, const float *dy, const float *factor, const float *offset, bool relu, const float *of_x,
    const float *constant, float *dx, size_t rows, size_t channels);

// Statistics over each row's columns: mean[i], inverse[i]. Then y = (x − mean)·inverse·scale + offset.
void attar_layer_norm(
    const float *x, const float *scale, const float *offset, float *mean, float *inverse, float *y, size_t rows,
    size_t columns, float epsilon);

// Gradients of attar_layer_norm; dx may be NULL.
void attar_layer_norm_gradient(
    const float *x, const float *scale, const float *mean, const float *inverse, const float *dy, float *dx,
    float *dscale, float *doffset, size_t rows, size_t columns);
