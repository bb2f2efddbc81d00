// KL in two halves: the target class against all others, and the others among themselves (Zhao et al., "Decoupled Knowledge
// Distillation", CVPR 2022).
#include "losses_rows.h"

// Both halves of decoupled distillation. A row without a label has no target class: its first half is plain KL.
ATTAR_INLINE double decoupled_sum(
    const attar_loss_batch *b, double factor, double temperature, float *gradient, int target_half) {
  if (!b->soft) return 0;
  attar_loss_room memory;
  size_t width = b->width;
  double *p = attar_take_room(&memory, 4 * width), *log_p = p + width, *q = p + 2 * width, *log_q = p + 3 * width;
  double inverse = 1 / temperature, scale = factor * temperature * temperature, value = 0;
  for (size_t row = 0; row < b->rows; row++) {
    long label = b->labels ? b->labels[row] : -1;
    if (label < 0 && !target_half) continue;
    double counts = scale * b->weights[row];
    float *to = gradient ? gradient + row * width : NULL;
    attar_soften(b->outputs + row * width, width, inverse, p, log_p);
    attar_soften(b->soft + row * width, width, inverse, q, log_q);
    if (label < 0) {
      for (size_t c = 0; c < width; c++) value += counts * q[c] * (log_q[c] - log_p[c]);
      if (to)
        for (size_t c = 0; c < width; c++) to[c] += (float)(counts * inverse * (p[c] - q[c]));
      continue;
    }
    // The other classes' total, through logarithms because it may be all but nothing.
    double highest_p = -INFINITY, highest_q = -INFINITY, rest_p = 0, rest_q = 0;
    for (size_t c = 0; c < width; c++) {
      if ((long)c == label) continue;
      highest_p = fmax(highest_p, log_p[c]);
      highest_q = fmax(highest_q, log_q[c]);
    }
    if (!(highest_p > -INFINITY && highest_q > -INFINITY)) continue;  // a single class
    for (size_t c = 0; c < width; c++) {
      if ((long)c == label) continue;
      rest_p += exp(log_p[c] - highest_p);
      rest_q += exp(log_q[c] - highest_q);
    }
    double log_rest_p = highest_p + log(rest_p), log_rest_q = highest_q + log(rest_q);
    if (target_half) {
      value += counts * (q[label] * (log_q[label] - log_p[label]) + exp(log_rest_q) * (log_rest_q - log_rest_p));
      if (!to) continue;
      double difference = counts * inverse * (p[label] - q[label]);
      for (size_t c = 0; c < width; c++)
        to[c] += (float)((long)c == label ? difference : -difference * exp(log_p[c] - log_rest_p));
    } else {
      for (size_t c = 0; c < width; c++) {
        if ((long)c == label) continue;
        double log_other_p = log_p[c] - log_rest_p, log_other_q = log_q[c] - log_rest_q;
        double other_q = exp(log_other_q);
        value += counts * other_q * (log_other_q - log_other_p);
        if (to) to[c] += (float)(counts * inverse * (exp(log_other_p) - other_q));
      }
    }
  }
  attar_leave_room(&memory);
  return value;
}

double attar_loss_kl(const attar_loss_batch *b, double f, double t, double parameter, float *gradient) {
  (void)parameter;
  attar_loss_batch unlabelled = *b;
  unlabelled.labels = NULL;
  return decoupled_sum(&unlabelled, f, t, gradient, 1);
}

double attar_loss_target_class(const attar_loss_batch *b, double f, double t, double parameter, float *gradient) {
  (void)parameter;
  return decoupled_sum(b, f, t, gradient, 1);
}

double attar_loss_non_target_class(const attar_loss_batch *b, double f, double t, double parameter, float *gradient) {
  (void)parameter;
  return decoupled_sum(b, f, t, gradient, 0);
}
