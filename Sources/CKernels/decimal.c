// Reads decimal numbers, rounded correctly to a float, without looking at the locale.
#include "attar_tables.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "dispatch.h"

static const double powers[] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,  1e9,  1e10, 1e11,
                                1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};

// The general way, for the few numbers that the fast way cannot decide. `point` stands before the fraction.
static float parse_slowly(const uint8_t *text, size_t length, uint8_t point) {
  char few[128];
  char *copy = length < sizeof few ? few : malloc(length + 1);
  if (copy == NULL) return NAN;
  memcpy(copy, text, length);
  copy[length] = 0;
  if (point != '.') {
    for (size_t i = 0; i < length; i++) {
      if (copy[i] == (char)point) copy[i] = '.';
    }
  }
  float value = strtof(copy, NULL);
  if (copy != few) free(copy);
  return value;
}

// mantissa · 10^exponent where double arithmetic decides it; false where it does not.
//
// The mantissa's conversion and at most three products or quotients by exact powers of ten are off by less than five units
// in a double's last place. So the double rounds to the right float unless it lies that close to the middle between two
// floats, which its low 29 bits tell.
ATTAR_INLINE bool scale(uint64_t mantissa, int exponent, float *value) {
  if (mantissa == 0) {
    *value = 0;
    return true;
  }
  if (exponent == 0 && mantissa < (1ull << 53)) {
    *value = (float)mantissa;
    return true;
  }
  if (exponent < -66 || exponent > 66) return false;
  double number = (double)mantissa;
  int left = exponent < 0 ? -exponent : exponent;
  while (left > 0) {
    int step = left > 22 ? 22 : left;
    number = exponent < 0 ? number / powers[step] : number * powers[step];
    left -= step;
  }
  uint64_t bits;
  memcpy(&bits, &number, 8);
  int64_t fromMiddle = (int64_t)(bits & ((1u << 29) - 1)) - (1 << 28);
  if ((fromMiddle > -16 && fromMiddle < 16) || number < 0x1p-125 || number > 0x1p127) return false;
  *value = (float)number;
  return true;
}

static bool equals(const uint8_t *text, size_t length, const char *word) {
  return strlen(word) == length && memcmp(text, word, length) == 0;
}

static bool equals_any_case(const uint8_t *text, size_t length, const char *word) {
  if (strlen(word) != length) return false;
  for (size_t i = 0; i < length; i++) {
    if ((text[i] | 0x20) != (uint8_t)word[i]) return false;
  }
  return true;
}

// What a text that is no number is.
static attar_text_kind word_kind(const uint8_t *text, size_t length, float *value) {
  static const char *missing[] = {"NA", "NaN", "nan", "N/A", "n/a", "null", "NULL", "None", "?", "#N/A", "<NA>"};
  if (length > 9) return ATTAR_TEXT;
  for (size_t i = 0; i < sizeof missing / sizeof *missing; i++) {
    if (equals(text, length, missing[i])) {
      *value = NAN;
      return ATTAR_MISSING;
    }
  }
  bool negative = length > 0 && text[0] == '-';
  if (negative || (length > 0 && text[0] == '+')) text++, length--;
  if (equals_any_case(text, length, "inf") || equals_any_case(text, length, "infinity")) {
    *value = negative ? -INFINITY : INFINITY;
    return ATTAR_INFINITE;
  }
  return ATTAR_TEXT;
}

