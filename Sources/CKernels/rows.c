// Kernels that know where a row begins: gathering, sums down the columns, softmax.
#include "attar_elements.h"

#include "dispatch.h"
#include "vector_math.h"
#pragma clang fp contract(fast)

void attar_gather_rows(
    const float *restrict x, const int32_t *restrict indices, float *restrict y, size_t rows, size_t columns) {
  for (size_t row = 0; row < rows; row++)
    memcpy(y + row * columns, x + (size_t)indices[row] * columns, columns * sizeof(float));
}

ATTAR_DISPATCH void attar_column_sums(
    const float *restrict x, float *restrict sums, size_t rows, size_t columns) {
  // A block of columns stays in registers while all rows go by.
  size_t j = 0;
  for (; j + 64 <= columns; j += 64) {
    float block[64] = {0};
    for (size_t i = 0; i < rows; i++)
      for (size_t k = 0; k < 64; k++) block[k] += x[i * columns + j + k];
    memcpy(sums + j, block, sizeof block);
  }
  for (; j + 32 <= columns; j += 32) {
    float block[32] = {0};
    for (size_t i = 0; i < rows; i++)
      for (size_t k = 0; k < 32; k++) block[k] += x[i * columns + j + k];
    memcpy(sums + j, block, sizeof block);
  }
  if (j == columns) return;
  for (size_t k = j; k < columns; k++) sums[k] = 0;
  for (size_t i = 0; i < rows; i++)
    for (size_t k = j; k < columns; k++) sums[k] += x[i * columns + k];
}

ATTAR_DISPATCH void attar_softmax(const float *x, float *y, size_t rows, size_t columns) {
  // The largest of each row is taken off first, so that no exponential overflows.
  for (size_t row = 0; row < rows; row++) {
    const float *in = x + row * columns;
    float *out = y + row * columns;
    float largest = in[0];
    for (size_t j = 1; j < columns; j++) largest = in[j] > largest ? in[j] : largest;
    for (size_t j = 0; j < columns; j++) out[j] = in[j] - largest;
  }
  // One loop over all rows: with few classes a row would not fill a vector.
  for (size_t i = 0; i < rows * columns; i++) y[i] = attar_exp(y[i]);
  for (size_t row = 0; row < rows; row++) {
    float *out = y + row * columns;
    float sum = 0;
    for (size_t j = 0; j < columns; j++) sum += out[j];
    float inverse = 1.0f / sum;
    for (size_t j = 0; j < columns; j++) out[j] *= inverse;
  }
}

ATTAR_DISPATCH void attar_softmax_gradient(
    const float *restrict y, const float *restrict dy, float *restrict dx, size_t rows, size_t columns) {
  for (size_t row = 0; row < rows; row++) {
    size_t start = row * columns;
    float dot = 0;
    for (size_t j = start; j < start + columns; j++) dot += dy[j] * y[j];
    for (size_t j = start; j < start + columns; j++) dx[j] = y[j] * (dy[j] - dot);
  }
}
