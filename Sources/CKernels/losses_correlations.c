// Correlations between the softened probabilities of student and teacher, within a row and within a class (Huang et al., "Knowledge
// Distillation from A Stronger Teacher", NeurIPS 2022).
#include "losses_rows.h"

#include <string.h>

// Keeps a correlation with a constant finite, as published implementations do.
static const double correlation_floor = 1e-8;

static double inter_class(const attar_softened *r, double unused) {
  (void)unused;
  double mean = 1 / (double)r->width, pq = 0, pp = 0, qq = 0;  // both rows sum to 1
  for (size_t c = 0; c < r->width; c++) {
    double x = r->p[c] - mean, y = r->q[c] - mean;
    pq += x * y;
    pp += x * x;
    qq += y * y;
  }
  double norms = sqrt(pp * qq), below = norms + correlation_floor, rho = pq / below;
  for (size_t c = 0; c < r->width; c++) {
    double x = r->p[c] - mean, y = r->q[c] - mean;
    r->g[c] = norms > 0 ? -(y - rho * x * norms / pp) / below : 0;
  }
  return 1 - rho;
}

double attar_loss_inter_class(const attar_loss_batch *b, double f, double t, double parameter, float *gradient) {
  return attar_softened_sum(b, f, t, parameter, gradient, inter_class);
}

double attar_loss_intra_class(
    const attar_loss_batch *b, double factor, double temperature, double parameter, float *gradient) {
  (void)parameter;
  if (!b->soft || b->rows == 0) return 0;
  attar_loss_room memory;
  size_t width = b->width;
  double *room = attar_take_room(&memory, 9 * width);
  double *p = room, *log_p = room + width, *q = room + 2 * width, *log_q = room + 3 * width;
  double *mean_p = room + 4 * width, *mean_q = room + 5 * width;
  double *pp = room + 6 * width, *qq = room + 7 * width, *pq = room + 8 * width;
  memset(mean_p, 0, 5 * width * sizeof(double));
  double inverse = 1 / temperature, scale = factor * temperature * temperature, total = 0, value = 0;
  for (size_t row = 0; row < b->rows; row++) total += b->weights[row];
  // Pass 0 adds up the classes' means over the rows, pass 1 their squares and products, pass 2 writes the gradient.
  for (int pass = 0; total > 0 && pass < (gradient ? 3 : 2); pass++) {
    for (size_t row = 0; row < b->rows; row++) {
      double weight = b->weights[row];
      attar_soften(b->outputs + row * width, width, inverse, p, log_p);
      attar_soften(b->soft + row * width, width, inverse, q, log_q);
      if (pass == 0) {
        for (size_t c = 0; c < width; c++) {
          mean_p[c] += weight / total * p[c];
          mean_q[c] += weight / total * q[c];
        }
      } else if (pass == 1) {
        for (size_t c = 0; c < width; c++) {
          double x = p[c] - mean_p[c], y = q[c] - mean_q[c];
          pp[c] += weight * x * x;
          qq[c] += weight * y * y;
          pq[c] += weight * x * y;
        }
      } else {
        double *g = log_p, mean = 0;
        for (size_t c = 0; c < width; c++) {
          double norms = sqrt(pp[c] * qq[c]), below = norms + correlation_floor;
          double x = p[c] - mean_p[c], y = q[c] - mean_q[c];
          g[c] = norms > 0 ? -weight * (y - pq[c] / below * x * norms / pp[c]) / below : 0;
          mean += p[c] * g[c];
        }
        double counts = scale * total / (double)width;
        for (size_t c = 0; c < width; c++)
          gradient[row * width + c] += (float)(counts * inverse * p[c] * (g[c] - mean));
      }
    }
  }
  for (size_t c = 0; c < width; c++)
    value += scale * total / (double)width * (1 - pq[c] / (sqrt(pp[c] * qq[c]) + correlation_floor));
  attar_leave_room(&memory);
  return value;
}
