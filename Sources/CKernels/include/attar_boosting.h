// Objectives of gradient boosting.
#pragma once
#include <stddef.h>

// Each returns the weighted sum of the rows' losses, and writes gradient and curvature (second derivative), both times
// the row's weight. Rows have `classes` or `outputs` columns, targets are probabilities or values.

// Softmax cross-entropy: gradient p − q, curvature max(2p(1 − p), 1e-6), an upper bound of the true diagonal.
double attar_boost_softmax(
    const float *margins, const float *targets, const float *weights, size_t rows, size_t classes, float *gradient,
    float *curvature);

// Logistic loss of one margin a row: gradient p − q, curvature max(p(1 − p), 1e-6).
double attar_boost_logistic(
    const float *margins, const float *targets, const float *weights, size_t rows, float *gradient, float *curvature);

// Squared error: gradient margin − target, curvature 1. The loss is the plain square, without a factor of one half.
double attar_boost_squared(
    const float *margins, const float *targets, const float *weights, size_t rows, size_t outputs, float *gradient,
    float *curvature);
