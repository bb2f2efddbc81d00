// Sums over resampled rows.
#pragma once
#include <stddef.h>
#include <stdint.h>

// sums[r, bins[i]] += counts[r, i] · values[i] over all rows i, for each of the replicates r: counts is (replicates, rows), sums (replicates,
// bin_count). Bins below 0 are left out. At most 64 replicates.
void attar_binned_sums(
    const float *counts, size_t replicates, size_t rows, const int32_t *bins, const float *values, size_t bin_count,
    float *sums);
