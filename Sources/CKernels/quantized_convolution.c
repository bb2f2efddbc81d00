// Convolutions and dense layers in bytes, by tiles of pixels and outputs whose sums stay in registers, four products at a time. A picture
// that needs a border is copied into one that has it, so that the inner loops know no edges.
#include <string.h>

#include "convolution_depthwise.h"
#include "quantization.h"
#include "quantized_depthwise.h"
// A product and a sum in one rounding would differ between processors.
#pragma clang fp contract(off)

#if defined(__x86_64__)
#include <cpuid.h>
#include <immintrin.h>
#endif

enum { MOST_TAPS = 1024, MOST_TILE = 12, MOST_VECTORS = 4 };

typedef void (*quantized_pixels)(
    const uint8_t *, size_t, const ptrdiff_t *, size_t, size_t, const int8_t *, const quantized_ending *, size_t, size_t,
    size_t);

// The inner loops for one instruction set: by vectors of outputs less one, and by the tile's size less one.
typedef struct {
  size_t vector;
  size_t most[MOST_VECTORS];
  quantized_pixels pixels[MOST_VECTORS][MOST_TILE];
} quantized_tiles;

// MARK: - Instruction sets

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
#include "quantized_tiles.h"

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
#include "quantized_tiles.h"

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
#include "quantized_tiles.h"
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
#include "quantized_tiles.h"

// MARK: - Choices

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

