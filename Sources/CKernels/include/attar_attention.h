// Scaled dot-product attention (Vaswani et al. 2017) between its matrix products, and rotary positions (Su et al. 2021).
#pragma once
#include <stdbool.h>
#include <stddef.h>

// Rows of scores are worked on in as many numbers at a time.
#define ATTAR_ATTENTION_LANES 16

// Which keys a query sees.
typedef struct {
  bool causal;       // none after the query's own position
  size_t first;      // the position of the first query of a block
  const float *ids;  // (columns), a key whose id is 0 is padding, which nobody sees; NULL where there is none
} attar_attention_sight;

// Each row of scores becomes its softmax over the keys that it sees, with 0 for the others, and all 0 where it sees none.
// scores (rows, columns), `stride` floats from one row to the next, a multiple of ATTAR_ATTENTION_LANES; what lies behind the columns is
// overwritten. A score of −infinity is as if it were not seen.
void attar_attention_softmax(
    float *scores, size_t rows, size_t columns, size_t stride, attar_attention_sight sight);

// dp = p·(dp − Σ_j dp·p), row by row; both (rows, columns), with `stride` floats from one row to the next.
void attar_attention_softmax_gradient(const float *p, float *dp, size_t rows, size_t columns, size_t stride);

// table (length, 2, width/2): cos and sin of position · base^(−2i/width).
void attar_rotary_table(float *table, size_t length, size_t width, float base);

// Turns the pairs (x_i, x_(i + width/2)) of each of `length` vectors by the angles of the table, or back again.
// x has `stride` floats from one vector to the next, y `y_stride`; y may be x.
void attar_rotate(
    const float *x, size_t stride, const float *table, bool back, float *y, size_t y_stride, size_t length,
    size_t width);

// y (width) = the mean of x (length, width) over the positions whose id is not 0; 0 where there are none.
void attar_sequence_mean(const float *x, const float *ids, float *y, size_t length, size_t width);

// Its gradient: dx (length, width) = dy (width) / positions that count, and 0 at the others.
void attar_sequence_mean_gradient(const float *dy, const float *ids, float *dx, size_t length, size_t width);
