// Ensembles of regression trees, and the growing of one.
#pragma once
#include <stddef.h>
#include <stdint.h>

// MARK: - Scores of ensembles (trees.c)

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

// MARK: - Trees of other libraries (routed_trees.c)

// Trees that also say where a row without a value goes, and that split on categories: those of other libraries.

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
