// A node needs the sums of its own rows and nothing of other nodes', so that memory does not grow with the tree: left children come first, and
// their rows stay in the cache. Only columns that were drawn are summed up. In a node with few rows only the ranges that hold any are looked at.
#include "attar_forest.h"

#include <string.h>

#include "dispatch.h"
#include "splitmix.h"

// A multiplication rounded or not would be another tree on another processor.
#pragma clang fp contract(off)

enum { RANGES = ATTAR_FOREST_RANGES, WORDS = RANGES / 64 };
// Columns that are summed up in one pass over the rows: their sums fill the first-level cache.
enum { TOGETHER = 8 };
// Rows from which all ranges are looked at.
enum { MANY = 192 };
// Rows ahead whose codes are fetched.
enum { AHEAD = 12 };

// The ranges that rows fall into.
typedef struct {
  const uint8_t *codes;  // (rows, width)
  size_t width;
} ranged_rows;

typedef double pair __attribute__((vector_size(16)));  // weight, target

// A draw of random numbers.
typedef struct {
  uint64_t state;
} generator;

ATTAR_INLINE uint64_t next(generator *draw) { return attar_mixed(draw->state += attar_splitmix_step); }

// A number below `bound`, which is below 2³².
ATTAR_INLINE size_t below(generator *draw, size_t bound) { return (size_t)((next(draw) >> 32) * bound >> 32); }

void attar_forest_draw(
    const float *targets, size_t stride, float base, const float *weights, size_t rows, size_t wanted, uint64_t seed,
    attar_forest_entry *entries) {
  generator draw = {seed};
  for (size_t row = 0, taken = 0; taken < wanted; row++) {
    // Of the rows that are left each is as likely as any other.
    if (below(&draw, rows - row) >= wanted - taken) continue;
    const attar_forest_entry entry = {(uint32_t)row, weights[row], weights[row] * (targets[row * stride] - base)};
    entries[taken++] = entry;
  }
}

// The best cut of a node so far.
typedef struct {
  double score;  // Σ over both sides of target² / weight; the more, the less squared error is left
  size_t column;
  size_t low, high;  // the last range on the left, and the first on the right
} cut;

// Sums of one column's ranges, and which of them hold rows: 0 between two uses.
typedef struct {
  pair sums[TOGETHER][RANGES];
  uint64_t held[TOGETHER][WORDS];
} histograms;

// Sums up rows by the ranges of some columns.
ATTAR_INLINE void add_rows(
    const ranged_rows *rows, const attar_forest_entry *entries, size_t count, const uint32_t *columns,
    size_t together, histograms *sums) {
  const int few = count < MANY;
  for (size_t i = 0; i < count; i++) {
    if (i + AHEAD < count) __builtin_prefetch(rows->codes + (size_t)entries[i + AHEAD].row * rows->width);
    const uint8_t *codes = rows->codes + (size_t)entries[i].row * rows->width;
    const pair own = {entries[i].weight, entries[i].target};
    for (size_t k = 0; k < together; k++) {
      const size_t code = codes[columns[k]];
      sums->sums[k][code] += own;
      if (few) sums->held[k][code / 64] |= (uint64_t)1 << code % 64;
    }
  }
  if (!few) memset(sums->held, 0xff, together * sizeof sums->held[0]);
}

// Tries all cuts of one column, and clears its sums. Returns whether the rows hold more than one range.
ATTAR_INLINE int try_cuts(
    histograms *sums, size_t place, size_t column, pair all, double least_weight, cut *best) {
  pair left = {0, 0};
  size_t last = RANGES;
  int varies = 0;
  for (size_t word = 0; word < WORDS; word++) {
    for (uint64_t held = sums->held[place][word]; held; held &= held - 1) {
      const size_t range = word * 64 + (size_t)__builtin_ctzll(held);
      const pair own = sums->sums[place][range];
      if (own[0] == 0) continue;
      sums->sums[place][range] = (pair){0, 0};
      if (last < RANGES) {
        varies = 1;
        const pair right = all - left;
        if (left[0] >= least_weight && right[0] >= least_weight) {
          const double score = left[1] * left[1] / left[0] + right[1] * right[1] / right[0];
          if (score > best->score) *best = (cut){score, column, last, range};
        }
      }
      left += own;
      last = range;
    }
    sums->held[place][word] = 0;
  }
  return varies;
}

// Columns as a node finds them: those known to be the same in all of its rows, those that were looked at, and all others.
typedef struct {
  uint32_t *all;
  size_t constant, seen, count;
} columns_left;

