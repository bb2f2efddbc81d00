#pragma once
#include "attar_json_reading.h"
#include "dispatch.h"

typedef const uint8_t *bytes_at;

ATTAR_INLINE bool is_digit(uint8_t byte) { return (uint8_t)(byte - '0') < 10; }

// The entry behind a value and all that is inside it.
ATTAR_INLINE uint32_t behind(const attar_json_entry *entries, uint32_t index) {
  return entries[index].kind >= ATTAR_JSON_ARRAY ? entries[index].extent : index + 1;
}

// Moves from behind the quote that opens a text to the one that closes it, or to the fault. The kind tells whether it has escapes.
attar_json_status attar_json_text(bytes_at *from, bytes_at end, attar_json_kind *kind);

// The second of two equal names in entries[first..<last], which are names and values in turn; 0 where there are none.
uint32_t attar_json_repeated(const uint8_t *bytes, const attar_json_entry *entries, uint32_t first, uint32_t last);
