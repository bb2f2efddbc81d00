#include "convolution_winograd.h"

#include <string.h>

#include "convolution_border.h"
#include "convolution_method.h"
#include "convolution_products.h"
#include "dispatch.h"
#pragma clang fp contract(fast)

// With d a tile of 4 × 4 pixels that overlaps its neighbours by two, g the kernel, ⊙ products summed over channels:
//   results (2 × 2) = Aᵀ [(G g Gᵀ) ⊙ (Bᵀ d B)] A
//        1  0 −1  0         1  0  0        1  0
//   Bᵀ = 0  1  1  0    G =  ½  ½  ½    A = 1  1
//        0 −1  1  0         ½ −½  ½        1 −1
//        0  1  0 −1         0  0  1        0 −1
// Each of the 16 positions is a plane: a matrix product of (tiles, channels) with (channels, outputs). The gradient of the picture is
// such a convolution itself; that of the kernel is Gᵀ [(Bᵀ d B) ⊙ (A dy Aᵀ)] G, with ⊙ summed over tiles.
enum { PLANES = 16, LANES = 16, FEW_TILES = 16, MANY_TILES = 64 };

typedef float lanes __attribute__((ext_vector_type(LANES), aligned(4)));
#define AT(p) (*(lanes *)(p))
#define FROM(p) (*(const lanes *)(p))

static const float G[4][3] = {{1, 0, 0}, {0.5f, 0.5f, 0.5f}, {0.5f, -0.5f, 0.5f}, {0, 0, 1}};

bool attar_is_winograd(const attar_conv *c) {
  return c->kernel_height == 3 && c->kernel_width == 3 && c->stride_y == 1 && c->stride_x == 1 && c->dilation_y == 1 &&
         c->dilation_x == 1 && c->groups == 1 && c->channels % LANES == 0 && c->outputs % LANES == 0 && c->out_height > 1 &&
         c->out_width > 1 && c->top <= 2 && c->left <= 2;
}

// MARK: - Tiles

// One way through a convolution: forward, or backward to the picture with the roles of picture and result exchanged.
typedef struct {
  size_t height, width, channels, out_height, out_width, outputs, top, left;
  size_t tiles_y, tiles_x;
} pass;

static pass with_tiles(pass p) {
  p.tiles_y = (p.out_height + 1) / 2;
  p.tiles_x = (p.out_width + 1) / 2;
  return p;
}

static pass forward_pass(const attar_conv *c) {
  return with_tiles((pass){
      c->height, c->width, c->channels, c->out_height, c->out_width, c->outputs, c->top, c->left, 0, 0});
}

static pass backward_pass(const attar_conv *c) {
  return with_tiles((pass){
      c->out_height, c->out_width, c->outputs, c->height, c->width, c->channels, 2 - c->top, 2 - c->left, 0, 0});
}

static attar_border border(pass p) {
  return (attar_border){p.top, p.left, 2 * p.tiles_y + 2, 2 * p.tiles_x + 2};
}

// Rows of tiles that are worked on together: at most so many tiles, but at least a row.
static size_t rows_together(pass p, size_t tiles) {
  size_t rows = tiles > p.tiles_x ? tiles / p.tiles_x : 1;
  return rows < p.tiles_y ? rows : p.tiles_y;
}

// Floats of a plane. The gap keeps planes of some sizes from sharing few lines of the cache.
static size_t plane_size(size_t tiles, size_t channels) { return tiles * channels + LANES; }

static size_t pass_scratch(pass p, size_t tiles) {
  attar_border b = border(p);
  size_t most = rows_together(p, tiles) * p.tiles_x;
  return b.height * b.width * p.channels + PLANES * (plane_size(most, p.channels) + plane_size(most, p.outputs));
}

static size_t scratch_count(const attar_conv *c) {
  size_t one = pass_scratch(forward_pass(c), MANY_TILES), other = pass_scratch(backward_pass(c), FEW_TILES);
  return one > other ? one : other;
}

// MARK: - To the other domain and back

