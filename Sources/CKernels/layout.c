#include "attar_layout.h"

#include <string.h>

#include "dispatch.h"

void attar_copy_columns(
    const float *restrict from, size_t from_stride, float *restrict into, size_t into_stride, size_t rows,
    size_t columns) {
  for (size_t row = 0; row < rows; row++)
    memcpy(into + row * into_stride, from + row * from_stride, columns * sizeof *into);
}

// y (height, width) from x, whose columns lie one beside the other and whose rows `stride` apart: a transposed matrix. In squares, so that
// each line of memory that is read stays in the cache until it is used up.
ATTAR_INLINE void transposed(const float *restrict x, float *restrict y, size_t height, size_t width, size_t stride) {
  enum { side = 16 };
  for (size_t top = 0; top < height; top += side)
    for (size_t left = 0; left < width; left += side) {
      size_t bottom = top + side < height ? top + side : height;
      size_t right = left + side < width ? left + side : width;
      for (size_t i = top; i < bottom; i++)
        for (size_t j = left; j < right; j++) y[i * width + j] = x[j * stride + i];
    }
}

ATTAR_DISPATCH void attar_permute(
    const attar_permutation *shape, const float *restrict x, float *restrict y, size_t rows) {
  // Dimensions of length 1 go, so that the last two are those over which the elements lie.
  size_t lengths[4] = {1, 1, 1, 1}, strides[4] = {0, 0, 0, 0}, place = 4;
  for (size_t k = 4; k-- > 0;)
    if (shape->lengths[k] != 1) {
      place--;
      lengths[place] = shape->lengths[k];
      strides[place] = shape->strides[k];
    }
  size_t count = lengths[0] * lengths[1] * lengths[2] * lengths[3];
  for (size_t row = 0; row < rows; row++, x += count, y += count) {
    float *restrict to = y;
    for (size_t a = 0; a < lengths[0]; a++)
      for (size_t b = 0; b < lengths[1]; b++, to += lengths[2] * lengths[3]) {
        const float *restrict from = x + a * strides[0] + b * strides[1];
        if (strides[2] == 1) {
          transposed(from, to, lengths[2], lengths[3], strides[3]);
          continue;
        }
        for (size_t c = 0; c < lengths[2]; c++) {
          const float *restrict line = from + c * strides[2];
          float *restrict own = to + c * lengths[3];
          if (strides[3] == 1)
            memcpy(own, line, lengths[3] * sizeof *own);
          else
            for (size_t d = 0; d < lengths[3]; d++) own[d] = line[d * strides[3]];
        }
      }
  }
}
