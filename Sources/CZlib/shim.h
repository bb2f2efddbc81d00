#pragma once
#include <stddef.h>
#include <stdint.h>
#include <zlib.h>

// gzread into the middle of a buffer.
static inline int attar_gzread(gzFile file, uint8_t *buffer, size_t offset, unsigned count) {
  return gzread(file, buffer + offset, count);
}

// Inflates bytes[offset..<offset + length] (raw deflate, below 4 GB) into `inflated`, which has room for `capacity` bytes.
// Returns how many bytes came out, or -1 where the data are damaged, truncated or longer than that.
static inline long attar_inflate(
    const uint8_t *bytes, size_t offset, size_t length, uint8_t *inflated, size_t capacity) {
  z_stream stream = {0};
  if (length > 0xFFFFFFFFu || capacity > 0xFFFFFFFFu || inflateInit2(&stream, -15) != Z_OK) return -1;
  stream.next_in = (Bytef *)(bytes + offset);
  stream.avail_in = (unsigned)length;
  stream.next_out = inflated;
  stream.avail_out = (unsigned)capacity;
  int status = inflate(&stream, Z_FINISH);
  long written = (long)stream.total_out;
  inflateEnd(&stream);
  return status == Z_STREAM_END ? written : -1;
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
