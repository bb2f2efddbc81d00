// Sums over resampled rows.
#pragma once
#include <stddef.h>
#include <stdint.h>

// sums[r, bins[i]] += counts[r, i] · values[i] over all rows i, for each of the replicates r: counts is (replicates, rows), sums (replicates,
// bin_count). Bins below 0 are left out. At most 64 replicates. The counts are those of the rows from `first` on: row i has bin and value at first + i.
void attar_binned_sums(
    const float *counts, size_t replicates, size_t rows, const int32_t *bins, const float *values, size_t first,
    size_t bin_count, float *sums);

// net[slice] += 1 for each slice of each of the first `plus` rows drawn, and −1 for those of the others. Each row is in one slice of each partition:
// memberships (rows, partitions). `net` has room for the slice of the highest number.
void attar_deal_to_slices(
    const int32_t *drawn, size_t plus, size_t count, const uint16_t *memberships, size_t partitions, int32_t *net);

// How often each replicate draws each of the rows from `first` on, times the row's weight, where every unit is drawn as often as chance has it,
// once on average, whatever the others are (Poisson's distribution): counts (replicates, rows). What a unit gets follows from the replicate's seed
// and from the unit alone.
//   units    what each row belongs to, (all rows); NULL where each row is a unit of its own
//   weights  (all rows)
//   totals   (replicates), to which the counts are added
void attar_poisson_counts(
    const uint64_t *seeds, size_t replicates, const int32_t *units, const float *weights, size_t first, size_t rows,
    float *counts, double *totals);
