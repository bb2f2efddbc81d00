// Activation functions, alone or fused with the bias that precedes them, and their gradients.
#pragma once
#include <stddef.h>

typedef enum {
  ATTAR_IDENTITY,
  ATTAR_RELU,
  ATTAR_LEAKY_RELU,  // x < 0: x/100
  ATTAR_SIGMOID,
  ATTAR_TANH,
  ATTAR_GELU,  // x·Φ(x), exact up to 2e-7
  ATTAR_SILU,  // x·sigmoid(x)
  ATTAR_HARD_SWISH,  // x·min(max(x + 3, 0), 6)/6
} attar_activation;

// y[i] = f(x[i]); y may be x.
void attar_activate(attar_activation function, const float *x, float *y, size_t count);

// y = f(y + bias), y (rows, columns), bias (columns). What stood before f goes to `before` where it is not NULL.
void attar_bias_activate(
    attar_activation function, float *y, const float *bias, float *before, size_t rows, size_t columns);

// dx[i] = dy[i] · f'(·); dx may be dy. `saved` is f's input for GELU, SiLU and hard swish, and f's output for the others.
void attar_activation_gradient(
    attar_activation function, const float *saved, const float *dy, float *dx, size_t count);

// y = f(y + bias), y (rows, columns), bias (columns). The slope f'(y + bias) goes to `slopes`.
void attar_bias_activate_with_slopes(
    attar_activation function, float *y, const float *bias, float *slopes, size_t rows, size_t columns);

// dy *= slopes, both (rows, columns), and sums[j] = Σ_i dy[i, j] of the result.
void attar_slope_sums(float *dy, const float *slopes, float *sums, size_t rows, size_t columns);
