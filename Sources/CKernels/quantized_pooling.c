// Pooling in bytes.
#include "attar_quantization.h"

#include <string.h>

#include "dispatch.h"
#include "pooling_windows.h"
#include "quantized_rounding.h"
// A product and a sum in one rounding would differ between processors.
#pragma clang fp contract(off)

typedef uint8_t bytes32 __attribute__((ext_vector_type(32), aligned(1)));

// The largest of `rows` rows of `columns` pixels, one channel after the other, vectors of them while there are enough.
ATTAR_INLINE void largest(
    const uint8_t *from, size_t rows, size_t columns, size_t row_step, size_t step, uint8_t *to, size_t channels) {
  size_t k = 0;
  for (; k + 32 <= channels; k += 32) {
    bytes32 best = 0;
    for (size_t a = 0; a < rows; a++)
      for (size_t b = 0; b < columns; b++)
        best = __builtin_elementwise_max(best, *(const bytes32 *)(from + a * row_step + b * step + k));
    *(bytes32 *)(to + k) = best;
  }
  if (k == channels) return;
  memset(to + k, 0, channels - k);
  for (size_t a = 0; a < rows; a++)
    for (size_t b = 0; b < columns; b++) {
      const uint8_t *x = from + a * row_step + b * step;
      for (size_t rest = k; rest < channels; rest++) to[rest] = x[rest] > to[rest] ? x[rest] : to[rest];
    }
}

// The part of a window that lies inside of the picture along one dimension.
ATTAR_INLINE size_t inside(size_t place, size_t stride, size_t before, size_t window, size_t size, size_t *first) {
  size_t from = place * stride, end = from + window;
  size_t last = end < before + size ? end - before : size;
  *first = from > before ? from - before : 0;
  return last - *first;
}

ATTAR_DISPATCH void attar_max_pool_bytes(const attar_pool *p, const uint8_t *restrict x, uint8_t *restrict y) {
  size_t row = p->width * p->channels;
  EACH_RESULT(i, j) {
    size_t top, left;
    size_t rows = inside(i, p->stride_y, p->top, p->window_height, p->height, &top);
    size_t columns = inside(j, p->stride_x, p->left, p->window_width, p->width, &left);
    largest(x + top * row + left * p->channels, rows, columns, row, p->channels, y + RESULT(i, j), p->channels);
  }
}

enum { CHUNK = 256 };  // channels that are summed at a time

ATTAR_DISPATCH void attar_average_pool_bytes(
    const attar_pool *p, const uint8_t *restrict x, uint8_t *restrict y, int32_t zero, float ratio, float offset) {
  int32_t sums[CHUNK];
  EACH_RESULT(i, j)
  for (size_t first = 0; first < p->channels; first += CHUNK) {
    size_t count = p->channels - first < CHUNK ? p->channels - first : CHUNK;
    int32_t inside = 0;
    memset(sums, 0, sizeof sums);
    EACH_PIXEL(a, b, i, j) {
      const uint8_t *restrict from = x + PIXEL(a, b, i, j) + first;
      inside++;
      for (size_t k = 0; k < count; k++) sums[k] += from[k];
    }
    float factor = ratio / (float)inside;
    uint8_t *restrict to = y + RESULT(i, j) + first;
    for (size_t k = 0; k < count; k++) to[k] = attar_byte_of((float)(sums[k] - inside * zero) * factor + offset, 0);
  }
}
