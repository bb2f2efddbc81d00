// Activation functions, alone or fused with the bias that precedes them, and their gradients.
#include "attar_activations.h"

#include "dispatch.h"
#include "vector_math.h"
#pragma clang fp contract(fast)

// Elements do not depend on each other, not even where results replace what they are made of, which the compiler cannot see.
#define INDEPENDENT _Pragma("clang loop vectorize(assume_safety)")

// The same text for each function, so that each gets a loop without branches.
#define FOR_EACH_FUNCTION(LOOP) \
  switch (function) { \
    case ATTAR_IDENTITY: LOOP(v, g) break; \
    case ATTAR_RELU: LOOP(v > 0 ? v : 0, v > 0 ? g : 0) break; \
    case ATTAR_LEAKY_RELU: LOOP(v > 0 ? v : 0.01f * v, v > 0 ? g : 0.01f * g) break; \
    case ATTAR_SIGMOID: LOOP(attar_sigmoid(v), g * v * (1 - v)) break; \
    case ATTAR_TANH: LOOP(attar_tanh(v), g * (1 - v * v)) break; \
    case ATTAR_GELU: LOOP(v * attar_normal_cdf(v), g * gelu_slope(v)) break; \
    case ATTAR_SILU: LOOP(v * attar_sigmoid(v), g * silu_slope(v)) break; \
    case ATTAR_HARD_SWISH: LOOP(v * hard_gate(v), g * hard_swish_slope(v)) break; \
  }

// d/dx x·Φ(x) = Φ(x) + x·φ(x), with the exponential that Φ takes, too.
ATTAR_INLINE float gelu_slope(float x) {
  float z = (x < 0 ? -x : x) * 0.70710678f;
  return attar_normal_cdf(x) + x * 0.39894228f * attar_exp(-z * z);
}

// d/dx x·σ(x) = σ(x)·(1 + x·(1 − σ(x)))
ATTAR_INLINE float silu_slope(float x) {
  float s = attar_sigmoid(x);
  return s * (1 + x * (1 - s));
}

// min(max(x + 3, 0), 6)/6
ATTAR_INLINE float hard_gate(float x) {
  float y = x + 3;
  y = y < 0 ? 0 : y;
  return (y > 6 ? 6 : y) * (1.0f / 6);
}

// 0 below −3, 1 above 3, between them (2x + 3)/6.
ATTAR_INLINE float hard_swish_slope(float x) {
  float y = x < -3 ? 0 : (2 * x + 3) * (1.0f / 6);
  return x > 3 ? 1 : y;
}

ATTAR_DISPATCH void attar_activate(attar_activation function, const float *x, float *y, size_t count) {
#define LOOP(value, slope) \
  INDEPENDENT for (size_t i = 0; i < count; i++) { \
    float v = x[i]; \
    y[i] = value; \
  }
  FOR_EACH_FUNCTION(LOOP)
#undef LOOP
}

ATTAR_DISPATCH void attar_bias_activate(
    attar_activation function, float *restrict y, const float *restrict bias, float *restrict before, size_t rows,
    size_t columns) {
  if (before != NULL) {
    for (size_t row = 0; row < rows; row++)
      for (size_t i = 0; i < columns; i++) before[row * columns + i] = y[row * columns + i] + bias[i];
  }
#define LOOP(value, slope) \
  for (size_t row = 0; row < rows; row++) { \
    float *restrict line = y + row * columns; \
    for (size_t i = 0; i < columns; i++) { \
      float v = line[i] + bias[i]; \
      line[i] = value; \
    } \
  }
  FOR_EACH_FUNCTION(LOOP)
#undef LOOP
}

ATTAR_DISPATCH void attar_activation_gradient(
    attar_activation function, const float *saved, const float *dy, float *dx, size_t count) {
#define LOOP(value, slope) \
  INDEPENDENT for (size_t i = 0; i < count; i++) { \
    float v = saved[i], g = dy[i]; \
    (void)v; \
    dx[i] = slope; \
  }
  FOR_EACH_FUNCTION(LOOP)
#undef LOOP
}

ATTAR_DISPATCH void attar_bias_activate_with_slopes(
    attar_activation function, float *restrict y, const float *restrict bias, float *restrict slopes, size_t rows,
    size_t columns) {
#define LOOP(value, slope) \
  for (size_t row = 0; row < rows; row++) { \
    float *restrict line = y + row * columns; \
    float *restrict kept = slopes + row * columns; \
    for (size_t i = 0; i < columns; i++) { \
      float v = line[i] + bias[i], g = 1; \
      line[i] = value; \
      kept[i] = slope; \
    } \
  }
  FOR_EACH_FUNCTION(LOOP)
#undef LOOP
}

// Columns whose sums stay in registers while all rows go by.
enum { COLUMNS = 64 };

ATTAR_DISPATCH void attar_slope_sums(
    float *restrict dy, const float *restrict slopes, float *restrict sums, size_t rows, size_t columns) {
  for (size_t first = 0; first < columns; first += COLUMNS) {
    size_t count = columns - first < COLUMNS ? columns - first : COLUMNS;
    float block[COLUMNS] = {0};
    for (size_t i = 0; i < rows; i++) {
      float *line = dy + i * columns + first;
      const float *factors = slopes + i * columns + first;
      if (count == COLUMNS)
        for (size_t k = 0; k < COLUMNS; k++) block[k] += line[k] *= factors[k];
      else
        for (size_t k = 0; k < count; k++) block[k] += line[k] *= factors[k];
    }
    for (size_t k = 0; k < count; k++) sums[first + k] = block[k];
  }
}
