// The inner loops of convolution in bytes for one instruction set, included once for each: VECTOR sums a vector, TILE(name) the
// functions' names, TARGET the instruction set. Before it stand the types TILE(weights) and TILE(values) and the functions
// TILE(load), TILE(spread) and TILE(dot): four weights for each of VECTOR outputs, four bytes for all of them, and
// sums + Σ of the four products.
//
// A tile is T pixels by V vectors of outputs whose sums stay in registers while the kernel is walked.

typedef float TILE(floats) __attribute__((ext_vector_type(VECTOR), aligned(4)));
typedef uint8_t TILE(bytes) __attribute__((ext_vector_type(VECTOR), aligned(1)));

// The larger or smaller of each two numbers; b for NaN. As one instruction, unlike the built-in function, which looks for NaN.
TARGET ATTAR_INLINE TILE(floats) TILE(larger)(TILE(floats) a, TILE(floats) b) {
  TILE(ints) mask = a > b;
  return (TILE(floats))((mask & (TILE(ints))a) | (~mask & (TILE(ints))b));
}

TARGET ATTAR_INLINE TILE(floats) TILE(smaller)(TILE(floats) a, TILE(floats) b) {
  TILE(ints) mask = a < b;
  return (TILE(floats))((mask & (TILE(ints))a) | (~mask & (TILE(ints))b));
}

// Writes the results of a tile of so many pixels and vectors; of the last vector only what `columns` leaves of it.
TARGET __attribute__((noinline)) static void TILE(finish)(
    const TILE(ints) *restrict sums, size_t pixels, size_t vectors, const attar_quantized_ending *end, size_t first, size_t out,
    size_t columns) {
  size_t step = end->out_step;
  TILE(floats) low = end->low;
  for (size_t v = 0; v < vectors; v++) {
    TILE(floats) factor = *(const TILE(floats) *)(end->factors + first + v * VECTOR);
    TILE(floats) offset = *(const TILE(floats) *)(end->offsets + first + v * VECTOR);
    size_t rest = columns - v * VECTOR < VECTOR ? columns - v * VECTOR : VECTOR;
    if (end->floats) {
      float *to = end->floats + out + v * VECTOR;
      for (size_t t = 0; t < pixels; t++, to += step) {
        TILE(floats) y = __builtin_convertvector(sums[t * vectors + v], TILE(floats)) * factor + offset;
        y = TILE(larger)(y, low);
        if (rest == VECTOR) {
          *(TILE(floats) *)to = y;
        } else {
          memcpy(to, &y, rest * sizeof *to);
        }
      }
    } else {
      uint8_t *to = end->bytes + out + v * VECTOR;
      for (size_t t = 0; t < pixels; t++, to += step) {
        TILE(floats) y = __builtin_convertvector(sums[t * vectors + v], TILE(floats)) * factor + offset;
        y = TILE(smaller)(TILE(larger)(y, low), (TILE(floats))255.0f) + 0.5f;
        TILE(bytes) q = __builtin_convertvector(__builtin_convertvector(y, TILE(ints)), TILE(bytes));
        if (rest == VECTOR) {
          *(TILE(bytes) *)to = q;
        } else {
          memcpy(to, &q, rest);
        }
      }
    }
  }
}

#define UNROLLED _Pragma("clang loop unroll(full)")

#define PIXELS(T, V) \
  TARGET static void TILE(pixels_##T##_##V)( \
      const uint8_t *restrict in, size_t in_step, const ptrdiff_t *restrict offsets, size_t taps, size_t words, \
      const int8_t *restrict weights, const attar_quantized_ending *restrict end, size_t first, size_t out, size_t columns) { \
    TILE(ints) sums[T][V]; \
    UNROLLED for (int v = 0; v < V; v++) { \
      TILE(ints) start = *(const TILE(ints) *)(end->start + first + v * VECTOR); \
      UNROLLED for (int t = 0; t < T; t++) sums[t][v] = start; \
    } \
    for (size_t k = 0; k < taps; k++) { \
      const uint8_t *x = in + offsets[k]; \
      _Pragma("clang loop unroll(disable)") for (size_t d = 0; d < words; d++, weights += 4 * V * VECTOR) { \
        TILE(weights) u[V]; \
        UNROLLED for (int v = 0; v < V; v++) u[v] = TILE(load)(weights + 4 * v * VECTOR); \
        UNROLLED for (int t = 0; t < T; t++) { \
          TILE(values) value = TILE(spread)(x + (size_t)t * in_step + 4 * d); \
          UNROLLED for (int v = 0; v < V; v++) sums[t][v] = TILE(dot)(sums[t][v], value, u[v]); \
        } \
      } \
    } \
    /* A copy, so that the sums themselves have no address and stay in registers. */ \
    TILE(ints) finished[T][V]; \
    UNROLLED for (int t = 0; t < T; t++) UNROLLED for (int v = 0; v < V; v++) finished[t][v] = sums[t][v]; \
    TILE(finish)(&finished[0][0], T, V, end, first, out, columns); \
  }

