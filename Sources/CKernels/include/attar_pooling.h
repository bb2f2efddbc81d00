// Pooling of pictures whose channels lie last, picture by picture.
#pragma once
#include <stddef.h>
#include <stdint.h>

// Pixel (i, j) of the result looks at picture pixels (i·stride_y + a − top, j·stride_x + b − left) for (a, b) inside of the window; what
// lies outside of the picture does not count. At least one pixel of each window lies inside.
typedef struct {
  size_t height, width, channels;
  size_t out_height, out_width;
  size_t window_height, window_width;
  size_t stride_y, stride_x, top, left;
} attar_pool;

// y: the largest of each window and channel; at: which of the window's pixels that is, counted row by row. Windows have at most 255
// pixels. Of equal ones it is the first; NaN is never the largest, unless it is the first. `at` may be NULL.
void attar_max_pool(const attar_pool *pool, const float *x, float *y, uint8_t *at);

// dx, overwritten: what flows back to the pixels that were the largest.
void attar_max_pool_gradient(const attar_pool *pool, const uint8_t *at, const float *dy, float *dx);

// y: the mean of each window and channel.
void attar_average_pool(const attar_pool *pool, const float *x, float *y);
void attar_average_pool_gradient(const attar_pool *pool, const float *dy, float *dx);

// y (channels): the largest of each column of x (positions, channels); its gradient goes to the first position that holds it.
void attar_channel_maxima(const float *x, float *y, size_t positions, size_t channels);
void attar_channel_maxima_gradient(
    const float *x, const float *y, const float *dy, float *dx, size_t positions, size_t channels);
