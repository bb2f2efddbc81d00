// Normalisation by the root mean square (Zhang and Sennrich 2019).
#pragma once
#include <stddef.h>

// inverse[i] = 1/√(mean of x² over row i + epsilon), and y = x·inverse·scale.
void attar_rms_norm(
    const float *x, const float *scale, float *inverse, float *y, size_t rows, size_t columns, float epsilon);

// Gradients of attar_rms_norm; dx may be NULL.
void attar_rms_norm_gradient(
    const float *x, const float *scale, const float *inverse, const float *dy, float *dx, float *dscale, size_t rows,
    size_t columns);