#define UP_TO_4(V) TILE(pixels_1_##V), TILE(pixels_2_##V), TILE(pixels_3_##V), TILE(pixels_4_##V)
#define FROM_5_TO_6(V) TILE(pixels_5_##V), TILE(pixels_6_##V)
#define FROM_7_TO_8(V) TILE(pixels_7_##V), TILE(pixels_8_##V)
#define FROM_9_TO_12(V) TILE(pixels_9_##V), TILE(pixels_10_##V), TILE(pixels_11_##V), TILE(pixels_12_##V)

PIXELS(1, 1) PIXELS(2, 1) PIXELS(3, 1) PIXELS(4, 1)
#if REGISTERS == 4
static const attar_quantized_tiles TILE(tiles) = {.vector = VECTOR, .most = {4}, .pixels = {{UP_TO_4(1)}}};
#else
PIXELS(5, 1) PIXELS(6, 1)
PIXELS(1, 2) PIXELS(2, 2) PIXELS(3, 2) PIXELS(4, 2)
#if REGISTERS == 8
static const attar_quantized_tiles TILE(tiles) = {
    .vector = VECTOR, .most = {6, 4}, .pixels = {{UP_TO_4(1), FROM_5_TO_6(1)}, {UP_TO_4(2)}}};
#else
PIXELS(7, 1) PIXELS(8, 1) PIXELS(9, 1) PIXELS(10, 1) PIXELS(11, 1) PIXELS(12, 1)
PIXELS(5, 2) PIXELS(6, 2)
#if REGISTERS == 12
static const attar_quantized_tiles TILE(tiles) = {
    .vector = VECTOR,
    .most = {12, 6},
    .pixels = {{UP_TO_4(1), FROM_5_TO_6(1), FROM_7_TO_8(1), FROM_9_TO_12(1)}, {UP_TO_4(2), FROM_5_TO_6(2)}}};
#else
PIXELS(7, 2) PIXELS(8, 2) PIXELS(9, 2) PIXELS(10, 2) PIXELS(11, 2) PIXELS(12, 2)
PIXELS(1, 3) PIXELS(2, 3) PIXELS(3, 3) PIXELS(4, 3) PIXELS(5, 3) PIXELS(6, 3) PIXELS(7, 3) PIXELS(8, 3)
PIXELS(1, 4) PIXELS(2, 4) PIXELS(3, 4) PIXELS(4, 4) PIXELS(5, 4) PIXELS(6, 4)
static const attar_quantized_tiles TILE(tiles) = {
    .vector = VECTOR,
    .most = {12, 12, 8, 6},
    .pixels = {
        {UP_TO_4(1), FROM_5_TO_6(1), FROM_7_TO_8(1), FROM_9_TO_12(1)},
        {UP_TO_4(2), FROM_5_TO_6(2), FROM_7_TO_8(2), FROM_9_TO_12(2)},
        {UP_TO_4(3), FROM_5_TO_6(3), FROM_7_TO_8(3)},
        {UP_TO_4(4), FROM_5_TO_6(4)}}};
#endif
#endif
#endif

#undef UP_TO_4
#undef FROM_5_TO_6
#undef FROM_7_TO_8
#undef FROM_9_TO_12
#undef PIXELS
#undef UNROLLED
#undef VECTOR
#undef TILE
#undef TARGET
#undef REGISTERS
