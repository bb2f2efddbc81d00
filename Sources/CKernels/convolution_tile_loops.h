// The inner loops of convolution for one width of vectors, included once for each: VECTOR floats a vector, TILE(name) the
// functions' names, TARGET their instruction set, MANY_REGISTERS whether it has 32 registers for vectors and not 16.
//
// A tile is T pixels by V vectors of output channels whose sums stay in registers while the kernel is walked.

typedef float TILE(vector) __attribute__((ext_vector_type(VECTOR), aligned(4)));

// T results: sums over taps and depth of in[t·in_step + offsets[tap] + d] · weights[tap][d], V vectors of them.
// The last `columns` channels of the block are written, which may be fewer than V·VECTOR.
#define PIXELS(T, V) \
  TARGET static void TILE(pixels_##T##_##V)( \
      const float *restrict in, size_t in_step, const ptrdiff_t *restrict offsets, size_t taps, size_t depth, \
      const float *restrict weights, const float *restrict bias, bool relu, float *restrict out, size_t out_step, \
      size_t columns) { \
    TILE(vector) sums[T][V]; \
    _Pragma("clang loop unroll(full)") for (int v = 0; v < V; v++) { \
      TILE(vector) start = bias ? ((const TILE(vector) *)bias)[v] : (TILE(vector))0.0f; \
      _Pragma("clang loop unroll(full)") for (int t = 0; t < T; t++) sums[t][v] = start; \
    } \
    const float *w = weights; \
    for (size_t k = 0; k < taps; k++) { \
      const float *x = in + offsets[k]; \
      _Pragma("clang loop unroll(disable)") for (size_t d = 0; d < depth; d++, w += V * VECTOR) { \
        TILE(vector) u[V]; \
        _Pragma("clang loop unroll(full)") for (int v = 0; v < V; v++) u[v] = ((const TILE(vector) *)w)[v]; \
        _Pragma("clang loop unroll(full)") for (int t = 0; t < T; t++) { \
          TILE(vector) value = x[(size_t)t * in_step + d]; \
          _Pragma("clang loop unroll(full)") for (int v = 0; v < V; v++) sums[t][v] += value * u[v]; \
        } \
      } \
    } \
    _Pragma("clang loop unroll(full)") for (int t = 0; t < T; t++) \
        _Pragma("clang loop unroll(full)") for (int v = 0; v < V; v++) { \
      TILE(vector) y = sums[t][v]; \
      if (relu) y = __builtin_elementwise_max(y, (TILE(vector))0.0f); \
      float *to = out + (size_t)t * out_step + v * VECTOR; \
      if ((size_t)(v + 1) * VECTOR <= columns) { \
        *(TILE(vector) *)to = y; \
      } else { \
        for (size_t c = 0; (size_t)v * VECTOR + c < columns; c++) to[c] = y[c]; \
      } \
    } \
  }

// sums (T, V·VECTOR), rows `sums_step` apart, += Σ over pixels of in[pixel·in_step + t] · dy[pixel].
#define WEIGHTS(T, V) \
  TARGET static void TILE(weights_##T##_##V)( \
      const float *restrict in, size_t in_step, size_t in_row, const float *restrict dy, size_t dy_step, size_t dy_row, \
      size_t rows, size_t pixels, float *restrict sums, size_t sums_step) { \
    TILE(vector) s[T][V]; \
    _Pragma("clang loop unroll(full)") for (int t = 0; t < T; t++) \
        _Pragma("clang loop unroll(full)") for (int v = 0; v < V; v++) \
            s[t][v] = *(const TILE(vector) *)(sums + (size_t)t * sums_step + v * VECTOR); \
    for (size_t row = 0; row < rows; row++) { \
      const float *x = in + row * in_row; \
      const float *g = dy + row * dy_row; \
      _Pragma("clang loop unroll(disable)") for (size_t p = 0; p < pixels; p++, x += in_step, g += dy_step) { \
        TILE(vector) u[V]; \
        _Pragma("clang loop unroll(full)") for (int v = 0; v < V; v++) u[v] = ((const TILE(vector) *)g)[v]; \
        _Pragma("clang loop unroll(full)") for (int t = 0; t < T; t++) { \
          TILE(vector) value = x[t]; \
          _Pragma("clang loop unroll(full)") for (int v = 0; v < V; v++) s[t][v] += value * u[v]; \
        } \
      } \
    } \
    _Pragma("clang loop unroll(full)") for (int t = 0; t < T; t++) \
        _Pragma("clang loop unroll(full)") for (int v = 0; v < V; v++) \
            *(TILE(vector) *)(sums + (size_t)t * sums_step + v * VECTOR) = s[t][v]; \
  }

PIXELS(1, 1) PIXELS(2, 1) PIXELS(3, 1) PIXELS(4, 1) PIXELS(5, 1) PIXELS(6, 1)
PIXELS(7, 1) PIXELS(8, 1) PIXELS(9, 1) PIXELS(10, 1) PIXELS(11, 1) PIXELS(12, 1)
PIXELS(1, 2) PIXELS(2, 2) PIXELS(3, 2) PIXELS(4, 2) PIXELS(5, 2) PIXELS(6, 2)
#define UP_TO_6(NAME, V) \
  TILE(NAME##_1_##V), TILE(NAME##_2_##V), TILE(NAME##_3_##V), TILE(NAME##_4_##V), TILE(NAME##_5_##V), TILE(NAME##_6_##V)
#define FROM_7(NAME, V) \
  TILE(NAME##_7_##V), TILE(NAME##_8_##V), TILE(NAME##_9_##V), TILE(NAME##_10_##V), TILE(NAME##_11_##V), TILE(NAME##_12_##V)

#if MANY_REGISTERS
PIXELS(7, 2) PIXELS(8, 2) PIXELS(9, 2) PIXELS(10, 2) PIXELS(11, 2) PIXELS(12, 2)
static const attar_conv_tiles TILE(tiles) = {
    .vector = VECTOR,
    .most = {12, 12},
    .pixels = {{UP_TO_6(pixels, 1), FROM_7(pixels, 1)}, {UP_TO_6(pixels, 2), FROM_7(pixels, 2)}}};
#else
WEIGHTS(1, 1) WEIGHTS(2, 1) WEIGHTS(3, 1) WEIGHTS(4, 1) WEIGHTS(5, 1) WEIGHTS(6, 1)
WEIGHTS(1, 2) WEIGHTS(2, 2) WEIGHTS(3, 2) WEIGHTS(4, 2) WEIGHTS(5, 2) WEIGHTS(6, 2)
static const attar_conv_tiles TILE(tiles) = {
    .vector = VECTOR,
    .most = {12, 6},
    .pixels = {{UP_TO_6(pixels, 1), FROM_7(pixels, 1)}, {UP_TO_6(pixels, 2)}},
    .weights = {{UP_TO_6(weights, 1)}, {UP_TO_6(weights, 2)}}};
#endif

#undef UP_TO_6
#undef FROM_7
#undef WEIGHTS
#undef PIXELS
#undef VECTOR
#undef TILE
#undef TARGET
#undef MANY_REGISTERS
