// Steps of optimisers over flat buffers.
#pragma once
#include <stddef.h>

// One step of Adam (Kingma and Ba 2015) or AdamW (Loshchilov and Hutter 2019). correction1 = 1 − β1^t, correction2 = 1 − β2^t.
typedef struct {
  float rate, beta1, beta2, epsilon, correction1, correction2;
  float penalty;  // added to the gradient times the parameter (L2)
  float decay;    // taken off the parameter, times the rate (decoupled)
} attar_adam_settings;

void attar_adam(
    float *parameters, const float *gradients, float *first, float *second, size_t count, attar_adam_settings settings);

// One step of Lion: the sign of a running mean of the gradient, with decay decoupled.
void attar_lion(
    float *parameters, const float *gradients, float *moment, size_t count, float rate, float beta1, float beta2, float decay);

// The sum of x[i]², in double precision.
double attar_sum_of_squares(const float *x, size_t count);

// into[i] moves towards from[i] by a share of the way.
void attar_blend(float *into, const float *from, size_t count, float share);

// One step of gradient descent with momentum: velocity = momentum·velocity + g; Nesterov's looks one step ahead.
void attar_sgd(
    float *parameters, const float *gradients, float *velocity, size_t count, float rate, float momentum, int nesterov,
    float penalty);