// Bᵀ d B of some rows of tiles of a bordered picture.
ATTAR_DISPATCH void attar_winograd_picture(
    const float *restrict x, size_t row, size_t channels, size_t tiles_x, size_t rows, float *restrict planes, size_t plane) {
  for (size_t i = 0; i < rows; i++)
    for (size_t j = 0; j < tiles_x; j++) {
      const float *from = x + 2 * i * row + 2 * j * channels;
      float *to = planes + (i * tiles_x + j) * channels;
      for (size_t k = 0; k < channels; k += LANES) {
        lanes t[4][4];
        _Pragma("clang loop unroll(full)") for (size_t b = 0; b < 4; b++) {
          const float *column = from + b * channels + k;
          lanes d0 = FROM(column), d1 = FROM(column + row), d2 = FROM(column + 2 * row), d3 = FROM(column + 3 * row);
          t[0][b] = d0 - d2;
          t[1][b] = d1 + d2;
          t[2][b] = d2 - d1;
          t[3][b] = d1 - d3;
        }
        _Pragma("clang loop unroll(full)") for (size_t a = 0; a < 4; a++) {
          float *line = to + 4 * a * plane + k;
          AT(line) = t[a][0] - t[a][2];
          AT(line + plane) = t[a][1] + t[a][2];
          AT(line + 2 * plane) = t[a][2] - t[a][1];
          AT(line + 3 * plane) = t[a][1] - t[a][3];
        }
      }
    }
}

// One row of a tile's results, from a row of Aᵀ m. A macro, as vectors of this size are no arguments on every processor.
#define WRITE_RESULTS(r, to) \
  do { \
    lanes one = (r)[0] + (r)[1] + (r)[2] + added, two = (r)[1] - (r)[2] - (r)[3] + added; \
    if (relu) { \
      one = __builtin_elementwise_max(one, (lanes)0.0f); \
      two = __builtin_elementwise_max(two, (lanes)0.0f); \
    } \
    AT(to) = one; \
    if (beside) AT((to) + outputs) = two; \
  } while (0)

// Aᵀ m A of some rows of tiles, cut off at `height` rows and `width` pixels.
ATTAR_DISPATCH void attar_winograd_results(
    const float *restrict planes, size_t plane, size_t outputs, size_t tiles_x, size_t height, size_t width,
    const float *restrict bias, bool relu, float *restrict y) {
  size_t row = width * outputs;
  for (size_t i = 0; 2 * i < height; i++)
    for (size_t j = 0; j < tiles_x; j++) {
      const float *from = planes + (i * tiles_x + j) * outputs;
      float *to = y + 2 * i * row + 2 * j * outputs;
      bool below = 2 * i + 1 < height, beside = 2 * j + 1 < width;
      for (size_t k = 0; k < outputs; k += LANES) {
        lanes r[2][4];
        _Pragma("clang loop unroll(full)") for (size_t b = 0; b < 4; b++) {
          const float *column = from + b * plane + k;
          lanes m1 = FROM(column + 4 * plane), m2 = FROM(column + 8 * plane);
          r[0][b] = FROM(column) + m1 + m2;
          r[1][b] = m1 - m2 - FROM(column + 12 * plane);
        }
        lanes added = bias ? FROM(bias + k) : (lanes)0.0f;
        WRITE_RESULTS(r[0], to + k);
        if (below) WRITE_RESULTS(r[1], to + row + k);
      }
    }
}

// A dy Aᵀ of some rows of tiles, with zeros beyond `height` rows and `width` pixels.
ATTAR_DISPATCH void attar_winograd_slopes(
    const float *restrict dy, size_t outputs, size_t tiles_x, size_t height, size_t width, float *restrict planes,
    size_t plane) {
  size_t row = width * outputs;
  for (size_t i = 0; 2 * i < height; i++)
    for (size_t j = 0; j < tiles_x; j++) {
      const float *from = dy + 2 * i * row + 2 * j * outputs;
      float *to = planes + (i * tiles_x + j) * outputs;
      bool below = 2 * i + 1 < height, beside = 2 * j + 1 < width;
      for (size_t k = 0; k < outputs; k += LANES) {
        lanes none = (lanes)0.0f, g[2][2] = {{FROM(from + k), none}, {none, none}};
        if (beside) g[0][1] = FROM(from + outputs + k);
        if (below) g[1][0] = FROM(from + row + k);
        if (below && beside) g[1][1] = FROM(from + row + outputs + k);
        lanes s[4][2];
        _Pragma("clang loop unroll(full)") for (size_t b = 0; b < 2; b++) {
          s[0][b] = g[0][b];
          s[1][b] = g[0][b] + g[1][b];
          s[2][b] = g[0][b] - g[1][b];
          s[3][b] = -g[1][b];
        }
        _Pragma("clang loop unroll(full)") for (size_t a = 0; a < 4; a++) {
          float *line = to + 4 * a * plane + k;
          AT(line) = s[a][0];
          AT(line + plane) = s[a][0] + s[a][1];
          AT(line + 2 * plane) = s[a][0] - s[a][1];
          AT(line + 3 * plane) = -s[a][1];
        }
      }
    }
}

