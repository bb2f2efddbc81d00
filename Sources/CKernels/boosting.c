#include "attar_boosting.h"

#include <math.h>

// The smallest curvature that a row may have, so that a leaf of rows that are learned already stays finite.
static const float least_curvature = 1e-6f;
// The smallest probability whose logarithm is taken.
static const float least_probability = 1e-30f;

double attar_boost_softmax(
    const float *margins, const float *targets, const float *weights, size_t rows, size_t classes, float *gradient,
    float *curvature) {
  double loss = 0;
  for (size_t row = 0; row < rows; row++) {
    const float *z = margins + row * classes, *q = targets + row * classes;
    float *g = gradient + row * classes, *h = curvature + row * classes;
    float highest = z[0], sum = 0;
    for (size_t c = 1; c < classes; c++) highest = z[c] > highest ? z[c] : highest;
    for (size_t c = 0; c < classes; c++) sum += g[c] = expf(z[c] - highest);
    double row_loss = 0;
    for (size_t c = 0; c < classes; c++) {
      const float p = g[c] / sum;
      row_loss -= (double)(q[c] * logf(p > least_probability ? p : least_probability));
      const float bent = 2 * p * (1 - p);
      g[c] = (p - q[c]) * weights[row];
      h[c] = (bent > least_curvature ? bent : least_curvature) * weights[row];
    }
    loss += weights[row] * row_loss;
  }
  return loss;
}

double attar_boost_logistic(
    const float *margins, const float *targets, const float *weights, size_t rows, float *gradient, float *curvature) {
  double loss = 0;
  for (size_t row = 0; row < rows; row++) {
    const float z = margins[row], q = targets[row];
    const float p = 1 / (1 + expf(-z));
    // log(1 + exp(z)) − q·z, written so that neither exponential overflows.
    const float positive = z > 0 ? z : 0;
    loss += weights[row] * (double)(positive + log1pf(expf(z > 0 ? -z : z)) - q * z);
    const float bent = p * (1 - p);
    gradient[row] = (p - q) * weights[row];
    curvature[row] = (bent > least_curvature ? bent : least_curvature) * weights[row];
  }
  return loss;
}

double attar_boost_squared(
    const float *margins, const float *targets, const float *weights, size_t rows, size_t outputs, float *gradient,
    float *curvature) {
  double loss = 0;
  for (size_t row = 0; row < rows; row++) {
    for (size_t output = 0; output < outputs; output++) {
      const size_t at = row * outputs + output;
      const float error = margins[at] - targets[at];
      loss += weights[row] * (double)error * error;
      gradient[at] = error * weights[row];
      curvature[at] = weights[row];
    }
  }
  return loss;
}
