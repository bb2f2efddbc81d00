// Files hold little-endian numbers, as do all machines that Attar runs on: bytes are copied as they are.
#include "attar_storage.h"

#include <string.h>

#include "dispatch.h"

#if __BYTE_ORDER__ != __ORDER_LITTLE_ENDIAN__
#error "files of numbers are little-endian, and so must the machine be"
#endif

void attar_load_bytes(const uint8_t *from, size_t offset, size_t bytes, void *into) {
  if (bytes) memcpy(into, from + offset, bytes);
}

void attar_store_bytes(const void *from, size_t bytes, uint8_t *into, size_t offset) {
  if (bytes) memcpy(into + offset, from, bytes);
}

ATTAR_DISPATCH void attar_halves(const float *restrict from, size_t count, uint16_t *restrict into) {
  _Float16 *halves = (_Float16 *)into;
  for (size_t i = 0; i < count; i++) halves[i] = (_Float16)from[i];
}

ATTAR_DISPATCH void attar_floats(const uint16_t *restrict from, size_t count, float *restrict into) {
  const _Float16 *halves = (const _Float16 *)from;
  for (size_t i = 0; i < count; i++) into[i] = (float)halves[i];
}

void attar_scatter_records(
    const uint8_t *parts, size_t from, size_t rows, size_t width, uint8_t *records, size_t offset, size_t stride) {
  // A constant width becomes one move.
  if (width == 4)
    for (size_t row = 0; row < rows; row++) memcpy(records + row * stride + offset, parts + from + 4 * row, 4);
  else
    for (size_t row = 0; row < rows; row++)
      memcpy(records + row * stride + offset, parts + from + width * row, width);
}
