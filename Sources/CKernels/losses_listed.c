// Losses to a teacher of which a row tells few classes: the likeliest ones with a bucket for the rest, or some that were drawn. Made for
// rows of many classes, such as the tokens of a vocabulary: one pass of vectors for the softmax, and one for the gradient.
#include "attar_losses.h"

#include <math.h>

#include "dispatch.h"
#include "vector_math.h"

ATTAR_INLINE float greatest(const float *z, size_t count, float most) {
  for (size_t c = 0; c < count; c++) most = z[c] > most ? z[c] : most;
  return most;
}

// Σ e^(z − highest).
ATTAR_INLINE double exponentials(const float *z, size_t count, float highest) {
#pragma clang fp reassociate(on) contract(fast)
  float sum = 0;
  for (size_t c = 0; c < count; c++) sum += attar_exp(z[c] - highest);
  return sum;
}

// slopes += factor·e^(z − highest).
ATTAR_INLINE void add_slopes(const float *z, size_t count, float highest, float factor, float *slopes) {
#pragma clang fp contract(fast)
  for (size_t c = 0; c < count; c++) slopes[c] += factor * attar_exp(z[c] - highest);
}

// The classes between the listed ones, from and up to, not including; `i` counts from 0 to the number of listed ones.
ATTAR_INLINE size_t gap_start(const int32_t *ids, size_t i) { return i == 0 ? 0 : (size_t)ids[i - 1] + 1; }
ATTAR_INLINE size_t gap_end(const int32_t *ids, size_t i, size_t count, size_t width) {
  return i == count ? width : (size_t)ids[i];
}

// One row: listed classes by themselves, the others as one. `counts` is how much the row counts.
ATTAR_INLINE double listed_row(
    const float *z, size_t width, const int32_t *ids, const float *shares, size_t count, double tail, double counts,
    float *gradient) {
  float highest = -INFINITY;
  for (size_t i = 0; i <= count; i++) {
    size_t start = gap_start(ids, i);
    highest = greatest(z + start, gap_end(ids, i, count, width) - start, highest);
  }
  double rest = 0, mass = 0, value = 0;
  if (count < width)
    for (size_t i = 0; i <= count; i++) {
      size_t start = gap_start(ids, i);
      rest += exponentials(z + start, gap_end(ids, i, count, width) - start, highest);
    }
  else
    tail = 0;  // there are no others
  double log_rest = highest + log(rest), most = count < width ? log_rest : -INFINITY, sum = 0;
  for (size_t i = 0; i < count; i++) most = fmax(most, z[ids[i]]);
  if (count < width) sum += exp(log_rest - most);
  for (size_t i = 0; i < count; i++) sum += exp(z[ids[i]] - most);
  double log_sum = most + log(sum);
  for (size_t i = 0; i < count; i++) {
    double q = shares[i];
    mass += q;
    if (q > 0) value += q * (log(q) - (z[ids[i]] - log_sum));
  }
  mass += tail;
  if (tail > 0) value += tail * (log(tail) - (log_rest - log_sum));
  if (!gradient) return counts * value;
  if (count < width) {
    // Of the bucket's slope, mass·p − tail, each class gets its part of the bucket: e^(z − highest) / rest.
    float factor = (float)(counts * (mass * exp(log_rest - log_sum) - tail) / rest);
    for (size_t i = 0; i <= count; i++) {
      size_t start = gap_start(ids, i);
      add_slopes(z + start, gap_end(ids, i, count, width) - start, highest, factor, gradient + start);
    }
  }
  for (size_t i = 0; i < count; i++)
    gradient[ids[i]] += (float)(counts * (mass * exp(z[ids[i]] - log_sum) - shares[i]));
  return counts * value;
}

// One row: cross-entropy with each drawn class, by its weight.
ATTAR_INLINE double sampled_row(
    const float *z, size_t width, const int32_t *ids, const float *weights, size_t count, double counts,
    float *gradient) {
  float highest = greatest(z, width, -INFINITY);
  double sum = exponentials(z, width, highest), log_sum = highest + log(sum), mass = 0, value = 0;
  for (size_t i = 0; i < count; i++) {
    mass += weights[i];
    value += weights[i] * (log_sum - z[ids[i]]);
  }
  if (!gradient) return counts * value;
  add_slopes(z, width, highest, (float)(counts * mass / sum), gradient);
  for (size_t i = 0; i < count; i++) gradient[ids[i]] -= (float)(counts * weights[i]);
  return counts * value;
}

ATTAR_DISPATCH double attar_loss_listed(
    const attar_loss_batch *b, const attar_listed *targets, double factor, float *gradient) {
  double value = 0;
  for (size_t row = 0; row < b->rows; row++) {
    float *to = gradient ? gradient + row * b->width : NULL;
    double counts = factor * b->weights[row];
    if (counts == 0) continue;
    size_t first = (size_t)targets->offsets[row], count = (size_t)targets->offsets[row + 1] - first;
    const float *z = b->outputs + row * b->width;
    const int32_t *ids = targets->ids + first;
    const float *numbers = targets->values + first;
    value += targets->tails
        ? listed_row(z, b->width, ids, numbers, count, targets->tails[row], counts, to)
        : sampled_row(z, b->width, ids, numbers, count, counts, to);
  }
  return value;
}
