// Each row is compared with one other, as the next one is known only after that.
#include "attar_distances.h"

#include "dispatch.h"

ATTAR_DISPATCH size_t attar_farthest_row(
    const float *rows, size_t count, size_t width, size_t centre, float *distances) {
#pragma clang fp reassociate(on) contract(fast)
  const float *restrict own = rows + centre * width;
  size_t farthest = 0;
  for (size_t row = 0; row < count; row++) {
    const float *restrict other = rows + row * width;
    float sum = 0;
    for (size_t i = 0; i < width; i++) {
      float difference = own[i] - other[i];
      sum += difference * difference;
    }
    if (sum < distances[row]) distances[row] = sum;
    if (distances[row] > distances[farthest]) farthest = row;
  }
  return farthest;
}
