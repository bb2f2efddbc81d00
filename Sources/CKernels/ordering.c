// Sorting by digits takes a time that grows with the rows and not with their order.
#include "attar_ordering.h"

#include <string.h>

enum { DIGIT_BITS = 11, DIGITS = 1 << DIGIT_BITS, PASSES = 3 };

// A number whose order as a whole number is that of the float. Adding 0 makes one of -0 and 0.
static inline uint32_t sortable(float value) {
  uint32_t bits;
  value += 0.0f;
  memcpy(&bits, &value, sizeof bits);
  return bits & 0x80000000u ? ~bits : bits | 0x80000000u;
}

void attar_order(const float *values, size_t stride, size_t count, int32_t *order, uint64_t *room) {
  uint64_t *from = room, *to = room + count;
  size_t counts[PASSES][DIGITS];
  memset(counts, 0, sizeof counts);
  for (size_t row = 0; row < count; row++) {
    const uint32_t key = sortable(values[row * stride]);
    from[row] = (uint64_t)key << 32 | (uint32_t)row;
    for (int pass = 0; pass < PASSES; pass++) counts[pass][key >> pass * DIGIT_BITS & (DIGITS - 1)]++;
  }
  for (int pass = 0; pass < PASSES; pass++) {
    const int shift = 32 + pass * DIGIT_BITS;
    // A digit that all rows share moves none of them.
    if (count > 0 && counts[pass][from[0] >> shift & (DIGITS - 1)] == count) continue;
    size_t start = 0;
    for (size_t digit = 0; digit < DIGITS; digit++) {
      const size_t own = counts[pass][digit];
      counts[pass][digit] = start;
      start += own;
    }
    for (size_t i = 0; i < count; i++) to[counts[pass][from[i] >> shift & (DIGITS - 1)]++] = from[i];
    uint64_t *sorted = to;
    to = from;
    from = sorted;
  }
  for (size_t i = 0; i < count; i++) order[i] = (int32_t)(uint32_t)from[i];
}

// The number of rows from `start` on, in order, that share its value.
static size_t run_length(const float *values, size_t stride, size_t count, const int32_t *order, size_t start) {
  const float value = values[(size_t)order[start] * stride];
  size_t end = start + 1;
  while (end < count && values[(size_t)order[end] * stride] == value) end++;
  return end - start;
}

size_t attar_ranges(
    const float *values, size_t stride, size_t count, const int32_t *order, size_t most, uint8_t *codes, size_t width,
    float *lows, float *highs) {
  size_t different = 0;
  for (size_t start = 0; start < count && different <= most; different++) {
    start += run_length(values, stride, count, order, start);
  }
  size_t ranges = 0, held = 0;
  for (size_t start = 0; start < count;) {
    const size_t run = run_length(values, stride, count, order, start);
    if (held > 0 && ranges < most) {
      // What a range should hold, were the rows that are left dealt out evenly; a value of so many rows stands alone.
      const size_t share = (count - start + held) / (most - ranges + 1);
      if (different <= most || held + run / 2 > share || run >= share) held = 0;
    }
    const float value = values[(size_t)order[start] * stride];
    if (held == 0) lows[ranges++] = value;
    highs[ranges - 1] = value;
    for (size_t i = start; i < start + run; i++) codes[(size_t)order[i] * width] = (uint8_t)(ranges - 1);
    held += run;
    start += run;
  }
  return ranges;
}
