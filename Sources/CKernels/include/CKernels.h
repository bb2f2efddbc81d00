// Vector kernels with run-time CPU dispatch. Every function here has a plain reference version that the tests hold it against.
//
// Matrices are dense and row-major. Buffers that are written do not overlap others, unless a comment says so.
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "attention.h"
#include "channels.h"
#include "convolution.h"
#include "foreign.h"
#include "distances.h"
#include "hidden_tensors.h"
#include "json.h"
#include "layout.h"
#include "normalization.h"
#include "pictures.h"
#include "pooling.h"
#include "quantization.h"
#include "resampling.h"
#include "root_mean_square.h"
#include "sequences.h"
#include "storage.h"
#include "texts.h"
#include "threads.h"

// MARK: Tree ensembles (trees.c)

// A node of a regression tree, 16 bytes, so that one step down touches one cache line.
// A row goes to `left + (features[feature] >= threshold)`. A leaf has a NaN threshold and is its own left child.
typedef struct {
    float threshold;
    int32_t feature;
    int32_t left;
    float value;
} attar_tree_node;

// Trees over one array of nodes. Borrowed pointers; every index is in range, which the caller has checked.
typedef struct {
    const attar_tree_node *nodes;
    const int32_t *roots;    // (count)
    const int32_t *outputs;  // (count), the column that each tree adds to
    size_t count;
} attar_trees;

// scores (rows, outputs) += Σ over trees of the value of the leaf that each row of features (rows, width) reaches.
void attar_trees_score(
    const attar_trees *trees, const float *features, size_t rows, size_t width, size_t outputs, float *scores);

// Trees that also say where a row without a value goes, and that split on categories: those of other libraries (routed_trees.c).

enum {
    ATTAR_ROUTE_MISSING_SECOND = 1,  // a missing value goes to the second child, else to the first
    ATTAR_ROUTE_ZERO_MISSING = 2,    // a value within 1e-35 of 0 counts as missing
    ATTAR_ROUTE_CATEGORIES = 4,      // a category in the node's set goes to the second child, any other to the first
};

// A set of categories: bit c of the words from `start` on says whether category c is in it.
typedef struct {
    uint32_t start;
    uint32_t words;
} attar_category_set;

// Adds to what attar_trees holds. A split on categories has the bits of its set's index as its `value`.
typedef struct {
    attar_trees trees;
    const uint8_t *routes;  // one a node; 0 for a leaf
    const attar_category_set *sets;
    const uint32_t *words;
} attar_routed_trees;

// As attar_trees_score; NaN in features is a missing value.
void attar_routed_trees_score(
    const attar_routed_trees *trees, const float *features, size_t rows, size_t width, size_t outputs, float *scores);

// MARK: Boosting objectives (boosting.c)
// Each returns the weighted sum of the rows' losses, and writes gradient and curvature (second derivative), both times
// the row's weight. Rows have `classes` or `outputs` columns, targets are probabilities or values.

// Softmax cross-entropy: gradient p − q, curvature max(2p(1 − p), 1e-6), an upper bound of the true diagonal.
double attar_boost_softmax(
    const float *margins, const float *targets, const float *weights, size_t rows, size_t classes, float *gradient,
    float *curvature);

// Logistic loss of one margin a row: gradient p − q, curvature max(p(1 − p), 1e-6).
double attar_boost_logistic(
    const float *margins, const float *targets, const float *weights, size_t rows, float *gradient, float *curvature);

// Squared error: gradient margin − target, curvature 1. The loss is the plain square, without a factor of one half.
double attar_boost_squared(
    const float *margins, const float *targets, const float *weights, size_t rows, size_t outputs, float *gradient,
    float *curvature);
// MARK: - Losses (losses.c)

// The buffers of one batch, row by row; null where there is none. Labels are −1 and values NaN where unknown.
typedef struct {
    size_t rows, width;
    const float *outputs;   // the student's logits or values, (rows, width)
    const float *soft;      // the teacher's, (rows, width)
    const int32_t *labels;  // (rows)
    const float *values;    // (rows, width)
    const float *weights;   // (rows)
} attar_loss_batch;

