// Batch normalisation (Ioffe and Szegedy 2015) and layer normalisation (Ba, Kiros and Hinton 2016).
#include "CKernels.h"
#include "dispatch.h"
#pragma clang fp contract(fast)

ATTAR_DISPATCH void attar_batch_norm(
    const float *restrict x, const float *restrict scale, const float *restrict offset, float *restrict running_mean,
    float *restrict running_variance, float *restrict mean, float *restrict inverse, float *restrict y, size_t rows,
    size_t columns, float momentum, float epsilon) {
  float share = 1.0f / (float)rows;
  for (size_t j = 0; j < columns; j++) mean[j] = inverse[j] = 0;
  for (size_t i = 0; i < rows; i++)
    for (size_t j = 0; j < columns; j++) mean[j] += x[i * columns + j];
  for (size_t j = 0; j < columns; j++) mean[j] *= share;
  for (size_t i = 0; i < rows; i++)
    for (size_t j = 0; j < columns; j++) {
      float d = x[i * columns + j] - mean[j];
      inverse[j] += d * d;
    }
  float unbiased = rows > 1 ? 1.0f / (float)(rows - 1) : 0;
  for (size_t j = 0; j < columns; j++) {
    running_mean[j] += momentum * (mean[j] - running_mean[j]);
    running_variance[j] += momentum * (inverse[j] * unbiased - running_variance[j]);
    inverse[j] = 1.0f / __builtin_elementwise_sqrt(inverse[j] * share + epsilon);
  }
  for (size_t i = 0; i < rows; i++)
    for (size_t j = 0; j < columns; j++)
      y[i * columns + j] = (x[i * columns + j] - mean[j]) * inverse[j] * scale[j] + offset[j];
}

ATTAR_DISPATCH void attar_batch_norm_fixed(
    const float *restrict x, const float *restrict scale, const float *restrict offset,
    const float *restrict running_mean, const float *restrict running_variance, float *restrict y, size_t rows,
    size_t columns, float epsilon) {
  for (size_t i = 0; i < rows; i++)
    for (size_t j = 0; j < columns; j++)
      y[i * columns + j] = (x[i * columns + j] - running_mean[j]) /
              __builtin_elementwise_sqrt(running_variance[j] + epsilon) * scale[j] +
          offset[j];
}

ATTAR_DISPATCH void attar_batch_norm_gradient(
    const float *restrict x, const float *restrict scale, const float *restrict mean, const float *restrict inverse,
    const float *restrict dy, float *restrict dx, float *restrict dscale, float *restrict doffset, size_t rows,
    size_t columns) {
  for (size_t j = 0; j < columns; j++) dscale[j] = doffset[j] = 0;
  for (size_t i = 0; i < rows; i++)
    for (size_t j = 0; j < columns; j++) {
      float g = dy[i * columns + j];
      dscale[j] += g * (x[i * columns + j] - mean[j]) * inverse[j];
      doffset[j] += g;
    }
  if (dx == NULL) return;
  float share = 1.0f / (float)rows;
  for (size_t i = 0; i < rows; i++)
    for (size_t j = 0; j < columns; j++) {
      float normalised = (x[i * columns + j] - mean[j]) * inverse[j];
      dx[i * columns + j] =
          scale[j] * inverse[j] * (dy[i * columns + j] - share * (doffset[j] + normalised * dscale[j]));
    }
}

ATTAR_DISPATCH void attar_layer_norm(
    const float *restrict x, const float *restrict scale, const float *restrict offset, float *restrict mean,
    float *restrict inverse, float *restrict y, size_t rows, size_t columns, float epsilon) {
#pragma clang fp reassociate(on) contract(fast)
  float share = 1.0f / (float)columns;
  for (size_t i = 0; i < rows; i++) {
    const float *in = x + i * columns;
    float sum = 0, squares = 0;
    for (size_t j = 0; j < columns; j++) sum += in[j];
    float centre = sum * share;
    for (size_t j = 0; j < columns; j++) squares += (in[j] - centre) * (in[j] - centre);
    float factor = 1.0f / __builtin_elementwise_sqrt(squares * share + epsilon);
    for (size_t j = 0; j < columns; j++) y[i * columns + j] = (in[j] - centre) * factor * scale[j] + offset[j];
    mean[i] = centre;
    inverse[i] = factor;
  }
}

ATTAR_DISPATCH void attar_layer_norm_gradient(
    const float *restrict x, const float *restrict scale, const float *restrict mean, const float *restrict inverse,
    const float *restrict dy, float *restrict dx, float *restrict dscale, float *restrict doffset, size_t rows,
    size_t columns) {
#pragma clang fp reassociate(on) contract(fast)
  float share = 1.0f / (float)columns;
  for (size_t j = 0; j < columns; j++) dscale[j] = doffset[j] = 0;
  for (size_t i = 0; i < rows; i++) {
    const float *in = x + i * columns, *g = dy + i * columns;
    float sum = 0, dot = 0;
    for (size_t j = 0; j < columns; j++) {
      float normalised = (in[j] - mean[i]) * inverse[i];
      dscale[j] += g[j] * normalised;
      doffset[j] += g[j];
      sum += g[j] * scale[j];
      dot += g[j] * scale[j] * normalised;
    }
    if (dx == NULL) continue;
    for (size_t j = 0; j < columns; j++) {
      float normalised = (in[j] - mean[i]) * inverse[i];
      dx[i * columns + j] = inverse[i] * (g[j] * scale[j] - share * (sum + normalised * dot));
    }
  }
}
