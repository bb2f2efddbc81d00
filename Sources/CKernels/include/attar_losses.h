// Losses of distillation over one batch, each with its gradient.
#pragma once
#include <stddef.h>
#include <stdint.h>

// The buffers of one batch, row by row; null where there is none. Labels are −1 and values NaN where unknown.
typedef struct {
  size_t rows, width;
  const float *outputs;   // the student's logits or values, (rows, width)
  const float *soft;      // the teacher's, (rows, width)
  const int32_t *labels;  // (rows)
  const float *values;    // (rows, width)
  const float *weights;   // (rows)
} attar_loss_batch;

// label_factor · Σ w·cross-entropy + teacher_factor · Σ w·T²·KL(teacher ‖ student). Overwrites the gradient, if given.
double attar_loss_fused(
    const attar_loss_batch *batch, double label_factor, double teacher_factor, double temperature, float *gradient);

// The same where a row counts by another weight for what compares it with the teacher: `taught` (rows).
double attar_loss_fused_by(
    const attar_loss_batch *batch, const float *taught, double label_factor, double teacher_factor, double temperature,
    float *gradient);

// Teachers of which few classes of a row are known: row r's are ids and values from offsets[r] up to, not including, offsets[r + 1].
typedef struct {
  const int32_t *offsets;  // (rows + 1)
  const int32_t *ids;      // classes, in range
  const float *values;
  const float *tails;  // (rows); NULL for classes that were drawn
} attar_listed;

// factor · Σ w·loss; adds the derivative to the gradient, if given. At temperature 1, with p the student's softmax:
// Where there are tails, values are the shares q of the listed classes, whose ids ascend, and the tail is the share of all others
// together: Σ over listed of q·log(q/p) + tail·log(tail/(1 − Σ p)), the divergence of attar_loss_top_classes.
// Without, values are the weights v of classes that were drawn, several times where they were: −Σ v·log p. Where the weights of a class
// expect its share, so does the loss expect the cross-entropy, and its gradient likewise.
double attar_loss_listed(
    const attar_loss_batch *batch, const attar_listed *targets, double factor, float *gradient);

// Each returns factor · Σ over rows of weight · loss, and adds the derivative by the outputs to the gradient, if given.
// On softened probabilities the loss is multiplied by T², save for the soft cross-entropy.
typedef double (*attar_loss)(
    const attar_loss_batch *batch, double factor, double temperature, double parameter, float *gradient);

double attar_loss_kl(const attar_loss_batch *, double, double, double, float *);
double attar_loss_uniform_cross_entropy(const attar_loss_batch *, double, double, double, float *);
double attar_loss_soft_cross_entropy(const attar_loss_batch *, double, double, double, float *);
double attar_loss_standardised_kl(const attar_loss_batch *, double, double, double, float *);
double attar_loss_target_class(const attar_loss_batch *, double, double, double, float *);
double attar_loss_non_target_class(const attar_loss_batch *, double, double, double, float *);
double attar_loss_inter_class(const attar_loss_batch *, double, double, double, float *);
double attar_loss_intra_class(const attar_loss_batch *, double, double, double, float *);
double attar_loss_reverse_kl(const attar_loss_batch *, double, double, double, float *);
double attar_loss_generalised_jsd(const attar_loss_batch *, double, double, double beta, float *);
double attar_loss_total_variation(const attar_loss_batch *, double, double, double, float *);
double attar_loss_skew_kl(const attar_loss_batch *, double, double, double alpha, float *);
double attar_loss_skew_reverse_kl(const attar_loss_batch *, double, double, double alpha, float *);
double attar_loss_top_classes(const attar_loss_batch *, double, double, double known, float *);
double attar_loss_probability_squares(const attar_loss_batch *, double, double, double, float *);
double attar_loss_squares(const attar_loss_batch *, double, double, double, float *);
double attar_loss_teacher_squares(const attar_loss_batch *, double, double, double, float *);
double attar_loss_bounded(const attar_loss_batch *, double, double, double margin, float *);
double attar_loss_attentive(const attar_loss_batch *, double, double, double scale, float *);
double attar_loss_huber(const attar_loss_batch *, double, double, double threshold, float *);
double attar_loss_quantile(const attar_loss_batch *, double, double, double quantile, float *);
