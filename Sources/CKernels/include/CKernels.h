// Vector kernels with run-time CPU dispatch. Every function here has a plain reference version that the tests hold it against.
#pragma once
#include <stddef.h>
#include <stdint.h>

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
double attar_loss_probability_squares(const attar_loss_batch *, double, double, double, float *);
double attar_loss_squares(const attar_loss_batch *, double, double, double, float *);
double attar_loss_teacher_squares(const attar_loss_batch *, double, double, double, float *);
double attar_loss_bounded(const attar_loss_batch *, double, double, double margin, float *);
double attar_loss_attentive(const attar_loss_batch *, double, double, double scale, float *);
double attar_loss_huber(const attar_loss_batch *, double, double, double threshold, float *);
double attar_loss_quantile(const attar_loss_batch *, double, double, double quantile, float *);

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
