#pragma once
#include <stddef.h>
#include <stdint.h>

// Rows as JSON (json.c): cells first, column by column, then rows put together from them.

// The most bytes that a number takes, with the comma behind it.
#define ATTAR_JSON_NUMBER 24

// Writes a number as short as gives the same float back where it has few digits, else with nine digits; null where it is not finite. Returns the
// number of bytes, at most ATTAR_JSON_NUMBER.
size_t attar_json_number(float value, uint8_t *text);

// Writes one cell for each of rows[0..<count]: with rank = 0 the number values[row], else values[row·width..<(row + 1)·width] as nested arrays
// of the shape. ends[i] is where cell i ends in `cells`, counted from its start. `cells` has room for
// count · width · (ATTAR_JSON_NUMBER + 2·rank) bytes. Returns the bytes written.
size_t attar_json_float_cells(
    const float *values, const long *rows, size_t count, const long *shape, size_t rank, uint8_t *cells,
    size_t start, size_t *ends);

// The same for bytes.
size_t attar_json_byte_cells(
    const uint8_t *values, const long *rows, size_t count, const long *shape, size_t rank, uint8_t *cells,
    size_t start, size_t *ends);

// Puts rows together: for each of `rows` rows head, its number from `first`, middle, then for each of `columns` columns its key and its cell,
// then tail. Cell (column, row) stands before ends[column·rows + row] in `cells`, behind the cell before it; key i before keyEnds[i].
// Written from text[start]; returns the bytes written. `text` has room for all.
size_t attar_json_rows(
    const uint8_t *cells, const size_t *ends, const uint8_t *keys, const size_t *keyEnds, size_t columns, size_t rows,
    size_t first, uint8_t *text, size_t start);
