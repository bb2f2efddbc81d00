// Products along the channels of one row, which lie last: x is (positions, channels).
#pragma once
#include <stddef.h>

// y = x·factors, channel by channel.
void attar_multiply_channels(const float *x, const float *factors, float *y, size_t positions, size_t channels);

// sums (channels) = Σ over positions of a·b.
void attar_channel_products(const float *a, const float *b, float *sums, size_t positions, size_t channels);
