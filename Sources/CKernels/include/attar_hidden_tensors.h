// Comparisons of a student's hidden tensors with a teacher's, for feature distillation. Row-major; n stands for rows of a batch.
// Gradients named `gradient` are added to; those named `slopes` are overwritten. A NULL for either asks for the value alone.
#pragma once
#include <stddef.h>

// Σ over rows of share·weight/width·Σ (student − teacher)².
double attar_hint(
    const float *student, const float *teacher, const float *weights, float *gradient, size_t rows, size_t width,
    double share);

// Σ over rows of share·weight/positions·Σ over positions of (a/‖a‖ − b/‖b‖)², with a and b the sums of squares over the channels of
// (positions, channels). Scratch of 2·positions floats.
double attar_attention(
    const float *student, size_t student_channels, const float *teacher, size_t teacher_channels, const float *weights,
    float *gradient, size_t rows, size_t positions, double share, float *scratch);

// unit: each row divided by its length, 0 where that is 0; lengths (rows).
void attar_unit_rows(const float *x, float *unit, float *lengths, size_t rows, size_t width);
// gradient += what flows back to x from the unit rows' slopes.
void attar_unit_rows_gradient(
    const float *unit, const float *lengths, const float *slopes, float *gradient, size_t rows, size_t width);

// share·Σ (a − b)², and its slopes by a.
double attar_squared_differences(const float *a, const float *b, float *slopes, size_t count, double share);

// matrix (n, n) += its transpose.
void attar_add_transpose(float *matrix, size_t n);

// distances (n, n): the squared distance of each row of x (n, width) to each.
void attar_squared_distances(const float *x, float *distances, size_t n, size_t width);
// gradient (n, width) += what flows back to x from slopes (n, n) of the squared distances, (i, j) and (j, i) each by itself.
void attar_squared_distances_gradient(
    const float *x, const float *slopes, float *gradient, size_t n, size_t width);

// share·Σ over pairs of Huber's loss between distances divided by their mean; takes squared distances, and gives slopes by the
// student's.
double attar_relational_distances(
    const float *student, const float *teacher, float *slopes, size_t n, double share);

// share·Σ over triples (i, j, k) of Huber's loss between the cosines of the angles at j; takes squared distances, and gives slopes by
// the student's. Takes time of the order n³. Scratch of 2·n·n floats.
double attar_relational_angles(
    const float *student, const float *teacher, float *slopes, size_t n, double share, float *scratch);

// share·Σ over pairs of q·log(q/p), with p and q a row's shares of (cosine + 1)/2 over all other rows; takes cosines, and gives slopes
// by the student's.
double attar_neighbour_divergence(const float *student, const float *teacher, float *slopes, size_t n, double share);

// out (rows, period·k) = x·factors + offsets, each repeated after `period` numbers.
void attar_rescale(
    const float *x, const float *factors, const float *offsets, float *out, size_t count, size_t period);
