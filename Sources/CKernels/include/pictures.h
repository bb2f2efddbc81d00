// Pictures and sequences of token ids on their way from a data set to features.
#pragma once
#include <stddef.h>
#include <stdint.h>

// features[i] = (values[i] − means[c]) / deviations[c], c = i mod channels, kept within ±limit; 0 where values[i] is NaN.
void attar_standardize_channels(
    const float *values, size_t start, size_t count, size_t channels, const float *means, const float *deviations,
    float limit, float *features, size_t offset);

// The same for bytes.
void attar_standardize_bytes(
    const uint8_t *values, size_t start, size_t count, size_t channels, const float *means, const float *deviations,
    float limit, float *features, size_t offset);

// features[i] = the id values[i] where it is below vocabulary − 1, else vocabulary − 1, the id of all that training never saw; 0, the
// padding, where values[i] is NaN.
void attar_token_ids(
    const float *values, size_t start, size_t count, float vocabulary, float *features, size_t offset);

// For each of `channels` numbers that follow each other: how often each byte occurs in values[0..<count], (channels, 256), added to
// `counts`.
void attar_count_bytes(const uint8_t *values, size_t count, size_t channels, uint64_t *counts);