// label_factor · Σ w·cross-entropy + teacher_factor · Σ w·T²·KL(teacher ‖ student). Overwrites the gradient, if given.
double attar_loss_fused(
    const attar_loss_batch *batch, double label_factor, double teacher_factor, double temperature, float *gradient);

// Each returns factor · Σ over rows of weight · loss, and adds the derivative by the outputs to the gradient, if given.
// On softened probabilities the loss is multiplied by T², save for the soft cross-entropy.
typedef double (*attar_loss)(
    const attar_loss_batch *batch, double factor, double temperature, double parameter, float *gradient);

double attar_loss_kl(const attar_loss_batch *, double, double, double, float *);
double attar_loss_uniform_cross_entropy(const attar_loss_batch *, double, double, double, float *);
double attar_loss_soft_cross_entropy(const attar_loss_batch *, double, double, double, float *);
double attar_loss_standardised_kl(const attar_loss_batch *, double, double, double, float *);
double attar_loss_target_class(const attar_loss_batch *, double, double, double, float *);
double attar_loss_non_target_class(const attar_loss_batch *, double, double, double, float *);
double attar_loss_inter_class(const attar_loss_batch *, double, double, double, float *);
double attar_loss_intra_class(const attar_loss_batch *, double, double, double, float *);
double attar_loss_reverse_kl(const attar_loss_batch *, double, double, double, float *);
double attar_loss_generalised_jsd(const attar_loss_batch *, double, double, double beta, float *);
double attar_loss_total_variation(const attar_loss_batch *, double, double, double, float *);
double attar_loss_skew_kl(const attar_loss_batch *, double, double, double alpha, float *);
double attar_loss_skew_reverse_kl(const attar_loss_batch *, double, double, double alpha, float *);
double attar_loss_top_classes(const attar_loss_batch *, double, double, double known, float *);
double attar_loss_probability_squares(const attar_loss_batch *, double, double, double, float *);
double attar_loss_squares(const attar_loss_batch *, double, double, double, float *);
double attar_loss_teacher_squares(const attar_loss_batch *, double, double, double, float *);
double attar_loss_bounded(const attar_loss_batch *, double, double, double margin, float *);
double attar_loss_attentive(const attar_loss_batch *, double, double, double scale, float *);
double attar_loss_huber(const attar_loss_batch *, double, double, double threshold, float *);
double attar_loss_quantile(const attar_loss_batch *, double, double, double quantile, float *);

// ---- Elements (elementwise.c) ----

// into[i] += from[i]
void attar_add(float *into, const float *from, size_t count);

// x[i] *= factor
void attar_multiply_by(float factor, float *x, size_t count);

// y[i] = a[i] + b[i], or 0 where that is negative and `relu`; y may be a.
void attar_sum(const float *a, const float *b, bool relu, float *y, size_t count);

// dx[i] = y[i] > 0 ? dy[i] : 0; dx may be dy.
void attar_where_positive(const float *y, const float *dy, float *dx, size_t count);

// y[i] = x[i] · factor[i]; y may be x.
void attar_multiply(const float *x, const float *factor, float *y, size_t count);

// ---- Activation functions (activations.c) ----

typedef enum {
  ATTAR_IDENTITY,
  ATTAR_RELU,
  ATTAR_LEAKY_RELU,  // x < 0: x/100
  ATTAR_SIGMOID,
  ATTAR_TANH,
  ATTAR_GELU,  // x·Φ(x), exact up to 2e-7
  ATTAR_SILU,  // x·sigmoid(x)
  ATTAR_HARD_SWISH,  // x·min(max(x + 3, 0), 6)/6
} attar_activation;

// y[i] = f(x[i]); y may be x.
void attar_activate(attar_activation function, const float *x, float *y, size_t count);

// y = f(y + bias), y (rows, columns), bias (columns). What stood before f goes to `before` where it is not NULL.
void attar_bias_activate(
    attar_activation function, float *y, const float *bias, float *before, size_t rows, size_t columns);

// dx[i] = dy[i] · f'(·); dx may be dy. `saved` is f's input for GELU, SiLU and hard swish, and f's output for the others.
void attar_activation_gradient(
    attar_activation function, const float *saved, const float *dy, float *dx, size_t count);

