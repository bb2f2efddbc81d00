// Growing the trees of a random forest.
#pragma once
#include <stddef.h>
#include <stdint.h>

// A row that a tree is grown on.
typedef struct {
  uint32_t row;
  float weight;  // above 0
  float target;  // times the weight
} attar_forest_entry;

// A node before the tree is laid out: its left child stands behind it. A leaf has column -1.
typedef struct {
  int32_t column;
  int32_t right;
  float value;  // the threshold, below which rows go left, or the leaf's mean target
} attar_forest_node;

typedef struct {
  size_t depth;         // the most splits between the root and a leaf, at most ATTAR_FOREST_DEEPEST
  size_t columns;       // columns that are looked at in each node, of those that are not the same in all of its rows
  double least_weight;  // of a leaf
  double least_gain;    // by which the weighted squared error has to fall
} attar_forest_settings;

// The most splits between a root and a leaf, and the most ranges of a column.
enum { ATTAR_FOREST_DEEPEST = 64, ATTAR_FOREST_RANGES = 256 };

// Draws `wanted` of the rows without replacement, in their order: targets (rows, stride), from which `base` is taken.
void attar_forest_draw(
    const float *targets, size_t stride, float base, const float *weights, size_t rows, size_t wanted, uint64_t seed,
    attar_forest_entry *entries);

// Grows one tree on columns whose values are numbers of ranges, none of them the same in all rows. A node is cut where the weighted squared error
// falls most, in the middle between two ranges that hold rows of it.
//   codes    each row's ranges, (rows, width)
//   lows, highs  the least and the largest value of each range, (width, ATTAR_FOREST_RANGES)
//   entries  the rows of the tree, from 1 to 2³⁰, which are reordered, and room for as many
//   columns  room for (width) numbers
//   nodes    room for 2 · count nodes
// Returns the number of nodes. A tree whose rows weigh less than a leaf must is one leaf of value 0.
size_t attar_forest_grow(
    const uint8_t *codes, size_t width, const float *lows, const float *highs, const attar_forest_settings *settings,
    uint64_t seed, attar_forest_entry *entries, size_t count, attar_forest_entry *room, uint32_t *columns,
    attar_forest_node *nodes);

// Lays a tree out in breadth-first order: features, by the numbers of the columns (width), -1 for a leaf, and thresholds or leaves' values, these
// times `scale`; room for (count) numbers.
void attar_forest_lay_out(
    const attar_forest_node *nodes, size_t count, const int32_t *numbers, float scale, int32_t *features, float *values,
    uint32_t *room);
