#include "attar_channels.h"

#include <string.h>

#include "dispatch.h"
#pragma clang fp contract(fast)

ATTAR_DISPATCH void attar_multiply_channels(
    const float *restrict x, const float *restrict factors, float *restrict y, size_t positions, size_t channels) {
  for (size_t i = 0; i < positions; i++)
    for (size_t k = 0; k < channels; k++) y[i * channels + k] = x[i * channels + k] * factors[k];
}

ATTAR_DISPATCH void attar_channel_products(
    const float *restrict a, const float *restrict b, float *restrict sums, size_t positions, size_t channels) {
  memset(sums, 0, channels * sizeof *sums);
  for (size_t i = 0; i < positions; i++)
    for (size_t k = 0; k < channels; k++) sums[k] += a[i * channels + k] * b[i * channels + k];
}