// MARK: - Weights

static size_t packed_count(const attar_conv *c) {
  size_t vector = attar_plane_vector(c, c->outputs);
  return PLANES * c->channels * ((c->outputs + vector - 1) / vector * vector);
}

static size_t packed_gradient_count(const attar_conv *c) {
  size_t vector = attar_plane_vector(c, c->channels);
  return PLANES * c->outputs * ((c->channels + vector - 1) / vector * vector);
}

// Plane (a, b) of G g Gᵀ for one channel of the picture and so many outputs.
ATTAR_DISPATCH void attar_winograd_kernel_line(
    const float *restrict weights, size_t tap, size_t a, size_t b, float *restrict line, size_t outputs) {
  for (size_t o = 0; o < outputs; o++) line[o] = 0;
  for (size_t i = 0; i < 3; i++)
    for (size_t j = 0; j < 3; j++) {
      float factor = G[a][i] * G[b][j];
      if (factor == 0) continue;
      const float *from = weights + (3 * i + j) * tap;
      for (size_t o = 0; o < outputs; o++) line[o] += factor * from[o];
    }
}

static void pack(const attar_conv *c, const float *weights, float *packed) {
  size_t plane = packed_count(c) / PLANES, tap = c->channels * c->outputs;
  float line[LANES];
  for (size_t p = 0; p < PLANES; p++)
    for (size_t k = 0; k < c->channels; k++)
      for (size_t first = 0; first < c->outputs; first += LANES) {
        attar_winograd_kernel_line(weights + k * c->outputs + first, tap, p / 4, p % 4, line, LANES);
        attar_plane_pack(c, line, k, first, c->channels, c->outputs, packed + p * plane);
      }
}

static void pack_gradient(const attar_conv *c, const float *weights, float *packed) {
  // The kernel is turned around, which exchanges the first and the last plane of each direction, and has outputs for channels.
  static const size_t turned[4] = {3, 1, 2, 0};
  size_t plane = packed_gradient_count(c) / PLANES, tap = c->channels * c->outputs;
  float lines[LANES][LANES], line[LANES];
  for (size_t p = 0; p < PLANES; p++)
    for (size_t k = 0; k < c->channels; k += LANES)
      for (size_t o = 0; o < c->outputs; o += LANES) {
        for (size_t i = 0; i < LANES; i++)
          attar_winograd_kernel_line(
              weights + (k + i) * c->outputs + o, tap, turned[p / 4], turned[p % 4], lines[i], LANES);
        for (size_t j = 0; j < LANES; j++) {
          for (size_t i = 0; i < LANES; i++) line[i] = lines[i][j];
          attar_plane_pack(c, line, o + j, k, c->outputs, c->channels, packed + p * plane);
        }
      }
}

// MARK: - Results and gradients

static void run(
    const attar_conv *c, pass p, const float *x, const float *packed, const float *bias, bool relu, float *y, float *scratch) {
  attar_border b = border(p);
  const float *in = attar_bordered_floats(x, p.height, p.width, p.channels, b, scratch);
  size_t together = rows_together(p, FEW_TILES), row = b.width * p.channels;
  size_t from = plane_size(together * p.tiles_x, p.channels), to = plane_size(together * p.tiles_x, p.outputs);
  float *picture = scratch + b.height * row, *results = picture + PLANES * from;
  for (size_t i = 0; i < p.tiles_y; i += together) {
    size_t rows = p.tiles_y - i < together ? p.tiles_y - i : together;
    size_t height = p.out_height - 2 * i < 2 * rows ? p.out_height - 2 * i : 2 * rows;
    attar_winograd_picture(in + 2 * i * row, row, p.channels, p.tiles_x, rows, picture, from);
    attar_plane_products(c, picture, from, packed, results, to, PLANES, rows * p.tiles_x, p.channels, p.outputs);
    attar_winograd_results(
        results, to, p.outputs, p.tiles_x, height, p.out_width, bias, relu, y + 2 * i * p.out_width * p.outputs);
  }
}

