// Numbers as the bytes of files: little-endian words, and floats of half the bits.
#pragma once
#include <stddef.h>
#include <stdint.h>

// Copies `bytes` bytes from the given offset on; into arrays of any kind of number.
void attar_load_bytes(const uint8_t *from, size_t offset, size_t bytes, void *into);

// Copies the bytes of numbers to the given offset of `into`.
void attar_store_bytes(const void *from, size_t bytes, uint8_t *into, size_t offset);

// The nearest IEEE 754 half of each float, ties to even; beyond 65,504 infinite.
void attar_halves(const float *from, size_t count, uint16_t *into);

// Halves as floats, exactly.
void attar_floats(const uint16_t *from, size_t count, float *into);

// Copies `rows` parts of `width` bytes, which lie one after the other from the given byte on, to `offset` in each of as many records of
// `stride` bytes.
void attar_scatter_records(
    const uint8_t *parts, size_t from, size_t rows, size_t width, uint8_t *records, size_t offset, size_t stride);
