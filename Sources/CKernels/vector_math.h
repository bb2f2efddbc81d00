// Elementary functions that the compiler can vectorise, because they have no branches and call nothing.
#pragma once
#include <stdint.h>
#include <string.h>

#include "dispatch.h"

// Defines name(number *x), which puts e^x in the place of x, for floats or for vectors of them; `whole` are as many integers, and
// ROUNDED(n, whole) turns whole numbers into them. Each caller's rules for products and sums in one rounding hold.
//
// Relative error below 3e-7 for x in [−87.3, 88.3]; beyond, the value at the nearer end. NaN stays NaN.
// x = n·ln 2 + r with |r| ≤ ln 2 / 2; e^r by a polynomial (coefficients of Cephes' expf), 2^n through the exponent's bits.
#define ATTAR_DEFINE_EXP(name, number, whole, ROUNDED) \
  ATTAR_INLINE void name(number *at) { \
    number x = *at; \
    x = x < -87.3f ? (number)-87.3f : x; \
    x = x > 88.3f ? (number)88.3f : x; \
    number n = (x * 1.44269504f + 12582912.0f) - 12582912.0f; /* 1.5·2²³ rounds to the nearest whole number */ \
    number r = x - n * 0.693359375f; \
    r = r + n * 2.12194440e-4f; \
    number p = (number)1.9875691500e-4f; \
    p = p * r + 1.3981999507e-3f; \
    p = p * r + 8.3334519073e-3f; \
    p = p * r + 4.1665795894e-2f; \
    p = p * r + 1.6666665459e-1f; \
    p = p * r + 5.0000001201e-1f; \
    number y = p * (r * r) + r + 1.0f; \
    whole bits = (ROUNDED(n, whole) + 127) << 23; \
    number power; \
    memcpy(&power, &bits, sizeof power); \
    *at = y * power; \
  }

#define ATTAR_ROUNDED_FLOAT(n, whole) ((whole)(n))
#define ATTAR_ROUNDED_VECTOR(n, whole) __builtin_convertvector(n, whole)

ATTAR_DEFINE_EXP(attar_exp_in_place, float, int32_t, ATTAR_ROUNDED_FLOAT)

// e^x, as said above.
ATTAR_INLINE float attar_exp(float x) {
  attar_exp_in_place(&x);
  return x;
}

ATTAR_INLINE float attar_sigmoid(float x) { return 1.0f / (1.0f + attar_exp(-x)); }

ATTAR_INLINE float attar_tanh(float x) { return 1.0f - 2.0f / (attar_exp(2.0f * x) + 1.0f); }

// The normal distribution function Φ(x), absolute error below 2e-7 (Abramowitz and Stegun 7.1.26 for erf).
ATTAR_INLINE float attar_normal_cdf(float x) {
  float z = (x < 0 ? -x : x) * 0.70710678f;
  float t = 1.0f / (1.0f + 0.3275911f * z);
  float p = 1.061405429f;
  p = p * t - 1.453152027f;
  p = p * t + 1.421413741f;
  p = p * t - 0.284496736f;
  p = p * t + 0.254829592f;
  float tail = 0.5f * p * t * attar_exp(-z * z);
  return x < 0 ? tail : 1.0f - tail;
}