// Looks at as many columns as are wanted, or at all, leaving out those that are the same in all of the node's rows, and gives the best cut.
ATTAR_INLINE cut best_cut(
    const ranged_rows *rows, const attar_forest_settings *settings, const attar_forest_entry *entries,
    size_t count, pair all, columns_left *columns, generator *draw, histograms *sums) {
  const double whole = all[1] * all[1] / all[0];
  // A gain that is rounding is none.
  cut best = {whole + settings->least_gain + 1e-10 * whole, rows->width, 0, 0};
  while (columns->seen < settings->columns) {
    const size_t start = columns->constant + columns->seen, left = columns->count - start;
    size_t together = settings->columns - columns->seen;
    if (together > left) together = left;
    if (together > TOGETHER) together = TOGETHER;
    if (together == 0) break;
    for (size_t k = 0; k < together; k++) {
      const size_t drawn = start + k + below(draw, left - k);
      const uint32_t column = columns->all[drawn];
      columns->all[drawn] = columns->all[start + k];
      columns->all[start + k] = column;
    }
    add_rows(rows, entries, count, columns->all + start, together, sums);
    for (size_t k = 0; k < together; k++) {
      const uint32_t column = columns->all[start + k];
      if (try_cuts(sums, k, column, all, settings->least_weight, &best)) {
        columns->seen++;
      } else {
        // Nodes below find it among the constant ones.
        columns->all[start + k] = columns->all[columns->constant];
        columns->all[columns->constant++] = column;
      }
    }
  }
  return best;
}

// Brings the rows of a column's ranges up to `last` to the front, keeps the order on both sides, and gives their number.
static size_t parted(
    const ranged_rows *rows, size_t column, size_t last, attar_forest_entry *entries, size_t count,
    attar_forest_entry *room) {
  size_t left = 0, right = 0;
  for (size_t i = 0; i < count; i++) {
    if (i + AHEAD < count) __builtin_prefetch(rows->codes + (size_t)entries[i + AHEAD].row * rows->width + column);
    const attar_forest_entry entry = entries[i];
    const int goes_left = rows->codes[(size_t)entry.row * rows->width + column] <= last;
    entries[left] = entry;
    room[right] = entry;
    left += (size_t)goes_left;
    right += (size_t)!goes_left;
  }
  memcpy(entries + left, room, right * sizeof *entries);
  return left;
}

// Rows that are still to become a node.
typedef struct {
  size_t start, count, depth, constant;
  int32_t parent;  // whose right child it is; -1 for none
} pending;

ATTAR_DISPATCH size_t attar_forest_grow(
    const uint8_t *codes, size_t width, const float *lows, const float *highs, const attar_forest_settings *settings,
    uint64_t seed, attar_forest_entry *entries, size_t count, attar_forest_entry *room, uint32_t *columns,
    attar_forest_node *nodes) {
  const ranged_rows rows = {codes, width};
  generator draw = {seed};
  histograms sums;
  memset(&sums, 0, sizeof sums);
  for (size_t column = 0; column < width; column++) columns[column] = (uint32_t)column;
  const size_t depth = settings->depth < ATTAR_FOREST_DEEPEST ? settings->depth : ATTAR_FOREST_DEEPEST;
  pending stack[ATTAR_FOREST_DEEPEST + 2];
  size_t waiting = 0, made = 0;
  stack[waiting++] = (pending){0, count, 0, 0, -1};
  while (waiting > 0) {
    const pending now = stack[--waiting];
    attar_forest_entry *own = entries + now.start;
    const size_t node = made++;
    if (now.parent >= 0) nodes[now.parent].right = (int32_t)node;
    pair all = {0, 0};
    for (size_t i = 0; i < now.count; i++) all += (pair){own[i].weight, own[i].target};
    columns_left left = {columns, now.constant, 0, width};
    cut best = {0, width, 0, 0};
    if (now.depth < depth && now.count > 1 && all[0] >= 2 * settings->least_weight) {
      best = best_cut(&rows, settings, own, now.count, all, &left, &draw, &sums);
    }
    if (best.column == width) {
      const int is_whole = all[0] > 0 && all[0] >= settings->least_weight;
      nodes[node] = (attar_forest_node){-1, 0, is_whole ? (float)(all[1] / all[0]) : 0};
      continue;
    }
    const float lower = highs[best.column * RANGES + best.low], upper = lows[best.column * RANGES + best.high];
    const float middle = 0.5f * lower + 0.5f * upper;
    nodes[node] = (attar_forest_node){(int32_t)best.column, 0, middle > lower && middle <= upper ? middle : upper};
    const size_t first = parted(&rows, best.column, best.low, own, now.count, room);
    // The right child waits: at most one on each level does.
    stack[waiting++] = (pending){now.start + first, now.count - first, now.depth + 1, left.constant, (int32_t)node};
    stack[waiting++] = (pending){now.start, first, now.depth + 1, left.constant, -1};
  }
  return made;
}

void attar_forest_lay_out(
    const attar_forest_node *nodes, size_t count, const int32_t *numbers, float scale, int32_t *features, float *values,
    uint32_t *room) {
  room[0] = 0;
  for (size_t place = 0, reached = 1; place < count; place++) {
    const attar_forest_node node = nodes[room[place]];
    features[place] = node.column < 0 ? -1 : numbers[node.column];
    values[place] = node.column < 0 ? node.value * scale : node.value;
    if (node.column < 0) continue;
    room[reached++] = room[place] + 1;
    room[reached++] = (uint32_t)node.right;
  }
}
