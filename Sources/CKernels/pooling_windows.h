// How pooling walks over pictures, in floats and in bytes alike: `p` is the attar_pool.
#pragma once

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
