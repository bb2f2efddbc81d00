// Tables of embeddings, looked up by token ids that come as floats, and recurrent cells.
#pragma once
#include <stdbool.h>
#include <stddef.h>

// An id that is no row of the table, negative or too large, is read as its last row, which stands for all unknown tokens; NaN is read as
// row 0. Fractions are cut off. Where `pads`, id 0 is the padding: it gives zeros and gets no gradient.

// y (count, width): the rows of table (vocabulary, width) for each id.
void attar_embed(
    const float *table, const float *ids, float *y, size_t count, size_t vocabulary, size_t width, bool pads);

// gradient[id] += dy for each position, in order; only columns from `first` up to, not including, `end`. The rest stays as it is.
void attar_embed_gradient(
    const float *ids, const float *dy, float *gradient, size_t count, size_t vocabulary, size_t width, size_t first,
    size_t end, bool pads);

// Bags of tokens: for each row of ids (rows, length) the sum of its tokens' rows of the table, each times its weight; divided by the number of
// tokens where `mean`. Id 0, the padding, is no token. A token's weight is that of its place, `given` (rows, length), or that of its id,
// `learned` (vocabulary), or 1 where both are NULL.
typedef struct {
  size_t length, vocabulary, width;
  bool mean;
} attar_bag;

// y (rows, width). shares (rows): what each row's sum was multiplied with, 1 or 1 / its tokens.
void attar_embed_bag(
    const attar_bag *bag, const float *table, const float *ids, const float *given, const float *learned, float *y,
    float *shares, size_t rows);

// gradient[id] += dy·weight·share for each token, in order; only columns from `first` up to, not including, `end`.
void attar_embed_bag_gradient(
    const attar_bag *bag, const float *ids, const float *given, const float *learned, const float *shares,
    const float *dy, float *gradient, size_t rows, size_t first, size_t end);

// slopes (rows, length): the derivatives by the weight of each place; 0 for the padding.
void attar_embed_bag_slopes(
    const attar_bag *bag, const float *table, const float *ids, const float *shares, const float *dy, float *slopes,
    size_t rows);

// sums (vocabulary), overwritten: the sum of the values at the places of each id.
void attar_sum_by_id(const float *ids, const float *values, float *sums, size_t count, size_t vocabulary);

// One step of gated recurrent units, for each row of a batch whose sequences have `length` positions. Pointers are those of the step's position
// in the first row. A position's gates are four blocks of `hidden` numbers: new n, update z, reset r and the state's part q of the new one.
typedef struct {
  size_t hidden, length;
} attar_gru;

// z = σ(z + recurrent z + bias z), r likewise, q = recurrent q + recurrent bias, n = tanh(n + r·q + bias n), state = n + z·(previous − n).
// gates, input product in and all of that out: (rows, length, 4·hidden); recurrent (rows, 3·hidden), for z, r and q; bias (3·hidden), for n, z and r;
// previous, NULL for the first step, and state: (rows, length, hidden). Where ids (rows, length) is not NULL and 0, the state stays.
void attar_gru_cell(
    const attar_gru *gru, float *gates, const float *recurrent, const float *bias, const float *recurrent_bias,
    const float *previous, float *state, const float *ids, size_t rows);

// gates: their derivatives take their place. slope (rows, length, hidden) by the state, beside `carry` and `product` (rows, hidden), which add
// to it; carry becomes what flows to the previous state by the side of the gates.
void attar_gru_cell_gradient(
    const attar_gru *gru, float *gates, const float *previous, const float *slope, float *carry, const float *product,
    const float *ids, size_t rows);
