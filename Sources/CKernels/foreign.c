#include "attar_foreign.h"

#include <string.h>

#include "dispatch.h"

void attar_place_column(
    const float *restrict values, size_t first, size_t last, float *restrict into, size_t stride, size_t offset) {
  float *restrict to = into + offset;
  for (size_t row = first; row < last; row++, to += stride) *to = values[row];
}

ATTAR_DISPATCH void attar_widen_bytes(
    const uint8_t *restrict values, size_t start, size_t count, float *restrict into) {
  for (size_t i = 0; i < count; i++) into[i] = values[start + i];
}

// Numbers from low up to, and without, high that are whole. A number that is missing compares with nothing.
#define ENCODE_WHOLE(TYPE, LOW, HIGH)                                        \
  for (size_t i = 0; i < count; i++) {                                       \
    float value = values[i];                                                 \
    if (!(value >= (LOW) && value < (HIGH) && value == (float)(int64_t)value)) return i; \
    ((TYPE *)into)[i] = (TYPE)value;                                         \
  }                                                                          \
  break

size_t attar_encode_floats(
    const float *restrict values, size_t count, attar_foreign_format format, void *restrict into) {
  switch (format) {
    case ATTAR_AS_DOUBLE:
      for (size_t i = 0; i < count; i++) ((double *)into)[i] = values[i];
      break;
    case ATTAR_AS_HALF:
      for (size_t i = 0; i < count; i++) ((_Float16 *)into)[i] = (_Float16)values[i];
      break;
    case ATTAR_AS_INT8: ENCODE_WHOLE(int8_t, -128.f, 128.f);
    case ATTAR_AS_INT32: ENCODE_WHOLE(int32_t, -0x1p31f, 0x1p31f);
    case ATTAR_AS_INT64: ENCODE_WHOLE(int64_t, -0x1p63f, 0x1p63f);
    case ATTAR_AS_UINT8: ENCODE_WHOLE(uint8_t, 0.f, 256.f);
    case ATTAR_AS_BOOL: ENCODE_WHOLE(uint8_t, 0.f, 2.f);
  }
  return count;
}

// The mean is a sum in the order of the tokens, then one division: the same bits as numpy's sum over that axis.
ATTAR_DISPATCH void attar_mean_of_tokens(
    const float *restrict hidden, const uint8_t *restrict mask, size_t rows, size_t tokens, size_t width,
    float *restrict pooled) {
  for (size_t row = 0; row < rows; row++) {
    const uint8_t *restrict counts = mask + row * tokens;
    float *restrict to = pooled + row * width;
    memset(to, 0, width * sizeof *to);
    size_t number = 0;
    for (size_t token = 0; token < tokens; token++) {
      if (counts[token] == 0) continue;
      const float *restrict from = hidden + (row * tokens + token) * width;
      for (size_t i = 0; i < width; i++) to[i] += from[i];
      number++;
    }
    if (number > 0)
      for (size_t i = 0; i < width; i++) to[i] /= (float)number;
  }
}
