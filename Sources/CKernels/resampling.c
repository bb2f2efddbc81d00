// A row's counts in all replicates are added at once, so that the rows' bins, which lie anywhere, are looked up once and not once a replicate.
#include "attar_resampling.h"

#include <stdlib.h>
#include <string.h>

#include "dispatch.h"
#include "splitmix.h"

enum { most_replicates = 64, tile_rows = 16 };

ATTAR_DISPATCH void attar_binned_sums(
    const float *restrict counts, size_t replicates, size_t rows, const int32_t *restrict bins,
    const float *restrict values, size_t start, size_t bin_count, float *restrict sums) {
#pragma clang fp contract(fast)
  if (replicates == 0 || replicates > most_replicates || bin_count == 0) return;
  bins += start;
  values += start;
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

void attar_deal_to_slices(
    const int32_t *restrict drawn, size_t plus, size_t count, const uint16_t *restrict memberships, size_t partitions,
    int32_t *restrict net) {
  for (size_t i = 0; i < count; i++) {
    const uint16_t *restrict own = memberships + (size_t)drawn[i] * partitions;
    const int32_t loss = i < plus ? 1 : -1;
    for (size_t place = 0; place < partitions; place++) net[own[place]] += loss;
  }
}

// Word number `place` of those that follow from a seed: draws can start anywhere.
ATTAR_INLINE uint64_t word(uint64_t seed, uint64_t place) { return attar_mixed(seed + (place + 1) * attar_splitmix_step); }

// A draw from Poisson's distribution of mean 1 by 16 evenly drawn bits: 65,536 times the chances of at most 0 to 7, rounded. More than 8 are left out:
// that is one draw in a million.
ATTAR_INLINE float poisson(uint32_t bits) {
  return (float)((bits >= 24109) + (bits >= 48219) + (bits >= 60273) + (bits >= 64292) + (bits >= 65296) + (bits >= 65497) +
                 (bits >= 65531) + (bits >= 65535));
}

ATTAR_DISPATCH void attar_poisson_counts(
    const uint64_t *restrict seeds, size_t replicates, const int32_t *restrict units, const float *restrict weights,
    size_t first, size_t rows, float *restrict counts, double *restrict totals) {
  for (size_t r = 0; r < replicates; r++) {
    const uint64_t seed = seeds[r];
    float *restrict own = counts + r * rows;
    if (units == NULL) {
      for (size_t i = 0; i < rows; i++) {
        const uint64_t unit = first + i;
        own[i] = poisson((uint32_t)(word(seed, unit / 4) >> unit % 4 * 16) & 0xffff) * weights[first + i];
      }
    } else {
      for (size_t i = 0; i < rows; i++) {
        const uint64_t unit = (uint32_t)units[first + i];
        own[i] = poisson((uint32_t)(word(seed, unit / 4) >> unit % 4 * 16) & 0xffff) * weights[first + i];
      }
    }
    double total = 0;
    for (size_t i = 0; i < rows; i++) total += own[i];
    totals[r] += total;
  }
}
