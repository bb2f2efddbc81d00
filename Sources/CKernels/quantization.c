// Numbers into bytes and back, their sum, and what ranges of numbers are.
#include "attar_quantization.h"

#include "dispatch.h"
#include "quantized_rounding.h"
// A product and a sum in one rounding would differ between processors.
#pragma clang fp contract(off)

ATTAR_DISPATCH void attar_to_bytes(const float *restrict x, uint8_t *restrict q, size_t count, float scale, float zero) {
  float factor = 1 / scale;
  for (size_t i = 0; i < count; i++) q[i] = attar_byte_of(x[i] * factor + zero, 0);
}

ATTAR_DISPATCH void attar_from_bytes(const uint8_t *restrict q, float *restrict x, size_t count, float scale, float zero) {
  for (size_t i = 0; i < count; i++) x[i] = scale * ((float)q[i] - zero);
}

ATTAR_DISPATCH void attar_add_bytes(
    const uint8_t *restrict a, const uint8_t *restrict b, uint8_t *restrict y, size_t count, float factor_a, float factor_b,
    float offset, float low) {
  for (size_t i = 0; i < count; i++) y[i] = attar_byte_of((float)a[i] * factor_a + (float)b[i] * factor_b + offset, low);
}

// MARK: - Calibration

void attar_widen_range(const float *x, size_t count, float *low, float *high) {
  float least = *low, most = *high;
  for (size_t i = 0; i < count; i++) {
    least = x[i] < least ? x[i] : least;
    most = x[i] > most ? x[i] : most;
  }
  *low = least;
  *high = most;
}

void attar_count_into_bins(const float *x, size_t count, float low, float high, int64_t *counts, size_t bins) {
  double factor = (double)bins / ((double)high - (double)low);
  for (size_t i = 0; i < count; i++) {
    if (x[i] == 0 || !(x[i] >= low && x[i] <= high)) continue;
    size_t bin = (size_t)(((double)x[i] - (double)low) * factor);
    counts[bin < bins ? bin : bins - 1]++;
  }
}
