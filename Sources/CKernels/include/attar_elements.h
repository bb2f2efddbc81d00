// Loops over elements, rows and columns.
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// MARK: - Elements (elementwise.c)

// into[i] += from[i]
void attar_add(float *into, const float *from, size_t count);

// x[i] *= factor
void attar_scale(float *x, size_t count, float factor);

// y[i] = a[i] + b[i], or 0 where that is negative and `relu`; y may be a.
void attar_sum(const float *a, const float *b, bool relu, float *y, size_t count);

// dx[i] = y[i] > 0 ? dy[i] : 0; dx may be dy.
void attar_where_positive(const float *y, const float *dy, float *dx, size_t count);

// y[i] = x[i] · factor[i]; y may be x.
void attar_multiply(const float *x, const float *factor, float *y, size_t count);

// MARK: - Rows and columns (rows.c)

// Row i of y is row indices[i] of x; both have `columns` columns.
void attar_gather_rows(const float *x, const int32_t *indices, float *y, size_t rows, size_t columns);

// sums[j] = Σ_i x[i, j]
void attar_column_sums(const float *x, float *sums, size_t rows, size_t columns);

// Each row of y is the softmax of the same row of x; y may be x.
void attar_softmax(const float *x, float *y, size_t rows, size_t columns);

// dx = y · (dy − Σ_j dy·y), row by row, where y = softmax(x).
void attar_softmax_gradient(const float *y, const float *dy, float *dx, size_t rows, size_t columns);

// MARK: - Dropout (dropout.c)

// mask[i] is 0 with the given probability, else 1/(1 − probability). Follows from the seed and first + i alone.
void attar_dropout_mask(float *mask, size_t first, size_t count, float probability, uint64_t seed);