// y = f(y + bias), y (rows, columns), bias (columns). The slope f'(y + bias) goes to `slopes`.
void attar_bias_activate_with_slopes(
    attar_activation function, float *y, const float *bias, float *slopes, size_t rows, size_t columns);

// dy *= slopes, both (rows, columns), and sums[j] = Σ_i dy[i, j] of the result.
void attar_slope_sums(float *dy, const float *slopes, float *sums, size_t rows, size_t columns);

// ---- Rows and columns (rows.c) ----

// Row i of y is row indices[i] of x; both have `columns` columns.
void attar_gather_rows(const float *x, const int32_t *indices, float *y, size_t rows, size_t columns);

// sums[j] = Σ_i x[i, j]
void attar_column_sums(const float *x, float *sums, size_t rows, size_t columns);

// Each row of y is the softmax of the same row of x; y may be x.
void attar_softmax(const float *x, float *y, size_t rows, size_t columns);

// dx = y · (dy − Σ_j dy·y), row by row, where y = softmax(x).
void attar_softmax_gradient(const float *y, const float *dy, float *dx, size_t rows, size_t columns);

// ---- Dropout (dropout.c) ----

// mask[i] is 0 with the given probability, else 1/(1 − probability). Follows from the seed and first + i alone.
void attar_dropout_mask(float *mask, size_t first, size_t count, float probability, uint64_t seed);

// ---- Optimisers (optimizers.c) ----

// One step of Adam (Kingma and Ba 2015) or AdamW (Loshchilov and Hutter 2019). correction1 = 1 − β1^t, correction2 = 1 − β2^t.
typedef struct {
  float rate, beta1, beta2, epsilon, correction1, correction2;
  float penalty;  // added to the gradient times the parameter (L2)
  float decay;    // taken off the parameter, times the rate (decoupled)
} attar_adam_settings;

void attar_adam(
    float *parameters, const float *gradients, float *first, float *second, size_t count, attar_adam_settings settings);

// One step of Lion: the sign of a running mean of the gradient, with decay decoupled.
void attar_lion(
    float *parameters, const float *gradients, float *moment, size_t count, float rate, float beta1, float beta2, float decay);

// The sum of x[i]², in double precision.
double attar_sum_of_squares(const float *x, size_t count);

// x[i] *= factor
void attar_scale(float *x, size_t count, float factor);

// into[i] moves towards from[i] by a share of the way.
void attar_blend(float *into, const float *from, size_t count, float share);

// One step of gradient descent with momentum: velocity = momentum·velocity + g; Nesterov's looks one step ahead.
void attar_sgd(
    float *parameters, const float *gradients, float *velocity, size_t count, float rate, float momentum, int nesterov,
    float penalty);
// MARK: - Growing a tree (cart.c)

// The best cut of a node's rows by one feature; a gain of 0 where there is none.
typedef struct {
    double gain;      // by how much the weighted squared error falls
    size_t position;  // rows on the left, in the feature's order
    float threshold;  // rows at or below it go left
} attar_cart_split;

// Tries every cut between different values.
//   order    the node's rows, sorted by the feature, (count)
//   feature  the feature of every row; targets (rows, width); weights above 0, of every row
//   sums     the node's weighted sum of each target, (width); weight, the node's total
//   least    the least weight on either side
//   left     room for (width) numbers
attar_cart_split attar_cart_best_split(
    const int32_t *order, size_t count, const float *feature, const float *targets, size_t width, const float *weights,
    const double *sums, double weight, double least, double *left);

// Brings the rows with feature <= threshold to the front, and keeps the order on both sides; room for (count) rows.
void attar_cart_partition(int32_t *order, size_t count, const float *feature, float threshold, int32_t *room);

// ---- Text of tables (csv.c, decimal.c) ----

// One field: where it starts, and its length without quotes and surrounding blanks.
typedef struct {
  uint32_t start;
  uint32_t length : 31;
  uint32_t doubled : 1;  // holds doubled quotes, which stand for one each
} attar_field;

// Why cutting stopped.
typedef enum {
  ATTAR_CUT_MORE,    // at the end of the bytes; what follows the last whole record was left
  ATTAR_CUT_FULL,    // no room for a further record
  ATTAR_CUT_RAGGED,  // a record has another number of fields: `found`
  ATTAR_CUT_QUOTE,   // text stands after a closing quote
  ATTAR_CUT_OPEN,    // the last quote is never closed
} attar_cut_status;

