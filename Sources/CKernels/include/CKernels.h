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
