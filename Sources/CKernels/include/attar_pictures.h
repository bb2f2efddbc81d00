// Pictures and sequences of token ids on their way from a data set to features.
#pragma once
#include <stdbool.h>
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

// MARK: - Augmented views

// How views of pictures are made: each is shifted by up to `shift` pixels up or down and left or right, and turned over left to right
// or not where `flip`. What a view shows follows from seed, the picture's key and the view's number alone.
typedef struct {
  size_t height, width, channels;
  size_t shift;
  bool flip;
  uint64_t seed;
} attar_views;

// pictures[row] for each row of `rows` becomes its view `view`: out[row] from pictures[indices[row]], or pictures[row] where indices is
// null; keys by the same index. Pixels from outside are black[channel].
void attar_view_floats(
    const attar_views *views, const float *pictures, const int32_t *indices, const int32_t *keys, size_t rows, size_t view,
    const float *black, float *out);

// The same for bytes, where pixels from outside are 0.
void attar_view_bytes(
    const attar_views *views, const uint8_t *pictures, const int32_t *indices, const int32_t *keys, size_t rows, size_t view,
    uint8_t *out);
