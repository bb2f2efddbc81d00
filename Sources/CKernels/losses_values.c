// Losses on values; a row's loss is the mean over its outputs.
#include "attar_losses.h"

#include <math.h>

#include "dispatch.h"

// Mean squared error of a row's outputs to targets, over those that are known; `known` receives how many are.
static double row_squares(const float *outputs, const float *targets, size_t width, size_t *known) {
  double sum = 0;
  size_t count = 0;
  for (size_t c = 0; c < width; c++) {
    double difference = (double)outputs[c] - targets[c];
    if (isnan(targets[c])) continue;
    sum += difference * difference;
    count++;
  }
  if (known) *known = count;
  return sum / (double)width;
}

static void add_row_squares(const float *outputs, const float *targets, size_t width, double factor, float *to) {
  for (size_t c = 0; c < width; c++)
    if (!isnan(targets[c])) to[c] += (float)(2 * factor / (double)width * ((double)outputs[c] - targets[c]));
}

static double squares_sum(const attar_loss_batch *b, const float *targets, double factor, float *gradient) {
  if (!targets) return 0;
  double value = 0;
  for (size_t row = 0; row < b->rows; row++) {
    size_t at = row * b->width;
    double counts = factor * b->weights[row];
    value += counts * row_squares(b->outputs + at, targets + at, b->width, NULL);
    if (gradient) add_row_squares(b->outputs + at, targets + at, b->width, counts, gradient + at);
  }
  return value;
}

double attar_loss_squares(const attar_loss_batch *b, double f, double t, double parameter, float *gradient) {
  (void)t, (void)parameter;
  return squares_sum(b, b->values, f, gradient);
}

double attar_loss_teacher_squares(const attar_loss_batch *b, double f, double t, double parameter, float *gradient) {
  (void)t, (void)parameter;
  return squares_sum(b, b->soft, f, gradient);
}

// Squared errors that look at how wrong the teacher is on the row; where that is unknown, they follow the teacher.
ATTAR_INLINE double teacher_aware_sum(
    const attar_loss_batch *b, double factor, double parameter, float *gradient, int bounded) {
  if (!b->soft) return 0;
  double value = 0;
  for (size_t row = 0; row < b->rows; row++) {
    size_t at = row * b->width, known = 0;
    const float *student = b->outputs + at, *teacher = b->soft + at, *label = b->values ? b->values + at : NULL;
    double counts = factor * b->weights[row], wrong = 0;
    if (label) wrong = row_squares(teacher, label, b->width, &known);
    const float *towards = teacher;
    if (known > 0) {
      if (bounded) {
        towards = label;
        if (row_squares(student, label, b->width, NULL) + parameter <= wrong) counts = 0;
      } else {
        counts *= fmax(0, 1 - wrong / parameter);
      }
    }
    if (counts == 0) continue;
    value += counts * row_squares(student, towards, b->width, NULL);
    if (gradient) add_row_squares(student, towards, b->width, counts, gradient + at);
  }
  return value;
}

double attar_loss_bounded(const attar_loss_batch *b, double f, double t, double margin, float *gradient) {
  (void)t;
  return teacher_aware_sum(b, f, margin, gradient, 1);
}

double attar_loss_attentive(const attar_loss_batch *b, double f, double t, double scale, float *gradient) {
  (void)t;
  return teacher_aware_sum(b, f, scale, gradient, 0);
}

// For each known value, `at`, which counts `counts`: what an output's error costs.
#define EACH_KNOWN_VALUE(b, factor, ...)                                       \
  for (size_t row = 0; row < (b)->rows; row++) {                               \
    double counts = (factor) * (b)->weights[row] / (double)(b)->width;         \
    for (size_t at = row * (b)->width; at < (row + 1) * (b)->width; at++) {    \
      if (isnan((b)->values[at])) continue;                                    \
      __VA_ARGS__                                                              \
    }                                                                          \
  }

double attar_loss_huber(const attar_loss_batch *b, double factor, double t, double threshold, float *gradient) {
  (void)t;
  if (!b->values) return 0;
  double value = 0;
  EACH_KNOWN_VALUE(b, factor, {
    double error = (double)b->outputs[at] - b->values[at], size = fabs(error);
    value += counts * (size <= threshold ? 0.5 * error * error : threshold * (size - 0.5 * threshold));
    if (gradient) gradient[at] += (float)(counts * fmax(-threshold, fmin(threshold, error)));
  })
  return value;
}

double attar_loss_quantile(const attar_loss_batch *b, double factor, double t, double quantile, float *gradient) {
  (void)t;
  if (!b->values) return 0;
  double value = 0;
  EACH_KNOWN_VALUE(b, factor, {
    double short_by = (double)b->values[at] - b->outputs[at];
    double slope = short_by > 0 ? quantile : short_by < 0 ? quantile - 1 : 0;
    value += counts * slope * short_by;
    if (gradient) gradient[at] -= (float)(counts * slope);
  })
  return value;
}
