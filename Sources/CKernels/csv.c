// Cuts delimited text into fields, 64 bytes at a time.
#include "attar_tables.h"

#include <string.h>

#include "dispatch.h"

typedef uint8_t bytes64 __attribute__((ext_vector_type(64)));
typedef bool bits64 __attribute__((ext_vector_type(64)));

// One bit for each of 64 bytes: is it one of the three that end or quote fields?
ATTAR_INLINE uint64_t special_bits(const uint8_t *bytes, uint8_t delimiter) {
  bytes64 block;
  memcpy(&block, bytes, 64);
  bits64 bits = __builtin_convertvector((block == delimiter) | (block == '\n') | (block == '"'), bits64);
  uint64_t mask;
  memcpy(&mask, &bits, 8);
  return mask;
}

// Where the cutter stands.
typedef struct {
  const uint8_t *bytes;
  uint8_t delimiter;
  size_t columns;
  attar_field *fields;
  size_t capacity;
  size_t record;     // start of the current record
  size_t field;      // start of the current field
  size_t count;      // fields of the current record before the current one
  size_t open;       // position of the opening quote, if `quoted`
  size_t close;      // position of the closing quote, if `quoted` and no longer `inside`
  bool quoted, inside, doubled;
  attar_cut result;
} cutter;

ATTAR_INLINE bool is_blank(uint8_t byte, uint8_t delimiter) {
  return byte == ' ' || (byte == '\t' && delimiter != '\t');
}

// Ends the current field before position `end`, and the record if `newline`. False where cutting has to stop.
ATTAR_INLINE bool end_field(cutter *at, size_t end, bool newline) {
  const uint8_t *bytes = at->bytes;
  size_t next = end + 1;
  if (newline && end > at->field && bytes[end - 1] == '\r') end--;
  size_t start = at->field;
  if (at->quoted) {
    start = at->open + 1;
    for (size_t i = at->close + 1; i < end; i++) {
      if (!is_blank(bytes[i], at->delimiter)) {
        at->result.status = ATTAR_CUT_QUOTE;
        at->result.offset = at->record;
        return false;
      }
    }
    end = at->close;
  } else {
    while (start < end && is_blank(bytes[start], at->delimiter)) start++;
    while (end > start && is_blank(bytes[end - 1], at->delimiter)) end--;
  }
  bool blank_line = newline && at->count == 0 && !at->quoted && start == end;
  if (!blank_line) {
    size_t width = at->columns == 0 ? at->capacity : at->columns;
    if (at->count < width) {
      at->fields[at->result.rows * at->columns + at->count] =
          (attar_field){(uint32_t)start, (uint32_t)(end - start), at->doubled};
    }
    at->count++;
  }
  at->quoted = at->doubled = false;
  at->field = next;
  if (!newline) return true;
  if (!blank_line) {
    at->result.found = at->count;
    if (at->columns != 0 && at->count != at->columns) {
      at->result.status = ATTAR_CUT_RAGGED;
      at->result.offset = at->record;
      return false;
    }
    at->result.rows++;
  }
  at->record = next;
  at->result.consumed = next;
  at->count = 0;
  if (at->columns == 0) return at->result.rows == 0;
  if ((at->result.rows + 1) * at->columns > at->capacity) {
    at->result.status = ATTAR_CUT_FULL;
    return false;
  }
  return true;
}

ATTAR_DISPATCH
attar_cut attar_cut_records(
    const uint8_t *bytes, size_t first, size_t last, uint8_t delimiter, bool complete, size_t columns,
    attar_field *fields, size_t capacity) {
  cutter at = {
      .bytes = bytes, .delimiter = delimiter, .columns = columns, .fields = fields, .capacity = capacity,
      .record = first, .field = first, .result = {.status = ATTAR_CUT_MORE, .consumed = first, .offset = first}};
  size_t skip = first;  // bytes before this position are dealt with
  for (size_t block = first; block < last; block += 64) {
    uint64_t specials;
    if (last - block >= 64) {
      specials = special_bits(bytes + block, delimiter);
    } else {
      uint8_t padded[64] = {0};
      memcpy(padded, bytes + block, last - block);
      // The padding may look like a delimiter only if the delimiter is NUL, which no caller passes.
      specials = special_bits(padded, delimiter);
    }
    while (specials != 0) {
      size_t position = block + (size_t)__builtin_ctzll(specials);
      specials &= specials - 1;
      if (position < skip) continue;
      uint8_t byte = bytes[position];
      if (at.inside) {
        if (byte != '"') continue;
        if (position + 1 == last && !complete) return at.result;  // whether it is doubled cannot be seen yet
        if (position + 1 < last && bytes[position + 1] == '"') {
          at.doubled = true;
          skip = position + 2;
        } else {
          at.inside = false;
          at.close = position;
        }
      } else if (byte == '"') {
        if (at.quoted) {
          at.result.status = ATTAR_CUT_QUOTE;
          at.result.offset = at.record;
          return at.result;
        }
        size_t start = at.field;
        while (start < position && is_blank(bytes[start], delimiter)) start++;
        if (start == position) {
          at.quoted = at.inside = true;
          at.open = position;
        }  // elsewhere in a field a quote is text
      } else if (!end_field(&at, position, byte == '\n')) {
        return at.result;
      }
    }
  }
  if (!complete) return at.result;
  if (at.inside) {
    at.result.status = ATTAR_CUT_OPEN;
    at.result.offset = at.record;
  } else if (at.record < last) {
    end_field(&at, last, true);
    if (at.result.consumed > last) at.result.consumed = last;
  }
  return at.result;
}

ATTAR_DISPATCH
size_t attar_count_byte(const uint8_t *bytes, size_t first, size_t last, uint8_t byte) {
  size_t count = 0;
  for (size_t i = first; i < last; i++) count += bytes[i] == byte;
  return count;
}
