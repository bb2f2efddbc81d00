// Parameter updates: one pass over the flat buffers of parameters, gradients and moments.
#include "attar_optimizers.h"

#include "dispatch.h"
#pragma clang fp contract(fast)

ATTAR_DISPATCH void attar_adam(
    float *restrict parameters, const float *restrict gradients, float *restrict first, float *restrict second,
    size_t count, attar_adam_settings s) {
  float step = s.rate / s.correction1;
  float root = 1.0f / __builtin_elementwise_sqrt(s.correction2);
  float kept = 1.0f - s.rate * s.decay;
  for (size_t i = 0; i < count; i++) {
    float p = parameters[i];
    float g = gradients[i] + s.penalty * p;
    float m = s.beta1 * first[i] + (1.0f - s.beta1) * g;
    float v = s.beta2 * second[i] + (1.0f - s.beta2) * g * g;
    first[i] = m;
    second[i] = v;
    parameters[i] = kept * p - step * m / (__builtin_elementwise_sqrt(v) * root + s.epsilon);
  }
}

ATTAR_DISPATCH void attar_lion(
    float *restrict parameters, const float *restrict gradients, float *restrict moment, size_t count, float rate, float beta1,
    float beta2, float decay) {
  float kept = 1.0f - rate * decay;
  for (size_t i = 0; i < count; i++) {
    float g = gradients[i], m = moment[i];
    float direction = beta1 * m + (1.0f - beta1) * g;
    float sign = direction > 0 ? 1.0f : direction < 0 ? -1.0f : 0.0f;
    moment[i] = beta2 * m + (1.0f - beta2) * g;
    parameters[i] = kept * parameters[i] - rate * sign;
  }
}

ATTAR_DISPATCH double attar_sum_of_squares(const float *x, size_t count) {
  // Sixteen sums side by side, in double: long vectors lose nothing.
  double sums[16] = {0};
  size_t i = 0;
  for (; i + 16 <= count; i += 16)
    for (size_t k = 0; k < 16; k++) sums[k] += (double)x[i + k] * x[i + k];
  double sum = 0;
  for (; i < count; i++) sum += (double)x[i] * x[i];
  for (size_t k = 0; k < 16; k++) sum += sums[k];
  return sum;
}

ATTAR_DISPATCH void attar_blend(float *restrict into, const float *restrict from, size_t count, float share) {
  for (size_t i = 0; i < count; i++) into[i] += share * (from[i] - into[i]);
}

ATTAR_DISPATCH void attar_sgd(
    float *restrict parameters, const float *restrict gradients, float *restrict velocity, size_t count, float rate,
    float momentum, int nesterov, float penalty) {
  float now = nesterov ? 1.0f : 0.0f;
  float ahead = nesterov ? momentum : 1.0f;
  for (size_t i = 0; i < count; i++) {
    float g = gradients[i] + penalty * parameters[i];
    float v = momentum * velocity[i] + g;
    velocity[i] = v;
    parameters[i] -= rate * (now * g + ahead * v);
  }
}
