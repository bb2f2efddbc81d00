#include "convolution_tiles.h"
#pragma clang fp contract(fast)

#if defined(__x86_64__)
#define VECTOR 16
#define TILE(name) name##_avx512
#define TARGET __attribute__((target("arch=x86-64-v4")))
#define MANY_REGISTERS 1
#include "convolution_tile_loops.h"

#define VECTOR 8
#define TILE(name) name##_avx2
#define TARGET __attribute__((target("arch=x86-64-v3")))
#define MANY_REGISTERS 0
#include "convolution_tile_loops.h"
#endif

#define VECTOR 4
#define TILE(name) name##_any
#define TARGET
#define MANY_REGISTERS 0
#include "convolution_tile_loops.h"

bool attar_conv_has(size_t variant) {
#if defined(__x86_64__)
  if (variant == 2) return __builtin_cpu_supports("x86-64-v3");
  if (variant == 3) return __builtin_cpu_supports("x86-64-v4");
#endif
  return variant <= 1;
}

#if defined(__x86_64__)
static size_t variant_of(const attar_conv *c) {
  if (c->variant > 0) return c->variant;
  return attar_conv_has(3) ? 3 : attar_conv_has(2) ? 2 : 1;
}
#endif

const attar_conv_tiles *attar_tiles_for(const attar_conv *c, size_t outputs) {
#if defined(__x86_64__)
  switch (variant_of(c)) {
    case 3: return outputs <= 8 ? &tiles_avx2 : &tiles_avx512;  // half a long vector is left to shorter ones
    case 2: return &tiles_avx2;
  }
#else
  (void)c, (void)outputs;
#endif
  return &tiles_any;
}

// Measured on Zen 4, longer vectors gain nothing here: their loads straddle cache lines.
const attar_conv_tiles *attar_tiles_for_weights(const attar_conv *c) {
#if defined(__x86_64__)
  if (variant_of(c) > 1) return &tiles_avx2;
#else
  (void)c;
#endif
  return &tiles_any;
}

void attar_add_weight_tiles(
    const attar_conv_tiles *tiles, const float *in, size_t in_step, size_t in_row, const float *dy, size_t dy_step,
    size_t dy_row, size_t rows, size_t pixels, size_t depth, size_t outputs, float *sums) {
  // Tiles of almost equal size.
  size_t count = (depth + ATTAR_MOST_WEIGHTS_TILE - 1) / ATTAR_MOST_WEIGHTS_TILE;
  for (size_t first = 0; first < outputs;) {
    size_t vectors = attar_vectors_at(first, outputs, tiles->vector);
    for (size_t i = 0; i < count; i++) {
      size_t from = depth * i / count, tile = depth * (i + 1) / count - from;
      tiles->weights[vectors - 1][tile - 1](
          in + from, in_step, in_row, dy + first, dy_step, dy_row, rows, pixels, sums + from * outputs + first, outputs);
    }
    first += vectors * tiles->vector;
  }
}
