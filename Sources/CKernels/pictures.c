#include "attar_pictures.h"

#include "dispatch.h"

ATTAR_INLINE float standardized(float value, float mean, float deviation, float limit) {
  float feature = (value - mean) / deviation;
  feature = feature > limit ? limit : feature;
  feature = feature < -limit ? -limit : feature;
  return value != value ? 0 : feature;
}

ATTAR_DISPATCH
void attar_standardize_channels(
    const float *values, size_t start, size_t count, size_t channels, const float *means, const float *deviations,
    float limit, float *features, size_t offset) {
  const float *from = values + start;
  float *to = features + offset;
  for (size_t channel = 0; channel < channels; channel++) {
    float mean = means[channel], deviation = deviations[channel];
    for (size_t i = channel; i < count; i += channels) to[i] = standardized(from[i], mean, deviation, limit);
  }
}

ATTAR_DISPATCH
void attar_standardize_bytes(
    const uint8_t *values, size_t start, size_t count, size_t channels, const float *means, const float *deviations,
    float limit, float *features, size_t offset) {
  const uint8_t *from = values + start;
  float *to = features + offset;
  for (size_t channel = 0; channel < channels; channel++) {
    float mean = means[channel], deviation = deviations[channel];
    for (size_t i = channel; i < count; i += channels) to[i] = standardized(from[i], mean, deviation, limit);
  }
}

ATTAR_DISPATCH
void attar_token_ids(
    const float *values, size_t start, size_t count, float vocabulary, float *features, size_t offset) {
  float other = vocabulary - 1;
  for (size_t i = 0; i < count; i++) {
    float id = values[start + i];
    float known = id >= 0 && id < other ? (float)(int)id : other;
    features[offset + i] = id != id ? 0 : known;
  }
}

void attar_count_bytes(const uint8_t *values, size_t count, size_t channels, uint64_t *counts) {
  for (size_t channel = 0; channel < channels; channel++) {
    uint64_t *own = counts + 256 * channel;
    for (size_t i = channel; i < count; i += channels) own[values[i]]++;
  }
}
