#include "pooling.h"

#include <stdbool.h>
#include <string.h>

#include "dispatch.h"

#define EACH_RESULT(i, j) \
  for (size_t i = 0; i < p->out_height; i++) \
    for (size_t j = 0; j < p->out_width; j++)

// The window's pixels (a, b) that lie inside of the picture. Positions before the picture wrap around to huge ones.
#define EACH_PIXEL(a, b, i, j) \
  for (size_t a = 0; a < p->window_height; a++) \
    for (size_t b = 0; b < p->window_width; b++) \
      if (i * p->stride_y + a - p->top < p->height && j * p->stride_x + b - p->left < p->width)

// The first channel of a result pixel, and of a window's pixel.
#define RESULT(i, j) (((i) * p->out_width + (j)) * p->channels)
#define PIXEL(a, b, i, j) (((i * p->stride_y + a - p->top) * p->width + j * p->stride_x + b - p->left) * p->channels)

ATTAR_DISPATCH void attar_max_pool(const attar_pool *p, const float *restrict x, float *restrict y, uint8_t *restrict at) {
  EACH_RESULT(i, j) {
    float *restrict best = y + RESULT(i, j);
    uint8_t *restrict where = at + RESULT(i, j);
    bool is_first = true;
    EACH_PIXEL(a, b, i, j) {
      const float *restrict from = x + PIXEL(a, b, i, j);
      uint8_t tap = (uint8_t)(a * p->window_width + b);
      if (is_first) {
        for (size_t k = 0; k < p->channels; k++) best[k] = from[k], where[k] = tap;
      } else {
        for (size_t k = 0; k < p->channels; k++) {
          float v = from[k], old = best[k];
          best[k] = v > old ? v : old;
          where[k] = v > old ? tap : where[k];
        }
      }
      is_first = false;
    }
  }
}

ATTAR_DISPATCH void attar_max_pool_gradient(
    const attar_pool *p, const uint8_t *restrict at, const float *restrict dy, float *restrict dx) {
  memset(dx, 0, p->height * p->width * p->channels * sizeof *dx);
  EACH_RESULT(i, j) {
    const float *restrict from = dy + RESULT(i, j);
    const uint8_t *restrict where = at + RESULT(i, j);
    EACH_PIXEL(a, b, i, j) {
      float *restrict to = dx + PIXEL(a, b, i, j);
      uint8_t tap = (uint8_t)(a * p->window_width + b);
      for (size_t k = 0; k < p->channels; k++) to[k] += where[k] == tap ? from[k] : 0;
    }
  }
}

static float share(const attar_pool *p, size_t i, size_t j) {
  size_t inside = 0;
  EACH_PIXEL(a, b, i, j) inside++;
  return 1.0f / (float)inside;
}

ATTAR_DISPATCH void attar_average_pool(const attar_pool *p, const float *restrict x, float *restrict y) {
  EACH_RESULT(i, j) {
    float *restrict sum = y + RESULT(i, j);
    memset(sum, 0, p->channels * sizeof *sum);
    EACH_PIXEL(a, b, i, j) {
      const float *restrict from = x + PIXEL(a, b, i, j);
      for (size_t k = 0; k < p->channels; k++) sum[k] += from[k];
    }
    float factor = share(p, i, j);
    for (size_t k = 0; k < p->channels; k++) sum[k] *= factor;
  }
}

ATTAR_DISPATCH void attar_average_pool_gradient(const attar_pool *p, const float *restrict dy, float *restrict dx) {
  memset(dx, 0, p->height * p->width * p->channels * sizeof *dx);
  EACH_RESULT(i, j) {
    const float *restrict from = dy + RESULT(i, j);
    float factor = share(p, i, j);
    EACH_PIXEL(a, b, i, j) {
      float *restrict to = dx + PIXEL(a, b, i, j);
      for (size_t k = 0; k < p->channels; k++) to[k] += from[k] * factor;
    }
  }
}

ATTAR_DISPATCH void attar_channel_maxima(const float *restrict x, float *restrict y, size_t positions, size_t channels) {
  memcpy(y, x, channels * sizeof *y);
  for (size_t i = 1; i < positions; i++)
    for (size_t k = 0; k < channels; k++) {
      float v = x[i * channels + k];
      y[k] = v > y[k] ? v : y[k];
    }
}

ATTAR_DISPATCH void attar_channel_maxima_gradient(
    const float *restrict x, const float *restrict y, const float *restrict dy, float *restrict dx, size_t positions,
    size_t channels) {
  enum { block = 64 };
  float left[block];  // What the first position that holds the largest value has yet to get.
  for (size_t first = 0; first < channels; first += block) {
    size_t count = channels - first < block ? channels - first : block;
    memcpy(left, dy + first, count * sizeof *left);
    for (size_t i = 0; i < positions; i++)
      for (size_t k = 0; k < count; k++) {
        bool holds = x[i * channels + first + k] == y[first + k];
        dx[i * channels + first + k] = holds ? left[k] : 0;
        left[k] = holds ? 0 : left[k];
      }
  }
}
