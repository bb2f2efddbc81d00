// Numbers on their way to models that are not Attar's own, and back.
#pragma once
#include <stddef.h>
#include <stdint.h>

// into[(r − first)·stride + offset] = values[r] for rows first..<last: a column of a table becomes one of a block of rows.
void attar_place_column(
    const float *values, size_t first, size_t last, float *into, size_t stride, size_t offset);

// into[i] = values[start + i].
void attar_widen_bytes(const uint8_t *values, size_t start, size_t count, float *into);

// The kinds of number that models take besides floats.
typedef enum {
  ATTAR_AS_DOUBLE, ATTAR_AS_HALF, ATTAR_AS_INT8, ATTAR_AS_INT32, ATTAR_AS_INT64, ATTAR_AS_UINT8, ATTAR_AS_BOOL,
} attar_foreign_format;

// Writes floats as numbers of another kind, up to the first that this kind does not have (one that is missing, not whole or out of
// range), and returns its place, or `count`. Doubles and halves take all.
size_t attar_encode_floats(const float *values, size_t count, attar_foreign_format format, void *into);

// pooled (rows, width): the mean, over the tokens of each row whose mask is not 0, of hidden (rows, tokens, width), summed in the order of the
// tokens. A row without such tokens becomes 0.
void attar_mean_of_tokens(
    const float *hidden, const uint8_t *mask, size_t rows, size_t tokens, size_t width, float *pooled);
