// Trees of other libraries: with missing values and categories. The same walk as trees.c, with a longer step.
#include "attar_trees.h"

#include <math.h>
#include <stdbool.h>
#include <string.h>

#include "dispatch.h"

// Rows that descend side by side, and rows that pass through a tree before the next is fetched, as in trees.c.
enum { LANES = 8, BLOCK = 128 };

static int32_t in_set(const attar_routed_trees *trees, float index_bits, float category) {
  uint32_t index;
  memcpy(&index, &index_bits, sizeof index);
  const attar_category_set set = trees->sets[index];
  // Beyond 2^24 floats do not tell whole numbers apart, and nothing below 0 is a category.
  if (!(category >= 0 && category < 0x1p24f)) return 0;
  const uint32_t code = (uint32_t)category;
  return code / 32 < set.words && (trees->words[set.start + code / 32] >> (code % 32) & 1);
}

// One step down. A leaf has a NaN threshold, no route and itself as its left child: it stays where it is.
ATTAR_INLINE int32_t step(const attar_routed_trees *trees, int32_t at, const float *row, bool has_categories) {
  const attar_tree_node node = trees->trees.nodes[at];
  const uint8_t route = trees->routes[at];
  const float value = row[node.feature];
  const int32_t missing = (value != value) | ((route >> 1 & 1) & (fabsf(value) <= 1e-35f));
  int32_t second = value >= node.threshold;
  if (has_categories && (route & ATTAR_ROUTE_CATEGORIES)) second = in_set(trees, node.value, value);
  return node.left + (missing ? (route & 1) : second);
}

ATTAR_INLINE void score(
    const attar_routed_trees *routed, const float *features, size_t rows, size_t width, size_t outputs, float *scores,
    bool has_categories) {
  const attar_trees *trees = &routed->trees;
  for (size_t start = 0; start < rows; start += BLOCK) {
    const size_t end = start + BLOCK < rows ? start + BLOCK : rows;
    for (size_t tree = 0; tree < trees->count; tree++) {
      const size_t output = (size_t)trees->outputs[tree];
      for (size_t row = start; row < end; row += LANES) {
        int32_t at[LANES];
        // Where fewer rows are left, the last one descends several times and counts once.
        const float *lanes[LANES];
        for (size_t lane = 0; lane < LANES; lane++) {
          const size_t taken = row + lane < end ? row + lane : end - 1;
          lanes[lane] = features + taken * width;
          at[lane] = trees->roots[tree];
        }
        int32_t moved;
        do {
          moved = 0;
          for (int lane = 0; lane < LANES; lane++) {
            const int32_t next = step(routed, at[lane], lanes[lane], has_categories);
            moved |= next ^ at[lane];
            at[lane] = next;
          }
        } while (moved);
        for (size_t lane = 0; lane < LANES && row + lane < end; lane++) {
          scores[(row + lane) * outputs + output] += trees->nodes[at[lane]].value;
        }
      }
    }
  }
}

void attar_routed_trees_score(
    const attar_routed_trees *trees, const float *features, size_t rows, size_t width, size_t outputs, float *scores) {
  if (trees->sets == NULL) {
    score(trees, features, rows, width, outputs, scores, false);
  } else {
    score(trees, features, rows, width, outputs, scores, true);
  }
}
