// Parameter updates: one pass over the flat buffers of parameters, gradients and moments.
#include "CKernels.h"
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
