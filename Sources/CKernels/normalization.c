// Batch normalisation (Ioffe and Szegedy 2015) and layer normalisation (Ba, Kiros and Hinton 2016).
#include "attar_normalization.h"

#include "dispatch.h"

// Channels whose sums are kept close by.
enum { MOST_LANES = 64 };
#pragma clang fp contract(fast)

// Rows that stay in the cache while their mean and then their squares are summed.
enum { BLOCK = 64 };

ATTAR_DISPATCH void attar_channel_moments(
    const float *restrict x, size_t rows, size_t channels, float *restrict mean, float *restrict squares) {
  float centre[MOST_LANES], sum[MOST_LANES];
  for (size_t first = 0; first < channels; first += MOST_LANES) {
    size_t lanes = channels - first < MOST_LANES ? channels - first : MOST_LANES;
    for (size_t k = 0; k < lanes; k++) mean[first + k] = squares[first + k] = 0;
    for (size_t start = 0; start < rows; start += BLOCK) {
      size_t count = rows - start < BLOCK ? rows - start : BLOCK;
      const float *block = x + start * channels + first;
      for (size_t k = 0; k < lanes; k++) centre[k] = 0;
      for (size_t i = 0; i < count; i++)
        for (size_t k = 0; k < lanes; k++) centre[k] += block[i * channels + k];
      float share = 1.0f / (float)count;
      for (size_t k = 0; k < lanes; k++) centre[k] *= share, sum[k] = 0;
      for (size_t i = 0; i < count; i++)
        for (size_t k = 0; k < lanes; k++) {
          float d = block[i * channels + k] - centre[k];
          sum[k] += d * d;
        }
      attar_combine_moments(start, mean + first, squares + first, count, centre, sum, lanes);
    }
  }
}

void attar_combine_moments(
    size_t count, float *restrict mean, float *restrict squares, size_t more, const float *restrict more_mean,
    const float *restrict more_squares, size_t channels) {
  float share = (float)more / (float)(count + more), weight = (float)count * share;
  for (size_t k = 0; k < channels; k++) {
    float d = more_mean[k] - mean[k];
    mean[k] += d * share;
    squares[k] += more_squares[k] + d * d * weight;
  }
}

ATTAR_DISPATCH void attar_scale_channels(
    const float *restrict x, const float *restrict factor, const float *restrict offset, bool relu, float *restrict y,
    size_t rows, size_t channels) {
  if (relu)
    for (size_t i = 0; i < rows; i++)
      for (size_t k = 0; k < channels; k++) {
        float v = x[i * channels + k] * factor[k] + offset[k];
        y[i * channels + k] = v > 0 ? v : 0;
      }
  else
    for (size_t i = 0; i < rows; i++)
      for (size_t k = 0; k < channels; k++) y[i * channels + k] = x[i * channels + k] * factor[k] + offset[k];
}

// Whether a result that passed through ReLU is positive is told by x once more, which is read in any case.
ATTAR_DISPATCH void attar_batch_norm_sums(
    const float *restrict x, const float *restrict dy, const float *restrict factor, const float *restrict offset, bool relu,
    const float *restrict mean, const float *restrict inverse, float *restrict dscale, float *restrict doffset, size_t rows,
    size_t channels) {
  for (size_t first = 0; first < channels; first += MOST_LANES) {
    size_t lanes = channels - first < MOST_LANES ? channels - first : MOST_LANES;
    float scales[MOST_LANES] = {0}, offsets[MOST_LANES] = {0};
    for (size_t i = 0; i < rows; i++) {
      size_t at = i * channels + first;
      for (size_t k = 0; k < lanes; k++) {
        float v = x[at + k], g = dy[at + k];
        if (relu) g = v * factor[first + k] + offset[first + k] > 0 ? g : 0;
        scales[k] += g * (v - mean[first + k]);
        offsets[k] += g;
      }
    }
    for (size_t k = 0; k < lanes; k++) {
      dscale[first + k] = scales[k] * inverse[first + k];
      doffset[first + k] = offsets[k];
    }
  }
}

ATTAR_DISPATCH void attar_batch_norm_gradient(
    const float *restrict x, const float *restrict dy, const float *restrict factor, const float *restrict offset, bool relu,
    const float *restrict of_x, const float *restrict constant, float *restrict dx, size_t rows, size_t channels) {
  for (size_t i = 0; i < rows; i++)
    for (size_t k = 0; k < channels; k++) {
      float v = x[i * channels + k], g = dy[i * channels + k];
      if (relu) g = v * factor[k] + offset[k] > 0 ? g : 0;
      dx[i * channels + k] = v * of_x[k] + g * factor[k] + constant[k];
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