static const quantized_tiles *tiles_for(const attar_conv *c) {
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

static size_t rounded_up(size_t count, size_t multiple) { return (count + multiple - 1) / multiple * multiple; }

// Vectors of the block of outputs that begins at `first`.
static size_t vectors_at(const quantized_tiles *tiles, size_t first, size_t outputs) {
  size_t vectors = (outputs - first + tiles->vector - 1) / tiles->vector, most = 1;
  while (most < MOST_VECTORS && tiles->most[most] > 0) most++;
  return vectors < most ? vectors : most;
}

// The tile with which a row of so many pixels takes the fewest loads and products; tiles may overlap.
static size_t tile_for(size_t pixels, size_t vectors, size_t most) {
  size_t best = 1, least = SIZE_MAX;
  for (size_t tile = 1; tile <= most && tile <= pixels; tile++) {
    size_t cost = (pixels + tile - 1) / tile * (tile * vectors + vectors + 2);
    if (cost <= least) {
      least = cost;
      best = tile;
    }
  }
  return best;
}

// MARK: - Walks along the kernel

// Runs of `depth` bytes, read in `words` of four. Where neighbouring taps of a row touch, a run holds the whole row.
typedef struct {
  size_t taps, depth, words;
} quantized_walk;

static size_t group_channels(const attar_conv *c) { return c->channels / c->groups; }
static size_t group_outputs(const attar_conv *c) { return c->outputs / c->groups; }
static bool is_merged(const attar_conv *c) { return c->groups == 1 && c->dilation_x == 1; }

static quantized_walk walk_of(const attar_conv *c) {
  size_t depth = is_merged(c) ? c->kernel_width * c->channels : group_channels(c);
  return (quantized_walk){c->kernel_height * (is_merged(c) ? 1 : c->kernel_width), depth, (depth + 3) / 4};
}

// A group's numbers in memory: start, factors and offsets, then weights.
static size_t group_bytes(const attar_conv *c, const quantized_tiles *tiles) {
  quantized_walk w = walk_of(c);
  return rounded_up(group_outputs(c), tiles->vector) * (12 + 4 * w.taps * w.words);
}

size_t attar_quantized_packed_bytes(const attar_conv *c) {
  if (attar_is_depthwise(c)) return attar_quantized_depthwise_bytes(c);
  return c->groups * group_bytes(c, tiles_for(c));
}

// Four rows of weights, or fewer, become words of four bytes, one for each column.
ATTAR_DISPATCH static void pack_words(
    const float *row, size_t step, size_t rows, size_t columns, int32_t zero, uint32_t *restrict words,
    int32_t *restrict start) {
  for (size_t i = 0; i < rows; i++, row += step)
    for (size_t o = 0; o < columns; o++) {
      int32_t weight = (int32_t)row[o];
      words[o] |= ((uint32_t)weight & 255) << (8 * i);
      start[o] -= zero * weight;
    }
}

void attar_quantized_pack(
    const attar_conv *c, const float *weights, const float *factors, const float *offsets, uint8_t zero, void *packed) {
  if (attar_is_depthwise(c)) return attar_quantized_depthwise_pack(c, weights, factors, offsets, zero, packed);
  const quantized_tiles *tiles = tiles_for(c);
  quantized_walk w = walk_of(c);
  size_t outputs = group_outputs(c), padded = rounded_up(outputs, tiles->vector);
  memset(packed, 0, attar_quantized_packed_bytes(c));
  for (size_t g = 0; g < c->groups; g++) {
    int32_t *start = (int32_t *)((char *)packed + g * group_bytes(c, tiles));
    float *group_factors = (float *)(start + padded), *group_offsets = group_factors + padded;
    int8_t *to = (int8_t *)(group_offsets + padded);
    memcpy(group_factors, factors + g * outputs, outputs * sizeof *factors);
    memcpy(group_offsets, offsets + g * outputs, outputs * sizeof *offsets);
    for (size_t first = 0; first < outputs;) {
      size_t block = vectors_at(tiles, first, outputs) * tiles->vector;
      size_t columns = outputs - first < block ? outputs - first : block;
      for (size_t k = 0; k < w.taps; k++)
        for (size_t d = 0; d < w.depth; d += 4, to += 4 * block) {
          const float *row = weights + (k * w.depth + d) * c->outputs + g * outputs + first;
          pack_words(row, c->outputs, w.depth - d < 4 ? w.depth - d : 4, columns, zero, (uint32_t *)to, start + first);
        }
      first += block;
    }
  }
}

// MARK: - Results

static const uint8_t *bordered(const attar_conv *c, attar_border b, const uint8_t *x, uint8_t zero, uint8_t *room) {
  if (!attar_needs_border(b, c->height, c->width)) return x;
  size_t row = b.width * c->channels, left = b.left * c->channels;
  size_t kept = (c->width < b.width - b.left ? c->width : b.width - b.left) * c->channels;
  for (size_t i = 0; i < b.height; i++) {
    uint8_t *to = room + i * row;
    if (i < b.top || i - b.top >= c->height) {
      memset(to, zero, row);
      continue;
    }
    memset(to, zero, left);
    memcpy(to + left, x + (i - b.top) * c->width * c->channels, kept);
    memset(to + left + kept, zero, row - left - kept);
  }
  return room;
}

size_t attar_quantized_scratch_bytes(const attar_conv *c) {
  attar_border b = attar_input_border(c);
  return b.height * b.width * c->channels + 4;
}

void attar_quantized_conv(
    const attar_conv *c, const uint8_t *x, const void *packed, uint8_t zero, float low, float *floats, uint8_t *bytes,
    void *scratch) {
  attar_border b = attar_input_border(c);
  const uint8_t *in = bordered(c, b, x, zero, scratch);
  quantized_ending end = {.low = low, .floats = floats, .bytes = bytes, .out_step = c->outputs};
  if (attar_is_depthwise(c)) return attar_quantized_depthwise(c, in, b.width, packed, end);
  const quantized_tiles *tiles = tiles_for(c);
  quantized_walk w = walk_of(c);
  ptrdiff_t offsets[MOST_TAPS];
  size_t across = w.taps / c->kernel_height;
  for (size_t k = 0; k < w.taps; k++)
    offsets[k] = (ptrdiff_t)((k / across * c->dilation_y * b.width + k % across * c->dilation_x) * c->channels);
  size_t step = c->stride_x * c->channels, row_step = c->stride_y * b.width * c->channels;
  size_t rows = c->out_height, pixels = c->out_width;
  if (c->kernel_height == 1 && c->kernel_width == 1 && c->stride_x == 1 && c->stride_y == 1 && b.width == c->out_width) {
    pixels *= rows;
    rows = 1;
  }
  size_t outputs = group_outputs(c), padded = rounded_up(outputs, tiles->vector);
  for (size_t g = 0; g < c->groups; g++) {
    end.start = (const int32_t *)((const char *)packed + g * group_bytes(c, tiles));
    end.factors = (const float *)(end.start + padded);
    end.offsets = end.factors + padded;
    const int8_t *weights = (const int8_t *)(end.offsets + padded);
    for (size_t first = 0; first < outputs;) {
      size_t vectors = vectors_at(tiles, first, outputs), block = vectors * tiles->vector;
      size_t columns = outputs - first < block ? outputs - first : block;
      size_t tile = tile_for(pixels, vectors, tiles->most[vectors - 1]);
      quantized_pixels run = tiles->pixels[vectors - 1][tile - 1];
      for (size_t i = 0; i < rows; i++)
        for (size_t j = 0; j < pixels; j += tile) {
          size_t at = j + tile <= pixels ? j : pixels - tile;
          run(in + i * row_step + at * step + g * group_channels(c), step, offsets, w.taps, w.words, weights, &end, first,
              (i * c->out_width + at) * c->outputs + g * outputs + first, columns);
        }
      weights += 4 * w.taps * w.words * block;
      first += block;
    }
  }
}
