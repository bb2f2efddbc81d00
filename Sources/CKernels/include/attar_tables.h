// Tables of text and of numbers.
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// MARK: - Text (csv.c, decimal.c)

// One field: where it starts, and its length without quotes and surrounding blanks.
typedef struct {
  uint32_t start;
  uint32_t length : 31;
  uint32_t doubled : 1;  // holds doubled quotes, which stand for one each
} attar_field;

// Why cutting stopped.
typedef enum {
  ATTAR_CUT_MORE,    // at the end of the bytes; what follows the last whole record was left
  ATTAR_CUT_FULL,    // no room for a further record
  ATTAR_CUT_RAGGED,  // a record has another number of fields: `found`
  ATTAR_CUT_QUOTE,   // text stands after a closing quote
  ATTAR_CUT_OPEN,    // the last quote is never closed
} attar_cut_status;

typedef struct {
  attar_cut_status status;
  size_t rows;      // whole records cut
  size_t consumed;  // position after the last of them
  size_t found;     // fields of the record that stopped the cutting, or of the header
  size_t offset;    // position at which that record starts
} attar_cut;

// Cuts bytes[first..<last] into records of `columns` fields each (RFC 4180; LF or CRLF; blank lines are skipped).
// With columns = 0 cuts a single record of any number of fields, which `found` tells: the header.
// `complete` says that no bytes follow. `fields` has room for `capacity` fields. last is below 2^31.
attar_cut attar_cut_records(
    const uint8_t *bytes, size_t first, size_t last, uint8_t delimiter, bool complete, size_t columns,
    attar_field *fields, size_t capacity);

// How often a byte occurs in bytes[first..<last].
size_t attar_count_byte(const uint8_t *bytes, size_t first, size_t last, uint8_t byte);

// What a text is, read as a number.
typedef enum {
  ATTAR_NUMBER,
  ATTAR_MISSING,   // empty, NA, N/A, n/a, #N/A, <NA>, NaN, nan, null, NULL, None or ?
  ATTAR_TEXT,      // none of the others
  ATTAR_INFINITE,  // an infinity, or beyond the range of a float
  ATTAR_PADDED,    // a number with leading zeros, such as 007, which may be a code
} attar_text_kind;

// Reads bytes[start..<start + length] as a decimal number, rounded correctly. `value` is NaN where missing, infinite
// where infinite and untouched for other text. `rounded` becomes true where a whole number above 2^24 lost digits.
attar_text_kind attar_parse_number(const uint8_t *bytes, size_t start, size_t length, float *value, bool *rounded);

// Reads bytes[start..<start + length] as a whole number of 64 bits, with a fraction of noughts at most. False where it is none, or beyond ±(2^63 − 1).
bool attar_parse_whole(const uint8_t *bytes, size_t start, size_t length, int64_t *value);

// Reads column `column` of records first..<rows into values[first..<rows], up to the first field that is neither number
// nor missing (nor padded, where `padded` allows those), and returns its row, or `rows`. `point`, a point or a comma, stands before fractions.
size_t attar_parse_column(
    const uint8_t *bytes, const attar_field *fields, size_t columns, size_t column, size_t first, size_t rows,
    uint8_t point, bool padded, float *values, attar_text_kind *kind, bool *rounded);

// MARK: - Numbers (table.c)

// How numbers are stored in a file.
typedef enum {
  ATTAR_FLOAT32, ATTAR_FLOAT64, ATTAR_FLOAT16, ATTAR_INT8, ATTAR_INT16, ATTAR_INT32, ATTAR_INT64, ATTAR_UINT8,
  ATTAR_UINT16, ATTAR_UINT32, ATTAR_UINT64,
} attar_number_format;

// Converts `count` numbers at `bytes` to floats. `swapped` says that their bytes stand in the other order than here.
// Doubles beyond the range of a float become infinite. Returns whether a whole number lost digits.
bool attar_decode_numbers(
    const uint8_t *bytes, size_t count, attar_number_format format, bool swapped, float *values);

// features[r·width + offset] = (values[start + r·stride] − mean) / deviation for rows first..<last, kept within ±limit;
// 0 where values is NaN. With `indicator`, the next feature is 1 there, else 0.
void attar_standardize(
    const float *values, size_t start, size_t stride, size_t first, size_t last, float mean, float deviation,
    float limit, bool indicator, float *features, size_t width, size_t offset);

// The first of values[0..<count] that is infinite, or `count`.
size_t attar_first_infinite(const float *values, size_t count);
