#include "attar_json.h"

#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "dispatch.h"

// Writes a whole number.
ATTAR_INLINE size_t write_whole(uint64_t number, uint8_t *text) {
  uint8_t digits[20];
  size_t count = 0;
  do {
    digits[count++] = (uint8_t)('0' + number % 10);
    number /= 10;
  } while (number > 0);
  for (size_t i = 0; i < count; i++) text[i] = digits[count - 1 - i];
  return count;
}

size_t attar_json_number(float value, uint8_t *text) {
  if (!(value - value == 0)) {
    memcpy(text, "null", 4);
    return 4;
  }
  uint8_t *at = text;
  if (signbit(value)) {
    *at++ = '-';
    value = -value;
  }
  if (value < 0x1p53f && value == (float)(uint64_t)value) return (size_t)(at - text) + write_whole((uint64_t)value, at);
  // A number with few decimals: the quotient of two whole numbers that a double holds is the double nearest to what is written, so what a
  // reader makes of it is this float where the quotient is.
  static const double powers[] = {1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7};
  if (value < 1e7f) {
    for (size_t decimals = 1; decimals <= 7; decimals++) {
      uint64_t scaled = (uint64_t)((double)value * powers[decimals] + 0.5);
      if ((float)((double)scaled / powers[decimals]) != value) continue;
      uint64_t unit = (uint64_t)powers[decimals];
      at += write_whole(scaled / unit, at);
      *at++ = '.';
      uint64_t fraction = scaled % unit;
      for (uint64_t place = unit / 10; place > 0; place /= 10) *at++ = (uint8_t)('0' + fraction / place % 10);
      return (size_t)(at - text);
    }
  }
  char long_text[ATTAR_JSON_NUMBER + 8];
  int length = snprintf(long_text, sizeof long_text, "%.9g", (double)value);
  // The only sign that a locale may change.
  for (int i = 0; i < length; i++) at[i] = long_text[i] == ',' ? '.' : (uint8_t)long_text[i];
  return (size_t)(at - text) + (size_t)length;
}

// One cell; `values` points at its first number.
#define WRITE_CELL(values, write)                                                     \
  do {                                                                                \
    for (size_t i = 0; i < width; i++) {                                              \
      size_t inside = 1, opened = 0;                                                  \
      for (size_t axis = rank; axis > 0; axis--) {                                    \
        inside *= (size_t)shape[axis - 1];                                            \
        if (i % inside != 0) break;                                                   \
        opened++;                                                                     \
      }                                                                               \
      if (i > 0) *at++ = ',';                                                         \
      for (size_t open = 0; open < opened; open++) *at++ = '[';                       \
      at += write((values)[i], at);                                                   \
      inside = 1;                                                                     \
      for (size_t axis = rank; axis > 0; axis--) {                                    \
        inside *= (size_t)shape[axis - 1];                                            \
        if ((i + 1) % inside != 0) break;                                             \
        *at++ = ']';                                                                  \
      }                                                                               \
    }                                                                                 \
  } while (0)

static size_t width_of(const long *shape, size_t rank) {
  size_t width = 1;
  for (size_t axis = 0; axis < rank; axis++) width *= (size_t)shape[axis];
  return width;
}

size_t attar_json_float_cells(
    const float *values, const long *rows, size_t count, const long *shape, size_t rank, uint8_t *cells,
    size_t start, size_t *ends) {
  size_t width = width_of(shape, rank);
  uint8_t *at = cells + start;
  for (size_t row = 0; row < count; row++) {
    WRITE_CELL(values + (size_t)rows[row] * width, attar_json_number);
    ends[row] = (size_t)(at - cells);
  }
  return (size_t)(at - cells) - start;
}

static size_t write_byte(uint8_t value, uint8_t *text) { return write_whole(value, text); }

size_t attar_json_byte_cells(
    const uint8_t *values, const long *rows, size_t count, const long *shape, size_t rank, uint8_t *cells,
    size_t start, size_t *ends) {
  size_t width = width_of(shape, rank);
  uint8_t *at = cells + start;
  for (size_t row = 0; row < count; row++) {
    WRITE_CELL(values + (size_t)rows[row] * width, write_byte);
    ends[row] = (size_t)(at - cells);
  }
  return (size_t)(at - cells) - start;
}

size_t attar_json_rows(
    const uint8_t *cells, const size_t *ends, const uint8_t *keys, const size_t *keyEnds, size_t columns, size_t rows,
    size_t first, uint8_t *text, size_t start) {
  static const char head[] = "{\"id\":", middle[] = ",\"row\":{", tail[] = "}}\n";
  uint8_t *at = text + start;
  for (size_t row = 0; row < rows; row++) {
    memcpy(at, head, sizeof head - 1);
    at += sizeof head - 1;
    at += write_whole(first + row, at);
    memcpy(at, middle, sizeof middle - 1);
    at += sizeof middle - 1;
    size_t key = 0;
    for (size_t column = 0; column < columns; column++) {
      size_t length = keyEnds[column] - key;
      memcpy(at, keys + key, length);
      at += length;
      key = keyEnds[column];
      size_t place = column * rows + row;
      size_t begin = place == 0 ? 0 : ends[place - 1];
      memcpy(at, cells + begin, ends[place] - begin);
      at += ends[place] - begin;
    }
    memcpy(at, tail, sizeof tail - 1);
    at += sizeof tail - 1;
  }
  return (size_t)(at - text) - start;
}
