// Elements in another order, or some of them.
#pragma once
#include <stddef.h>

// Row i of `into` becomes the first `columns` numbers of row i of `from`; rows lie that many numbers apart.
void attar_copy_columns(
    const float *from, size_t from_stride, float *into, size_t into_stride, size_t rows, size_t columns);

// The lengths of a row of the result, padded to four dimensions with 1 at the end, and for each the distance between neighbours in the
// row that is read.
typedef struct {
  size_t lengths[4], strides[4];
} attar_permutation;

// y[a, b, c, d] = x[a·strides[0] + b·strides[1] + c·strides[2] + d·strides[3]], for each of the rows.
void attar_permute(const attar_permutation *shape, const float *x, float *y, size_t rows);
