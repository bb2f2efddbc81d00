// Pictures with a border of zeros around them, so that inner loops know no edges.
#pragma once
#include <string.h>

#include "convolution.h"
#include "dispatch.h"

typedef struct {
  size_t top, left, height, width;  // of the picture with its border
} attar_border;

ATTAR_INLINE bool attar_needs_border(attar_border b, size_t height, size_t width) {
  return b.top > 0 || b.left > 0 || b.height > height || b.width > width;
}

// Rows of the picture that are read are all inside of the bordered one; what lies beyond is cut off.
ATTAR_INLINE const float *attar_bordered(const float *picture, size_t height, size_t width, size_t channels, attar_border b, float *room) {
  if (!attar_needs_border(b, height, width)) return picture;
  size_t row = b.width * channels;
  size_t kept = width < b.width - b.left ? width : b.width - b.left;
  for (size_t i = 0; i < b.height; i++) {
    float *to = room + i * row;
    if (i < b.top || i - b.top >= height) {
      memset(to, 0, row * sizeof *to);
      continue;
    }
    memset(to, 0, b.left * channels * sizeof *to);
    memcpy(to + b.left * channels, picture + (i - b.top) * width * channels, kept * channels * sizeof *to);
    memset(to + (b.left + kept) * channels, 0, (b.width - b.left - kept) * channels * sizeof *to);
  }
  return room;
}

ATTAR_INLINE attar_border attar_input_border(const attar_conv *c) {
  size_t height = (c->out_height - 1) * c->stride_y + (c->kernel_height - 1) * c->dilation_y + 1;
  size_t width = (c->out_width - 1) * c->stride_x + (c->kernel_width - 1) * c->dilation_x + 1;
  if (height < c->height + c->top) height = c->height + c->top;
  if (width < c->width + c->left) width = c->width + c->left;
  return (attar_border){c->top, c->left, height, width};
}