ATTAR_INLINE attar_text_kind parse(
    const uint8_t *text, size_t length, uint8_t point, float *value, bool *rounded) {
  if (length == 0) {
    *value = NAN;
    return ATTAR_MISSING;
  }
  const uint8_t *p = text, *end = text + length;
  bool negative = *p == '-';
  if (negative || *p == '+') p++;
  uint64_t mantissa = 0;  // the first 19 significant digits
  int exponent = 0, significant = 0;
  const uint8_t *whole = p;
  for (; p < end; p++) {
    unsigned digit = (unsigned)*p - '0';
    if (digit > 9) break;
    if (significant < 19) {
      mantissa = mantissa * 10 + digit;
      significant += mantissa != 0;
    } else if (exponent < 100000) {
      exponent++;
    }
  }
  size_t digits = (size_t)(p - whole);
  bool padded = digits > 1 && *whole == '0';
  bool is_whole = true;
  if (p < end && *p == point) {
    is_whole = false;
    p++;
    const uint8_t *fraction = p;
    for (; p < end; p++) {
      unsigned digit = (unsigned)*p - '0';
      if (digit > 9) break;
      if (significant < 19 && exponent > -100000) {
        mantissa = mantissa * 10 + digit;
        significant += mantissa != 0;
        exponent--;
      }
    }
    digits += (size_t)(p - fraction);
  }
  if (digits == 0) return word_kind(text, length, value);
  if (p < end && (*p | 0x20) == 'e') {
    is_whole = false;
    p++;
    bool below = p < end && *p == '-';
    if (p < end && (*p == '-' || *p == '+')) p++;
    if (p == end) return ATTAR_TEXT;
    int written = 0;
    for (; p < end; p++) {
      unsigned digit = (unsigned)*p - '0';
      if (digit > 9) break;
      if (written < 100000) written = written * 10 + (int)digit;
    }
    if (p == end && ((unsigned)p[-1] - '0') > 9) return ATTAR_TEXT;
    exponent += below ? -written : written;
  }
  if (p != end) return word_kind(text, length, value);
  float number;
  if (!scale(mantissa, exponent, &number)) {
    number = parse_slowly(text, length, point);
    if (number < 0) number = -number;
  }
  *value = negative ? -number : number;
  if (number == INFINITY) return ATTAR_INFINITE;
  // A whole number of up to 19 digits is exact in the mantissa; above 2^24 only some of them are floats.
  if (is_whole && mantissa > (1u << 24) && (number >= 0x1p64f || exponent > 0 || (uint64_t)number != mantissa)) {
    *rounded = true;
  }
  return padded ? ATTAR_PADDED : ATTAR_NUMBER;
}

attar_text_kind attar_parse_number(const uint8_t *bytes, size_t start, size_t length, float *value, bool *rounded) {
  return parse(bytes + start, length, '.', value, rounded);
}

// Rows first..<rows of a column; `point` is a constant where it is called, so that each kind of fraction has a loop of its own.
ATTAR_INLINE size_t parse_rows(
    const uint8_t *bytes, const attar_field *fields, size_t columns, size_t column, size_t first, size_t rows,
    uint8_t point, bool padded, float *values, attar_text_kind *kind, bool *rounded) {
  for (size_t row = first; row < rows; row++) {
    attar_field field = fields[row * columns + column];
    *kind = parse(bytes + field.start, field.length, point, &values[row], rounded);
    if (*kind > ATTAR_MISSING && !(*kind == ATTAR_PADDED && padded)) return row;
  }
  *kind = ATTAR_NUMBER;
  return rows;
}

bool attar_parse_whole(const uint8_t *bytes, size_t start, size_t length, int64_t *value) {
  const uint8_t *p = bytes + start, *end = p + length;
  bool negative = length > 0 && *p == '-';
  if (negative || (length > 0 && *p == '+')) p++;
  const uint8_t *first = p;
  uint64_t number = 0;
  for (; p < end && (unsigned)*p - '0' <= 9; p++) {
    unsigned digit = (unsigned)*p - '0';
    if (number > (INT64_MAX - digit) / 10) return false;
    number = number * 10 + digit;
  }
  if (p == first) return false;
  if (p < end && *p == '.') {
    for (p++; p < end && *p == '0'; p++) {}
  }
  if (p != end) return false;
  *value = negative ? -(int64_t)number : (int64_t)number;
  return true;
}

size_t attar_parse_column(
    const uint8_t *bytes, const attar_field *fields, size_t columns, size_t column, size_t first, size_t rows,
    uint8_t point, bool padded, float *values, attar_text_kind *kind, bool *rounded) {
  return point == '.'
             ? parse_rows(bytes, fields, columns, column, first, rows, '.', padded, values, kind, rounded)
             : parse_rows(bytes, fields, columns, column, first, rows, ',', padded, values, kind, rounded);
}
