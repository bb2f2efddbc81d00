// Columns of numbers in order, and cut into ranges.
#pragma once
#include <stddef.h>
#include <stdint.h>

// The rows of a column by rising value, equal ones (0 and -0, too) in their own order: value i stands at values[i · stride], and none is NaN.
// Room for 2 · count numbers.
void attar_order(const float *values, size_t stride, size_t count, int32_t *order, uint64_t *room);

// Cuts a column into at most `most` ranges, 1 to 256, of about as many rows each: each value its own range where there are no more values. Equal
// values share a range.
//   order  the rows by rising value, as attar_order gives them
//   codes  receives each row's range, from 0, at codes[row · width]
//   lows, highs  receive the least and the largest value of each range, (most)
// Returns the number of ranges.
size_t attar_ranges(
    const float *values, size_t stride, size_t count, const int32_t *order, size_t most, uint8_t *codes, size_t width,
    float *lows, float *highs);
