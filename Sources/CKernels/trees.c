#include "attar_trees.h"

// Rows (or, for a single row, trees) that descend side by side: the loads of one step wait for the step before, so
// several independent descents keep the core busy.
enum { LANES = 8 };
// Rows that pass through a tree before the next tree is fetched: the rows stay in the second-level cache.
enum { BLOCK = 128 };

// One step down. A leaf's threshold is NaN and its left child is itself: it stays where it is, whatever the feature.
static inline int32_t step(const attar_tree_node *nodes, int32_t at, const float *row) {
  const attar_tree_node node = nodes[at];
  return node.left + (row[node.feature] >= node.threshold);
}

// Lets eight rows descend one tree.
static void descend_rows(const attar_tree_node *nodes, int32_t root, const float *rows, size_t width, int32_t *leaves) {
  for (int lane = 0; lane < LANES; lane++) leaves[lane] = root;
  int32_t moved;
  do {
    moved = 0;
    for (int lane = 0; lane < LANES; lane++) {
      const int32_t next = step(nodes, leaves[lane], rows + (size_t)lane * width);
      moved |= next ^ leaves[lane];
      leaves[lane] = next;
    }
  } while (moved);
}

// Lets one row descend `count` trees, at most LANES.
static void descend_trees(
    const attar_tree_node *nodes, const int32_t *roots, size_t count, const float *row, int32_t *leaves) {
  for (size_t lane = 0; lane < LANES; lane++) leaves[lane] = roots[lane < count ? lane : 0];
  int32_t moved;
  do {
    moved = 0;
    for (int lane = 0; lane < LANES; lane++) {
      const int32_t next = step(nodes, leaves[lane], row);
      moved |= next ^ leaves[lane];
      leaves[lane] = next;
    }
  } while (moved);
}

static void score_row(const attar_trees *trees, const float *row, float *scores) {
  int32_t leaves[LANES];
  for (size_t tree = 0; tree < trees->count; tree += LANES) {
    const size_t count = trees->count - tree < LANES ? trees->count - tree : LANES;
    descend_trees(trees->nodes, trees->roots + tree, count, row, leaves);
    for (size_t lane = 0; lane < count; lane++) scores[trees->outputs[tree + lane]] += trees->nodes[leaves[lane]].value;
  }
}

// Every row adds its trees in their order, in a block as alone, so that both give the same bits.
void attar_trees_score(
    const attar_trees *trees, const float *features, size_t rows, size_t width, size_t outputs, float *scores) {
  const size_t whole = rows - rows % LANES;
  for (size_t start = 0; start < whole; start += BLOCK) {
    const size_t end = start + BLOCK < whole ? start + BLOCK : whole;
    for (size_t tree = 0; tree < trees->count; tree++) {
      const size_t output = (size_t)trees->outputs[tree];
      for (size_t row = start; row < end; row += LANES) {
        int32_t leaves[LANES];
        descend_rows(trees->nodes, trees->roots[tree], features + row * width, width, leaves);
        for (size_t lane = 0; lane < LANES; lane++) {
          scores[(row + lane) * outputs + output] += trees->nodes[leaves[lane]].value;
        }
      }
    }
  }
  for (size_t row = whole; row < rows; row++) score_row(trees, features + row * width, scores + row * outputs);
}
