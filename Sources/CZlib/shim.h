#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <zlib.h>

// gzread into the middle of a buffer.
static inline int attar_gzread(gzFile file, uint8_t *buffer, size_t offset, unsigned count) {
  return gzread(file, buffer + offset, count);
}

// Data that are inflated part by part (raw deflate).
typedef struct {
  z_stream stream;
  size_t position, end;  // what of the bytes is still to be inflated
  bool ended;
} attar_inflation;

// Begins to inflate bytes[position..<end]. NULL where there is no memory.
static inline attar_inflation *attar_inflation_begin(size_t position, size_t end) {
  attar_inflation *inflation = calloc(1, sizeof *inflation);
  if (inflation == NULL) return NULL;
  inflation->position = position;
  inflation->end = end;
  if (inflateInit2(&inflation->stream, -15) == Z_OK) return inflation;
  free(inflation);
  return NULL;
}

// Inflates the next bytes into `inflated`, which has room for `capacity` bytes. Returns how many came out, fewer only at the end; or -1 where the
// data are damaged or truncated. The bytes are the same each time.
static inline long attar_inflation_next(
    attar_inflation *inflation, const uint8_t *bytes, uint8_t *inflated, size_t capacity) {
  size_t filled = 0;
  while (filled < capacity && !inflation->ended) {
    const size_t most = (size_t)1 << 30;
    size_t given = inflation->end - inflation->position, room = capacity - filled;
    inflation->stream.next_in = (Bytef *)(bytes + inflation->position);
    inflation->stream.avail_in = (unsigned)(given < most ? given : most);
    inflation->stream.next_out = inflated + filled;
    inflation->stream.avail_out = (unsigned)(room < most ? room : most);
    unsigned in = inflation->stream.avail_in, out = inflation->stream.avail_out;
    int status = inflate(&inflation->stream, Z_NO_FLUSH);
    unsigned taken = in - inflation->stream.avail_in, made = out - inflation->stream.avail_out;
    inflation->position += taken;
    filled += made;
    inflation->ended = status == Z_STREAM_END;
    if (!inflation->ended && (status != Z_OK || taken + made == 0)) return -1;
  }
  return (long)filled;
}

static inline void attar_inflation_end(attar_inflation *inflation) {
  if (inflation != NULL) inflateEnd(&inflation->stream);
  free(inflation);
}

// Inflates bytes[offset..<offset + length] at once into `inflated`, which has room for `capacity` bytes. Returns how many bytes came out, or -1 where
// the data are damaged, truncated or longer than that.
static inline long attar_inflate(
    const uint8_t *bytes, size_t offset, size_t length, uint8_t *inflated, size_t capacity) {
  attar_inflation *inflation = attar_inflation_begin(offset, offset + length);
  uint8_t beyond;
  long written = inflation == NULL ? -1 : attar_inflation_next(inflation, bytes, inflated, capacity);
  if (written >= 0 && attar_inflation_next(inflation, bytes, &beyond, 1) != 0) written = -1;
  attar_inflation_end(inflation);
  return written;
}

// Deflates `length` bytes (raw, below 4 GB) into `deflated`, which has room for `capacity` bytes. Returns how many bytes came out, or -1
// where there is too little room.
static inline long attar_deflate(const uint8_t *bytes, size_t length, uint8_t *deflated, size_t capacity) {
  z_stream stream = {0};
  if (length > 0xFFFFFFFFu || capacity > 0xFFFFFFFFu
      || deflateInit2(&stream, Z_BEST_COMPRESSION, Z_DEFLATED, -15, 9, Z_DEFAULT_STRATEGY) != Z_OK)
    return -1;
  stream.next_in = (Bytef *)bytes;
  stream.avail_in = (unsigned)length;
  stream.next_out = deflated;
  stream.avail_out = (unsigned)capacity;
  int status = deflate(&stream, Z_FINISH);
  long written = (long)stream.total_out;
  deflateEnd(&stream);
  return status == Z_STREAM_END ? written : -1;
}