static void forward(
    const attar_conv *c, const float *x, const float *packed, const float *bias, bool relu, float *y, float *scratch) {
  run(c, forward_pass(c), x, packed, bias, relu, y, scratch);
}

static void input_gradient(
    const attar_conv *c, const float *dy, const float *packed, float *dx, float *scratch) {
  run(c, backward_pass(c), dy, packed, NULL, false, dx, scratch);
}

// The sums of the planes, (channels, outputs) each, and then those for the bias, (outputs).
static size_t sums_count(const attar_conv *c) { return (PLANES * c->channels + 1) * c->outputs; }

static void weight_gradient(const attar_conv *c, const float *x, const float *dy, float *sums, float *scratch) {
  pass p = forward_pass(c);
  attar_border b = border(p);
  const float *in = attar_bordered_floats(x, p.height, p.width, p.channels, b, scratch);
  size_t together = rows_together(p, MANY_TILES), row = b.width * p.channels;
  size_t from = plane_size(together * p.tiles_x, p.channels), to = plane_size(together * p.tiles_x, p.outputs);
  float *picture = scratch + b.height * row, *slopes = picture + PLANES * from;
  float *bias = sums + PLANES * p.channels * p.outputs;
  for (size_t i = 0; i < p.tiles_y; i += together) {
    size_t rows = p.tiles_y - i < together ? p.tiles_y - i : together, tiles = rows * p.tiles_x;
    size_t height = p.out_height - 2 * i < 2 * rows ? p.out_height - 2 * i : 2 * rows;
    attar_winograd_picture(in + 2 * i * row, row, p.channels, p.tiles_x, rows, picture, from);
    attar_winograd_slopes(
        dy + 2 * i * p.out_width * p.outputs, p.outputs, p.tiles_x, height, p.out_width, slopes, to);
    attar_plane_sums(c, picture, from, slopes, to, sums, PLANES, tiles, p.channels, p.outputs);
    // Plane (1, 1) holds the sum of each tile.
    const float *sum = slopes + 5 * to;
    for (size_t t = 0; t < tiles; t++)
      for (size_t o = 0; o < p.outputs; o++) bias[o] += sum[t * p.outputs + o];
  }
}

ATTAR_DISPATCH void attar_winograd_collect(
    const attar_conv *c, const float *restrict sums, size_t parts, float *restrict dweights, float *restrict dbias) {
  size_t count = c->channels * c->outputs, stride = sums_count(c);
  if (dweights)
    for (size_t n = 0; n < count; n += LANES) {
      lanes s[4][4], r[3][4];
      _Pragma("clang loop unroll(full)") for (size_t p = 0; p < PLANES; p++) {
        lanes sum = FROM(sums + p * count + n);
        for (size_t part = 1; part < parts; part++) sum += FROM(sums + part * stride + p * count + n);
        s[p / 4][p % 4] = sum;
      }
      _Pragma("clang loop unroll(full)") for (size_t b = 0; b < 4; b++) {
        lanes both = (s[1][b] + s[2][b]) * 0.5f;
        r[0][b] = s[0][b] + both;
        r[1][b] = (s[1][b] - s[2][b]) * 0.5f;
        r[2][b] = both + s[3][b];
      }
      _Pragma("clang loop unroll(full)") for (size_t a = 0; a < 3; a++) {
        float *to = dweights + 3 * a * count + n;
        lanes both = (r[a][1] + r[a][2]) * 0.5f;
        AT(to) = r[a][0] + both;
        AT(to + count) = (r[a][1] - r[a][2]) * 0.5f;
        AT(to + 2 * count) = both + r[a][3];
      }
    }
  if (dbias)
    for (size_t o = 0; o < c->outputs; o++) {
      dbias[o] = 0;
      for (size_t part = 0; part < parts; part++) dbias[o] += sums[part * stride + PLANES * count + o];
    }
}

const attar_conv_method attar_winograd_method = {
    .packed_count = packed_count,
    .packed_gradient_count = packed_gradient_count,
    .scratch_count = scratch_count,
    .sums_count = sums_count,
    .pack = pack,
    .pack_gradient = pack_gradient,
    .forward = forward,
    .input_gradient = input_gradient,
    .weight_gradient = weight_gradient,
    .collect = attar_winograd_collect,
};
