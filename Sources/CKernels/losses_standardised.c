// KL between z-scores of logits (Sun et al., "Logit Standardization in Knowledge Distillation", CVPR 2024).
#include "losses_rows.h"

double attar_loss_standardised_kl(
    const attar_loss_batch *b, double factor, double temperature, double parameter, float *gradient) {
  (void)parameter;
  size_t width = b->width;
  if (!b->soft || width < 2) return 0;
  const double floor = 1e-7;
  attar_loss_room memory;
  // p holds the student's z-scores before it holds its probabilities, q the teacher's.
  double *z = attar_take_room(&memory, 3 * width), *p = z + width, *q = z + 2 * width;
  double inverse = 1 / temperature, scale = factor * temperature * temperature, value = 0;
  for (size_t row = 0; row < b->rows; row++) {
    double deviation = 0, log_sums[2];
    for (int side = 0; side < 2; side++) {
      const float *x = (side == 0 ? b->soft : b->outputs) + row * width;
      double *to = side == 0 ? q : p, mean = 0, squares = 0, highest = -INFINITY, sum = 0;
      for (size_t c = 0; c < width; c++) mean += x[c];
      mean /= (double)width;
      for (size_t c = 0; c < width; c++) squares += (x[c] - mean) * (x[c] - mean);
      deviation = sqrt(squares / (double)(width - 1));
      for (size_t c = 0; c < width; c++) {
        to[c] = (x[c] - mean) / (deviation + floor);
        if (side == 1) z[c] = to[c];
        highest = fmax(highest, to[c]);
      }
      for (size_t c = 0; c < width; c++) sum += exp((to[c] - highest) * inverse);
      log_sums[side] = highest * inverse + log(sum);
    }
    double counts = scale * b->weights[row];
    for (size_t c = 0; c < width; c++) {
      double log_q = q[c] * inverse - log_sums[0], log_p = p[c] * inverse - log_sums[1];
      q[c] = exp(log_q);
      p[c] = exp(log_p);
      value += counts * q[c] * (log_q - log_p);
    }
    if (!gradient || deviation == 0) continue;
    // Through the z-score: the derivatives lose their mean and their part along z.
    double along = 0;
    for (size_t c = 0; c < width; c++) along += (p[c] - q[c]) * z[c];
    along *= (deviation + floor) / (deviation * (double)(width - 1));
    for (size_t c = 0; c < width; c++) {
      double g = (p[c] - q[c] - along * z[c]) / (deviation + floor);
      gradient[row * width + c] += (float)(counts * inverse * g);
    }
  }
  attar_leave_room(&memory);
  return value;
}
