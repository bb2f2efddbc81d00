// Rounding of numbers to bytes.
#pragma once
#include <stdint.h>

#include "dispatch.h"

// Rounds a number that is kept within low…255, of which low is not negative; halves go up.
ATTAR_INLINE uint8_t attar_byte_of(float v, float low) {
  v = v > low ? v : low;
  v = (v < 255 ? v : 255) + 0.5f;
  return (uint8_t)(int)v;
}
