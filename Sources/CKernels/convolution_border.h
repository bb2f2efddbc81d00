// Pictures with a border of zeros around them, so that inner loops know no edges.
#pragma once
#include <stdint.h>
#include <string.h>
#include "attar_convolution.h"
#include "dispatch.h"

typedef struct {
  size_t top, left, height, width;  // of the picture with its border
} attar_border;

ATTAR_INLINE bool attar_needs_border(attar_border b, size_t height, size_t width) {
  return b.top > 0 || b.left > 0 || b.height > height || b.width > width;
}

// Pixels take so many bytes, each of them `zero` in the border. Rows of the picture that are read are all inside of the bordered one;
// what lies beyond is cut off.
ATTAR_INLINE const void *attar_bordered(
    const void *picture, size_t height, size_t width, size_t pixel, attar_border b, uint8_t zero, void *room) {
  if (!attar_needs_border(b, height, width)) return picture;
  size_t row = b.width * pixel, left = b.left * pixel;
  size_t kept = (width < b.width - b.left ? width : b.width - b.left) * pixel;
  for (size_t i = 0; i < b.height; i++) {
    uint8_t *to = (uint8_t *)room + i * row;
    if (i < b.top || i - b.top >= height) {
      memset(to, zero, row);
      continue;
    }
    memset(to, zero, left);
    memcpy(to + left, (const uint8_t *)picture + (i - b.top) * width * pixel, kept);
    memset(to + left + kept, zero, row - left - kept);
  }
  return room;
}

ATTAR_INLINE const float *attar_bordered_floats(
    const float *picture, size_t height, size_t width, size_t channels, attar_border b, float *room) {
  return attar_bordered(picture, height, width, channels * sizeof *picture, b, 0, room);
}

ATTAR_INLINE attar_border attar_input_border(const attar_conv *c) {
  size_t height = (c->out_height - 1) * c->stride_y + (c->kernel_height - 1) * c->dilation_y + 1;
  size_t width = (c->out_width - 1) * c->stride_x + (c->kernel_width - 1) * c->dilation_x + 1;
  if (height < c->height + c->top) height = c->height + c->top;
  if (width < c->width + c->left) width = c->width + c->left;
  return (attar_border){c->top, c->left, height, width};
}
