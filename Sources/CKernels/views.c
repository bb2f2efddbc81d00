// Augmented views of pictures, made again whenever they are wanted instead of being stored.
#include "attar_pictures.h"
#include "splitmix.h"

static uint64_t mixed(uint64_t x) { return attar_mixed(x + attar_splitmix_step); }

typedef struct {
  ptrdiff_t down, right;
  bool flipped;
} placement;

static placement placed(const attar_views *views, int32_t key, size_t view) {
  uint64_t bits = mixed(views->seed ^ mixed((uint64_t)(uint32_t)key << 32 | (uint32_t)view));
  uint64_t range = 2 * views->shift + 1;
  placement result;
  result.down = (ptrdiff_t)((bits & 0xffffff) % range) - (ptrdiff_t)views->shift;
  result.right = (ptrdiff_t)((bits >> 24 & 0xffffff) % range) - (ptrdiff_t)views->shift;
  result.flipped = views->flip && bits >> 63;
  return result;
}

// One view; `black` gives what stands outside, channel by channel.
#define VIEW(NAME, TYPE)                                                                                            \
  static void NAME(const attar_views *views, placement at, const TYPE *picture, const TYPE *black, TYPE *out) {      \
    ptrdiff_t height = (ptrdiff_t)views->height, width = (ptrdiff_t)views->width;                                    \
    size_t channels = views->channels;                                                                               \
    for (ptrdiff_t y = 0; y < height; y++) {                                                                         \
      ptrdiff_t from_y = y - at.down;                                                                                \
      bool inside = from_y >= 0 && from_y < height;                                                                  \
      for (ptrdiff_t x = 0; x < width; x++, out += channels) {                                                       \
        ptrdiff_t from_x = (at.flipped ? width - 1 - x : x) - at.right;                                              \
        const TYPE *from = inside && from_x >= 0 && from_x < width                                                   \
                               ? picture + (size_t)(from_y * width + from_x) * channels                              \
                               : black;                                                                              \
        for (size_t channel = 0; channel < channels; channel++) out[channel] = from[channel];                        \
      }                                                                                                              \
    }                                                                                                                \
  }

VIEW(view_floats, float)
VIEW(view_bytes, uint8_t)

void attar_view_floats(
    const attar_views *views, const float *pictures, const int32_t *indices, const int32_t *keys, size_t rows, size_t view,
    const float *black, float *out) {
  size_t count = views->height * views->width * views->channels;
  for (size_t row = 0; row < rows; row++) {
    size_t index = indices ? (size_t)indices[row] : row;
    view_floats(views, placed(views, keys[index], view), pictures + index * count, black, out + row * count);
  }
}

void attar_view_bytes(
    const attar_views *views, const uint8_t *pictures, const int32_t *indices, const int32_t *keys, size_t rows, size_t view,
    uint8_t *out) {
  static const uint8_t black[64] = {0};
  size_t count = views->height * views->width * views->channels;
  for (size_t row = 0; row < rows; row++) {
    size_t index = indices ? (size_t)indices[row] : row;
    view_bytes(views, placed(views, keys[index], view), pictures + index * count, black, out + row * count);
  }
}
