// Normalisation by the root mean square (Zhang and Sennrich 2019).
#include "attar_root_mean_square.h"

#include "dispatch.h"

ATTAR_DISPATCH void attar_rms_norm(
    const float *restrict x, const float *restrict scale, float *restrict inverse, float *restrict y, size_t rows,
    size_t columns, float epsilon) {
#pragma clang fp reassociate(on) contract(fast)
  float share = 1.0f / (float)columns;
  for (size_t i = 0; i < rows; i++) {
    const float *in = x + i * columns;
    float squares = 0;
    for (size_t j = 0; j < columns; j++) squares += in[j] * in[j];
    float factor = 1.0f / __builtin_elementwise_sqrt(squares * share + epsilon);
    for (size_t j = 0; j < columns; j++) y[i * columns + j] = in[j] * factor * scale[j];
    inverse[i] = factor;
  }
}

ATTAR_DISPATCH void attar_rms_norm_gradient(
    const float *restrict x, const float *restrict scale, const float *restrict inverse, const float *restrict dy,
    float *restrict dx, float *restrict dscale, size_t rows, size_t columns) {
#pragma clang fp reassociate(on) contract(fast)
  float share = 1.0f / (float)columns;
  for (size_t j = 0; j < columns; j++) dscale[j] = 0;
  for (size_t i = 0; i < rows; i++) {
    const float *in = x + i * columns, *g = dy + i * columns;
    float factor = inverse[i], dot = 0;
    for (size_t j = 0; j < columns; j++) {
      float normalised = in[j] * factor;
      dscale[j] += g[j] * normalised;
      dot += g[j] * scale[j] * normalised;
    }
    if (dx == NULL) continue;
    for (size_t j = 0; j < columns; j++)
      dx[i * columns + j] = factor * (g[j] * scale[j] - share * in[j] * factor * dot);
  }
}
