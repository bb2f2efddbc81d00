// Cross-entropies with targets other than labels, in double precision.
#include "losses_rows.h"

double attar_loss_uniform_cross_entropy(
    const attar_loss_batch *b, double factor, double temperature, double parameter, float *gradient) {
  (void)temperature;
  (void)parameter;
  if (!b->labels) return 0;
  attar_loss_room memory;
  size_t width = b->width;
  double *p = attar_take_room(&memory, 2 * width), *log_p = p + width;
  double share = 1.0 / (double)width, value = 0;
  for (size_t row = 0; row < b->rows; row++) {
    if (b->labels[row] < 0) continue;
    attar_soften(b->outputs + row * width, width, 1, p, log_p);
    double counts = factor * b->weights[row];
    for (size_t c = 0; c < width; c++) value -= counts * share * log_p[c];
    if (!gradient) continue;
    for (size_t c = 0; c < width; c++) gradient[row * width + c] += (float)(counts * (p[c] - share));
  }
  attar_leave_room(&memory);
  return value;
}

double attar_loss_soft_cross_entropy(
    const attar_loss_batch *b, double factor, double temperature, double parameter, float *gradient) {
  (void)parameter;
  if (!b->soft) return 0;
  attar_loss_room memory;
  size_t width = b->width;
  double *p = attar_take_room(&memory, 4 * width), *log_p = p + width, *q = p + 2 * width, *log_q = p + 3 * width;
  double inverse = 1 / temperature, value = 0;
  for (size_t row = 0; row < b->rows; row++) {
    attar_soften(b->outputs + row * width, width, inverse, p, log_p);
    attar_soften(b->soft + row * width, width, inverse, q, log_q);
    double counts = factor * b->weights[row];
    for (size_t c = 0; c < width; c++) value -= counts * q[c] * log_p[c];
    if (!gradient) continue;
    for (size_t c = 0; c < width; c++) gradient[row * width + c] += (float)(counts * inverse * (p[c] - q[c]));
  }
  attar_leave_room(&memory);
  return value;
}
