// A row's counts in all replicates are added at once, so that the rows' bins, which lie anywhere, are looked up once and not once a replicate.
#include "attar_resampling.h"

#include <stdlib.h>
#include <string.h>

#include "dispatch.h"

enum { most_replicates = 64, tile_rows = 16 };

ATTAR_DISPATCH void attar_binned_sums(
    const float *restrict counts, size_t replicates, size_t rows, const int32_t *restrict bins,
    const float *restrict values, size_t bin_count, float *restrict sums) {
#pragma clang fp contract(fast)
  if (replicates == 0 || replicates > most_replicates || bin_count == 0) return;
  // (bin_count, most_replicates): the transpose of `sums`.
  float *turned = calloc(bin_count * most_replicates, sizeof *turned);
  if (turned == NULL) abort();
  float tile[tile_rows][most_replicates];
  memset(tile, 0, sizeof tile);
  for (size_t first = 0; first < rows; first += tile_rows) {
    size_t count = rows - first < tile_rows ? rows - first : tile_rows;
    for (size_t r = 0; r < replicates; r++)
      for (size_t i = 0; i < count; i++) tile[i][r] = counts[r * rows + first + i];
    for (size_t i = 0; i < count; i++) {
      int32_t bin = bins[first + i];
      if (bin < 0) continue;
      float value = values[first + i];
      float *restrict sum = turned + (size_t)bin * most_replicates;
      for (size_t r = 0; r < most_replicates; r++) sum[r] += value * tile[i][r];
    }
  }
  for (size_t r = 0; r < replicates; r++)
    for (size_t bin = 0; bin < bin_count; bin++) sums[r * bin_count + bin] += turned[bin * most_replicates + r];
  free(turned);
}
