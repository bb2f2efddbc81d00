#include "attar_pooling.h"

#include <stdbool.h>
#include <string.h>

#include "dispatch.h"
#include "pooling_windows.h"

// Windows of 2 × 2 side by side, the usual ones, take one pass without conditions.
static bool is_halving(const attar_pool *p) {
  return p->window_height == 2 && p->window_width == 2 && p->stride_y == 2 && p->stride_x == 2 && p->top == 0 &&
         p->left == 0 && 2 * p->out_height <= p->height && 2 * p->out_width <= p->width;
}

ATTAR_DISPATCH void attar_halve(const attar_pool *p, const float *restrict x, float *restrict y, uint8_t *restrict at) {
  size_t channels = p->channels, row = p->width * channels;
  EACH_RESULT(i, j) {
    const float *restrict above = x + 2 * i * row + 2 * j * channels, *restrict below = above + row;
    float *restrict best = y + RESULT(i, j);
    if (at == NULL) {
      for (size_t k = 0; k < channels; k++) {
        float v = above[k];
        v = above[k + channels] > v ? above[k + channels] : v;
        v = below[k] > v ? below[k] : v;
        best[k] = below[k + channels] > v ? below[k + channels] : v;
      }
      continue;
    }
    uint8_t *restrict where = at + RESULT(i, j);
    for (size_t k = 0; k < channels; k++) {
      float v = above[k], u = above[k + channels];
      int tap = 0;
      tap = u > v ? 1 : tap, v = u > v ? u : v;
      u = below[k];
      tap = u > v ? 2 : tap, v = u > v ? u : v;
      u = below[k + channels];
      tap = u > v ? 3 : tap, v = u > v ? u : v;
      best[k] = v;
      where[k] = (uint8_t)tap;
    }
  }
}

ATTAR_DISPATCH void attar_halve_gradient(
    const attar_pool *p, const uint8_t *restrict at, const float *restrict dy, float *restrict dx) {
  size_t channels = p->channels, row = p->width * channels;
  if (2 * p->out_height < p->height || 2 * p->out_width < p->width) memset(dx, 0, p->height * row * sizeof *dx);
  EACH_RESULT(i, j) {
    const float *restrict from = dy + RESULT(i, j);
    const uint8_t *restrict where = at + RESULT(i, j);
    float *restrict above = dx + 2 * i * row + 2 * j * channels, *restrict below = above + row;
    for (size_t k = 0; k < channels; k++) {
      float g = from[k];
      int tap = where[k];
      above[k] = tap == 0 ? g : 0;
      above[k + channels] = tap == 1 ? g : 0;
      below[k] = tap == 2 ? g : 0;
      below[k + channels] = tap == 3 ? g : 0;
    }
  }
}

ATTAR_DISPATCH void attar_max_pool(const attar_pool *p, const float *restrict x, float *restrict y, uint8_t *restrict at) {
  if (is_halving(p)) return attar_halve(p, x, y, at);
  EACH_RESULT(i, j) {
    float *restrict best = y + RESULT(i, j);
    uint8_t *restrict where = at ? at + RESULT(i, j) : NULL;
    bool is_first = true;
    EACH_PIXEL(a, b, i, j) {
      const float *restrict from = x + PIXEL(a, b, i, j);
      uint8_t tap = (uint8_t)(a * p->window_width + b);
      if (is_first) {
        memcpy(best, from, p->channels * sizeof *best);
        if (where) memset(where, tap, p->channels);
      } else if (where == NULL) {
        for (size_t k = 0; k < p->channels; k++) best[k] = from[k] > best[k] ? from[k] : best[k];
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
  if (is_halving(p)) return attar_halve_gradient(p, at, dy, dx);
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
