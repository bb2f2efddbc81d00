// Dropout masks (Srivastava et al. 2014) from a counter, so that the loop needs no state and vectorises.
#include "attar_elements.h"

#include "dispatch.h"

// A bijection on 32 bits that leaves no visible pattern (multiply and xor-shift rounds).
ATTAR_INLINE uint32_t mixed(uint32_t x) {
  x = (x ^ (x >> 16)) * 0x7feb352dU;
  x = (x ^ (x >> 15)) * 0x846ca68bU;
  return x ^ (x >> 16);
}

ATTAR_DISPATCH void attar_dropout_mask(
    float *mask, size_t first, size_t count, float probability, uint64_t seed) {
  uint32_t low = (uint32_t)seed, high = (uint32_t)(seed >> 32);
  int32_t threshold = (int32_t)(probability * 16777216.0f);
  float kept = 1.0f / (1.0f - probability);
  for (size_t i = 0; i < count; i++) {
    int32_t drawn = (int32_t)(mixed(mixed((uint32_t)(first + i) ^ low) + high) >> 8);
    mask[i] = drawn < threshold ? 0.0f : kept;
  }
}