typedef struct {
  attar_cut_status status;
  size_t rows;      // whole records cut
  size_t consumed;  // position after the last of them
  size_t found;     // fields of the record that stopped the cutting, or of the header
  size_t offset;    // position at which that record starts
} attar_cut;

// Cuts bytes[first..<last] into records of `columns` fields each (RFC 4180; LF or CRLF; blank lines are skipped).
// With columns = 0 cuts a single record of any number of fields, which `found` tells: the header.
// `complete` says that no bytes follow. `fields` has room for `capacity` fields. last is below 2^31.
attar_cut attar_cut_records(
    const uint8_t *bytes, size_t first, size_t last, uint8_t delimiter, bool complete, size_t columns,
    attar_field *fields, size_t capacity);

// How often a byte occurs in bytes[first..<last].
size_t attar_count_byte(const uint8_t *bytes, size_t first, size_t last, uint8_t byte);

// What a text is, read as a number.
typedef enum {
  ATTAR_NUMBER,
  ATTAR_MISSING,   // empty, NA, N/A, n/a, #N/A, <NA>, NaN, nan, null, NULL, None or ?
  ATTAR_TEXT,      // none of the others
  ATTAR_INFINITE,  // an infinity, or beyond the range of a float
  ATTAR_PADDED,    // a number with leading zeros, such as 007, which may be a code
} attar_text_kind;

// Reads bytes[start..<start + length] as a decimal number, rounded correctly. `value` is NaN where missing, infinite
// where infinite and untouched for other text. `rounded` becomes true where a whole number above 2^24 lost digits.
attar_text_kind attar_parse_number(const uint8_t *bytes, size_t start, size_t length, float *value, bool *rounded);

// Reads column `column` of records first..<rows into values[first..<rows], up to the first field that is neither number
// nor missing (nor padded, where `padded` allows those), and returns its row, or `rows`.
size_t attar_parse_column(
    const uint8_t *bytes, const attar_field *fields, size_t columns, size_t column, size_t first, size_t rows,
    bool padded, float *values, attar_text_kind *kind, bool *rounded);

// ---- Numbers of tables (table.c) ----

// How numbers are stored in a file.
typedef enum {
  ATTAR_FLOAT32, ATTAR_FLOAT64, ATTAR_FLOAT16, ATTAR_INT8, ATTAR_INT16, ATTAR_INT32, ATTAR_INT64, ATTAR_UINT8,
  ATTAR_UINT16, ATTAR_UINT32, ATTAR_UINT64,
} attar_number_format;

// Converts `count` numbers at `bytes` to floats. `swapped` says that their bytes stand in the other order than here.
// Doubles beyond the range of a float become infinite. Returns whether a whole number lost digits.
bool attar_decode_numbers(
    const uint8_t *bytes, size_t count, attar_number_format format, bool swapped, float *values);

// features[r·width + offset] = (values[start + r·stride] − mean) / deviation for rows first..<last, kept within ±limit;
// 0 where values is NaN. With `indicator`, the next feature is 1 there, else 0.
void attar_standardize(
    const float *values, size_t start, size_t stride, size_t first, size_t last, float mean, float deviation,
    float limit, bool indicator, float *features, size_t width, size_t offset);

// The first of values[0..<count] that is infinite, or `count`.
size_t attar_first_infinite(const float *values, size_t count);

// ---- Support vector machines (svm.c) ----

// products (rows, vectors), the inner products x·s, become exp(−gamma·‖x − s‖²), from the squared lengths of both.
void attar_rbf(
    float *products, const float *row_squares, const float *vector_squares, size_t rows, size_t vectors, float gamma);

// Class probabilities (rows, classes) from pairwise ones (rows, classes·(classes − 1)/2), the first class's share of
// pairs (0, 1), (0, 2), …, each strictly between 0 and 1. scratch holds classes·(classes + 1) floats.
// Source: Wu, Lin and Weng, "Probability Estimates for Multi-class Classification by Pairwise Coupling", JMLR 5 (2004),
// section 4.2, algorithm 2.
void attar_couple_pairs(const float *pairs, float *probabilities, size_t rows, size_t classes, float *scratch);
