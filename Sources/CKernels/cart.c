// The two loops of growing one multi-output regression tree on presorted features.
#include "attar_trees.h"

#include <string.h>

#if defined(__x86_64__)
#define DISPATCHED __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")))
#else
#define DISPATCHED
#endif

DISPATCHED
attar_cart_split attar_cart_best_split(
    const int32_t *order, size_t count, const float *feature, const float *targets, size_t width, const float *weights,
    const double *sums, double weight, double least, double *left) {
#pragma clang fp reassociate(on) contract(fast)
  attar_cart_split best = {0, 0, 0};
  if (count == 0 || feature[order[0]] == feature[order[count - 1]]) return best;
  memset(left, 0, width * sizeof(double));
  double all = 0;
  for (size_t k = 0; k < width; k++) all += sums[k] * sums[k];
  double base = all / weight;
  // With L the left rows' sums and S all sums: |S − L|² = |S|² − 2·S·L + |L|², so two running products are enough.
  double left_weight = 0, left_squares = 0, cross = 0;
  for (size_t i = 0; i + 1 < count; i++) {
    int32_t row = order[i];
    const float *target = targets + (size_t)row * width;
    double w = weights[row], with_left = 0, with_all = 0, own = 0;
    for (size_t k = 0; k < width; k++) {
      double t = w * target[k];
      with_left += t * left[k];
      with_all += t * sums[k];
      own += t * t;
      left[k] += t;
    }
    left_weight += w;
    left_squares += 2 * with_left + own;
    cross += with_all;
    if (feature[row] == feature[order[i + 1]]) continue;
    double right_weight = weight - left_weight;
    if (left_weight < least || right_weight < least) continue;
    double gain = left_squares / left_weight + (all - 2 * cross + left_squares) / right_weight - base;
    if (gain > best.gain) {
      best.gain = gain;
      best.position = i + 1;
    }
  }
  if (best.position > 0) {
    float below = feature[order[best.position - 1]], above = feature[order[best.position]];
    float middle = 0.5f * below + 0.5f * above;
    best.threshold = middle < above ? middle : below;
  }
  return best;
}

void attar_cart_partition(
    int32_t *order, size_t count, const float *feature, float threshold, int32_t *room) {
  size_t left = 0, right = 0;
  for (size_t i = 0; i < count; i++) {
    int32_t row = order[i];
    int goes_left = feature[row] <= threshold;
    order[left] = row;
    room[right] = row;
    left += (size_t)goes_left;
    right += (size_t)!goes_left;
  }
  memcpy(order + left, room, right * sizeof(int32_t));
}
