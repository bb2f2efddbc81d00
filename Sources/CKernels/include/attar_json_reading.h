#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// JSON text (RFC 8259) as a flat list of its values (json_reading.c). Nothing is decoded before it is asked for.

// Values may be inside one another this deeply.
#define ATTAR_JSON_DEPTH 64

typedef enum {
  ATTAR_JSON_NULL,
  ATTAR_JSON_FALSE,
  ATTAR_JSON_TRUE,
  ATTAR_JSON_WHOLE,     // a number without point and exponent, of at most 18 digits
  ATTAR_JSON_DECIMAL,   // any other number
  ATTAR_JSON_PLAIN,     // a text without escapes
  ATTAR_JSON_ESCAPED,   // a text with escapes
  ATTAR_JSON_WHOLES,    // an array of whole numbers alone: one entry for all of them, so that a million take no more room than their text
  ATTAR_JSON_DECIMALS,  // an array of numbers alone
  ATTAR_JSON_ARRAY,     // any other array; its elements follow
  ATTAR_JSON_OBJECT,    // its names and values follow, in turn
} attar_json_kind;

// One value. [start, end) is its text in the bytes: of a text without the quotes, of an array of numbers without the brackets.
typedef struct {
  uint32_t start, end;
  uint32_t extent;  // of an array of numbers their count; of other arrays and objects the entry behind all that is inside
  attar_json_kind kind;
} attar_json_entry;

typedef enum {
  ATTAR_JSON_READ,           // all was read
  ATTAR_JSON_FULL,           // there is no room for more entries; to be called again with more
  ATTAR_JSON_ENDS,           // a value is missing: the text ends
  ATTAR_JSON_NO_VALUE,       // something else stands where a value should
  ATTAR_JSON_NO_NAME,        // something else stands where a name in quotes should
  ATTAR_JSON_NO_COLON,       // a name is not followed by ':'
  ATTAR_JSON_OPEN_ARRAY,     // an element is followed by neither ',' nor ']'
  ATTAR_JSON_OPEN_OBJECT,    // a member is followed by neither ',' nor '}'
  ATTAR_JSON_OPEN_TEXT,      // a text is not closed by a quote
  ATTAR_JSON_CONTROL,        // a text holds a control character
  ATTAR_JSON_NO_ESCAPE,      // a text holds an escape that there is not
  ATTAR_JSON_SURROGATE,      // a text holds half of a surrogate pair
  ATTAR_JSON_NOT_UTF8,       // a text is not UTF-8
  ATTAR_JSON_TWICE,          // an object has a name twice; `position` is where the second one stands
  ATTAR_JSON_DEEP,           // there are more than ATTAR_JSON_DEPTH values inside one another
  ATTAR_JSON_BEHIND,         // something stands behind the value
} attar_json_status;

// How far reading has come. Begins with position and end set, everything else zero.
typedef struct {
  size_t position, end;  // where to read in the bytes; after a fault where it is. end is below 2^32
  size_t count;          // entries written
  bool nonfinite;        // whether NaN, Infinity and -Infinity are numbers, which JSON does not have
  uint32_t state, depth;
  uint32_t open[ATTAR_JSON_DEPTH];  // the entries of arrays and objects that are not closed yet
} attar_json_scan;

// Reads one value, and checks that it is one in every respect: syntax, UTF-8, and that no object has a name twice. Entries are in the order
// of the text, the whole value's first.
attar_json_status attar_json_read(
    attar_json_scan *scan, const uint8_t *bytes, attar_json_entry *entries, size_t capacity);

// Writes a text that was read without its escapes; returns its length, which is at most that of bytes[start..<end].
size_t attar_json_unescape(const uint8_t *bytes, size_t start, size_t end, uint8_t *text);

// The end of the number that begins at `start`, in text that was read.
size_t attar_json_number_end(const uint8_t *bytes, size_t start, size_t end);

// Reads the numbers of an array of numbers alone, as floats rounded correctly, or as whole numbers.
void attar_json_floats(const uint8_t *bytes, size_t start, size_t end, float *values, size_t first);
void attar_json_integers(const uint8_t *bytes, size_t start, size_t end, int64_t *values);
