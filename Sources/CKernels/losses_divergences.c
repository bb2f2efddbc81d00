// Divergences between the softened probabilities of student and teacher, in double precision.
#include "losses_rows.h"

static double reverse_kl(const attar_softened *r, double unused) {
  (void)unused;
  double value = 0;
  for (size_t c = 0; c < r->width; c++) {
    r->g[c] = r->log_p[c] - r->log_q[c];
    value += r->p[c] * r->g[c];
  }
  return value;
}

static double generalised_jsd(const attar_softened *r, double beta) {
  double value = 0;
  for (size_t c = 0; c < r->width; c++) {
    double log_mix = log(beta * r->q[c] + (1 - beta) * r->p[c]);
    if (!(log_mix > -INFINITY)) log_mix = fmax(r->log_p[c], r->log_q[c]);
    r->g[c] = (1 - beta) * (r->log_p[c] - log_mix);
    value += beta * r->q[c] * (r->log_q[c] - log_mix) + r->p[c] * r->g[c];
  }
  return value;
}

static double total_variation(const attar_softened *r, double unused) {
  (void)unused;
  double value = 0;
  for (size_t c = 0; c < r->width; c++) {
    double difference = r->p[c] - r->q[c];
    r->g[c] = difference > 0 ? 0.5 : difference < 0 ? -0.5 : 0;
    value += 0.5 * fabs(difference);
  }
  return value;
}

static double skew_kl(const attar_softened *r, double alpha) {
  double value = 0;
  for (size_t c = 0; c < r->width; c++) {
    double mix = alpha * r->q[c] + (1 - alpha) * r->p[c];
    r->g[c] = mix > 0 ? -(1 - alpha) * r->q[c] / mix : 0;
    if (mix > 0) value += r->q[c] * (r->log_q[c] - log(mix));
  }
  return value;
}

static double skew_reverse_kl(const attar_softened *r, double alpha) {
  double value = 0;
  for (size_t c = 0; c < r->width; c++) {
    double mix = (1 - alpha) * r->q[c] + alpha * r->p[c];
    double ratio = mix > 0 ? r->log_p[c] - log(mix) : 0;
    r->g[c] = mix > 0 ? ratio - alpha * r->p[c] / mix : 0;
    value += r->p[c] * ratio;
  }
  return value;
}

static double probability_squares(const attar_softened *r, double unused) {
  (void)unused;
  double value = 0, share = 1 / (double)r->width;
  for (size_t c = 0; c < r->width; c++) {
    double difference = r->p[c] - r->q[c];
    r->g[c] = 2 * share * difference;
    value += share * difference * difference;
  }
  return value;
}

double attar_loss_reverse_kl(const attar_loss_batch *b, double f, double t, double parameter, float *gradient) {
  return attar_softened_sum(b, f, t, parameter, gradient, reverse_kl);
}

double attar_loss_generalised_jsd(const attar_loss_batch *b, double f, double t, double beta, float *gradient) {
  return attar_softened_sum(b, f, t, beta, gradient, generalised_jsd);
}

double attar_loss_total_variation(const attar_loss_batch *b, double f, double t, double parameter, float *gradient) {
  return attar_softened_sum(b, f, t, parameter, gradient, total_variation);
}

double attar_loss_skew_kl(const attar_loss_batch *b, double f, double t, double alpha, float *gradient) {
  return attar_softened_sum(b, f, t, alpha, gradient, skew_kl);
}

double attar_loss_skew_reverse_kl(const attar_loss_batch *b, double f, double t, double alpha, float *gradient) {
  return attar_softened_sum(b, f, t, alpha, gradient, skew_reverse_kl);
}

double attar_loss_probability_squares(
    const attar_loss_batch *b, double f, double t, double parameter, float *gradient) {
  return attar_softened_sum(b, f, t, parameter, gradient, probability_squares);
}
