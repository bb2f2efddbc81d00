// The tiles for each instruction set, and which to use.
#include "quantized_tiles.h"

#include <string.h>
// A product and a sum in one rounding would differ between processors.
#pragma clang fp contract(off)

#if defined(__x86_64__)
#include <cpuid.h>
#include <immintrin.h>
#endif

#if defined(__x86_64__)

// Four products of unsigned and signed bytes and their sum, without saturation, are one instruction.
typedef int ints_avx512 __attribute__((ext_vector_type(16), aligned(4)));
typedef __m512i weights_avx512, values_avx512;
#define VECTOR 16
#define REGISTERS 32
#define TILE(name) name##_avx512
#define TARGET __attribute__((target("arch=x86-64-v4,avx512vnni"), min_vector_width(512)))
TARGET ATTAR_INLINE weights_avx512 load_avx512(const int8_t *w) { return _mm512_loadu_si512(w); }
TARGET ATTAR_INLINE values_avx512 spread_avx512(const uint8_t *x) {
  int word;
  memcpy(&word, x, 4);
  return _mm512_set1_epi32(word);
}
TARGET ATTAR_INLINE ints_avx512 dot_avx512(ints_avx512 sums, values_avx512 x, weights_avx512 w) {
  return (ints_avx512)_mm512_dpbusd_epi32((__m512i)sums, x, w);
}
#include "quantized_tile_loops.h"

typedef int ints_avxvnni __attribute__((ext_vector_type(8), aligned(4)));
typedef __m256i weights_avxvnni, values_avxvnni;
#define VECTOR 8
#define REGISTERS 12
#define TILE(name) name##_avxvnni
#define TARGET __attribute__((target("arch=x86-64-v3,avxvnni")))
TARGET ATTAR_INLINE weights_avxvnni load_avxvnni(const int8_t *w) { return _mm256_loadu_si256((const __m256i_u *)w); }
TARGET ATTAR_INLINE values_avxvnni spread_avxvnni(const uint8_t *x) {
  int word;
  memcpy(&word, x, 4);
  return _mm256_set1_epi32(word);
}
TARGET ATTAR_INLINE ints_avxvnni dot_avxvnni(ints_avxvnni sums, values_avxvnni x, weights_avxvnni w) {
  return (ints_avxvnni)_mm256_dpbusd_avx_epi32((__m256i)sums, x, w);
}
#include "quantized_tile_loops.h"

// vpmaddubsw would saturate at 2¹⁵, so bytes become 16-bit numbers first: those at even places and those at odd places apart, which keeps
// the order of the weights.
typedef int ints_avx2 __attribute__((ext_vector_type(8), aligned(4)));
typedef struct {
  __m256i even, odd;
} weights_avx2, values_avx2;
#define VECTOR 8
#define REGISTERS 8
#define TILE(name) name##_avx2
#define TARGET __attribute__((target("arch=x86-64-v3")))
TARGET ATTAR_INLINE weights_avx2 load_avx2(const int8_t *w) {
  __m256i v = _mm256_loadu_si256((const __m256i_u *)w);
  return (weights_avx2){_mm256_srai_epi16(_mm256_slli_epi16(v, 8), 8), _mm256_srai_epi16(v, 8)};
}
TARGET ATTAR_INLINE values_avx2 spread_avx2(const uint8_t *x) {
  int word;
  memcpy(&word, x, 4);
  __m256i v = _mm256_set1_epi32(word);
  return (values_avx2){_mm256_and_si256(v, _mm256_set1_epi16(255)), _mm256_srli_epi16(v, 8)};
}
TARGET ATTAR_INLINE ints_avx2 dot_avx2(ints_avx2 sums, values_avx2 x, weights_avx2 w) {
  __m256i both = _mm256_add_epi32(_mm256_madd_epi16(x.even, w.even), _mm256_madd_epi16(x.odd, w.odd));
  return (ints_avx2)_mm256_add_epi32((__m256i)sums, both);
}
#include "quantized_tile_loops.h"
#endif

typedef int ints_any __attribute__((ext_vector_type(4), aligned(4)));
typedef struct {
  ints_any at[4];
} weights_any;
typedef struct {
  int at[4];
} values_any;
#define VECTOR 4
#define REGISTERS 4
#define TILE(name) name##_any
#define TARGET
ATTAR_INLINE weights_any load_any(const int8_t *w) {
  weights_any all;
  for (int i = 0; i < 4; i++) all.at[i] = (ints_any){w[i], w[i + 4], w[i + 8], w[i + 12]};
  return all;
}
ATTAR_INLINE values_any spread_any(const uint8_t *x) { return (values_any){{x[0], x[1], x[2], x[3]}}; }
ATTAR_INLINE ints_any dot_any(ints_any sums, values_any x, weights_any w) {
  for (int i = 0; i < 4; i++) sums += x.at[i] * w.at[i];
  return sums;
}
#include "quantized_tile_loops.h"

// MARK: - The best of them

#if defined(__x86_64__)
// AVX-VNNI has a bit of its own, which not every compiler's run-time library knows.
static bool has_avx_vnni(void) {
  unsigned a, b, c, d;
  return __builtin_cpu_supports("x86-64-v3") && __get_cpuid_count(7, 1, &a, &b, &c, &d) && (a >> 4 & 1);
}
#endif

bool attar_quantized_has(size_t variant) {
#if defined(__x86_64__)
  if (variant == 2) return __builtin_cpu_supports("x86-64-v3");
  if (variant == 3) return has_avx_vnni();
  if (variant == 4) return __builtin_cpu_supports("x86-64-v4") && __builtin_cpu_supports("avx512vnni");
#endif
  return variant <= 1;
}

static size_t best_variant(void) {
  // Asking the processor takes long in a virtual machine. Two threads that ask at the same time find the same.
  static _Atomic size_t known = 0;
  size_t best = known;
  if (best > 0) return best;
  best = attar_quantized_has(4) ? 4 : attar_quantized_has(3) ? 3 : attar_quantized_has(2) ? 2 : 1;
  known = best;
  return best;
}

const attar_quantized_tiles *attar_quantized_tiles_for(const attar_conv *c) {
  size_t variant = c->variant > 0 ? c->variant : best_variant();
#if defined(__x86_64__)
  if (variant == 4) return &tiles_avx512;
  if (variant == 3) return &tiles_avxvnni;
  if (variant == 2) return &tiles_avx2;
#else
  (void)variant;
#endif
  return &tiles_any;
}

size_t attar_quantized_vectors_at(const attar_quantized_tiles *tiles, size_t first, size_t outputs) {
  size_t vectors = (outputs - first + tiles->vector - 1) / tiles->vector, most = 1;
  while (most < ATTAR_QUANTIZED_MOST_VECTORS && tiles->most[most] > 0) most++;
  return vectors < most ? vectors : most;
}
