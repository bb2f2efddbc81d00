// Columns of numbers: decoded from a file's bytes, and standardised into features.
#include "attar_tables.h"

#include <math.h>
#include <string.h>

#include "dispatch.h"

// Decodes an array of one type. A whole number loses digits where converting it to float and back changes it, which only
// types wider than a float's 24 bits can.
#define DECODE(TYPE, SWAP, LOSES)                        \
  for (size_t i = 0; i < count; i++) {                   \
    TYPE number;                                         \
    memcpy(&number, bytes + i * sizeof number, sizeof number); \
    if (swapped) number = SWAP(number);                  \
    values[i] = (float)number;                           \
    lost |= (LOSES) && (double)values[i] != (double)number; \
  }                                                      \
  break

#define SAME(x) (x)

static double swap_double(double number) {
  uint64_t bits;
  memcpy(&bits, &number, 8);
  bits = __builtin_bswap64(bits);
  memcpy(&number, &bits, 8);
  return number;
}

static float swap_float(float number) {
  uint32_t bits;
  memcpy(&bits, &number, 4);
  bits = __builtin_bswap32(bits);
  memcpy(&number, &bits, 4);
  return number;
}

// IEEE 754 half precision, by its bits.
static float half_value(uint16_t bits) {
  int exponent = (bits >> 10) & 31;
  float fraction = (float)(bits & 1023);
  float magnitude = exponent == 0    ? ldexpf(fraction, -24)
                    : exponent == 31 ? (fraction == 0 ? INFINITY : NAN)
                                     : ldexpf(1024 + fraction, exponent - 25);
  return bits & 0x8000 ? -magnitude : magnitude;
}

bool attar_decode_numbers(
    const uint8_t *bytes, size_t count, attar_number_format format, bool swapped, float *values) {
  bool lost = false;
  switch (format) {
    case ATTAR_FLOAT32: DECODE(float, swap_float, false);
    // Of a fraction the last digits are no loss; a whole number that is not the same is another one.
    case ATTAR_FLOAT64: DECODE(double, swap_double, fabs(number) < 0x1p53 && number == trunc(number));
    case ATTAR_FLOAT16:
      for (size_t i = 0; i < count; i++) {
        uint16_t bits;
        memcpy(&bits, bytes + 2 * i, 2);
        values[i] = half_value(swapped ? __builtin_bswap16(bits) : bits);
      }
      break;
    case ATTAR_INT8: DECODE(int8_t, SAME, false);
    case ATTAR_INT16: DECODE(int16_t, (int16_t)__builtin_bswap16, false);
    case ATTAR_INT32: DECODE(int32_t, (int32_t)__builtin_bswap32, true);
    case ATTAR_INT64: DECODE(int64_t, (int64_t)__builtin_bswap64, true);
    case ATTAR_UINT8: DECODE(uint8_t, SAME, false);
    case ATTAR_UINT16: DECODE(uint16_t, __builtin_bswap16, false);
    case ATTAR_UINT32: DECODE(uint32_t, __builtin_bswap32, true);
    case ATTAR_UINT64: DECODE(uint64_t, __builtin_bswap64, true);
  }
  return lost;
}

ATTAR_DISPATCH
void attar_standardize(
    const float *values, size_t start, size_t stride, size_t first, size_t last, float mean, float deviation,
    float limit, bool indicator, float *features, size_t width, size_t offset) {
  for (size_t row = first; row < last; row++) {
    float value = values[start + row * stride];
    bool missing = value != value;
    float feature = (value - mean) / deviation;
    feature = feature > limit ? limit : feature;
    feature = feature < -limit ? -limit : feature;
    float *into = features + row * width + offset;
    into[0] = missing ? 0 : feature;
    if (indicator) into[1] = missing;
  }
}

ATTAR_DISPATCH
size_t attar_first_infinite(const float *values, size_t count) {
  size_t infinite = 0;
  for (size_t i = 0; i < count; i++) infinite += __builtin_fabsf(values[i]) == INFINITY;
  if (infinite == 0) return count;
  size_t i = 0;
  while (__builtin_fabsf(values[i]) != INFINITY) i++;
  return i;
}
