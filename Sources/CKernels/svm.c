#include "attar_svm.h"

#include "dispatch.h"
#include "vector_math.h"
#pragma clang fp contract(fast)

ATTAR_DISPATCH void attar_rbf(
    float *restrict products, const float *restrict row_squares, const float *restrict vector_squares, size_t rows,
    size_t vectors, float gamma) {
  for (size_t row = 0; row < rows; row++) {
    float *restrict values = products + row * vectors;
    for (size_t vector = 0; vector < vectors; vector++) {
      const float distance = row_squares[row] + vector_squares[vector] - 2 * values[vector];
      // Rounding can make the distance of equal vectors negative.
      values[vector] = attar_exp(-gamma * (distance > 0 ? distance : 0));
    }
  }
}

// The probabilities p minimise Σ_{i<j} (r_ji·p_i − r_ij·p_j)² with Σ p = 1, that is pᵀQp with Q_ii = Σ_j r_ji² and
// Q_ij = −r_ji·r_ij. Each step sets one p_i to its best value given the others, and rescales.
void attar_couple_pairs(const float *pairs, float *probabilities, size_t rows, size_t classes, float *scratch) {
  enum { MOST_SWEEPS = 100 };
  const float tolerance = 0.001f / (float)classes;
  float *quadratic = scratch, *products = scratch + classes * classes;
  const size_t count = classes * (classes - 1) / 2;
  for (size_t row = 0; row < rows; row++) {
    const float *r = pairs + row * count;
    float *p = probabilities + row * classes;
    for (size_t i = 0; i < classes; i++) {
      p[i] = 1 / (float)classes;
      quadratic[i * classes + i] = 0;
    }
    for (size_t i = 0, pair = 0; i < classes; i++) {
      for (size_t j = i + 1; j < classes; j++, pair++) {
        const float for_i = r[pair], for_j = 1 - r[pair];
        quadratic[i * classes + i] += for_j * for_j;
        quadratic[j * classes + j] += for_i * for_i;
        quadratic[i * classes + j] = quadratic[j * classes + i] = -for_i * for_j;
      }
    }
    for (int sweep = 0; classes > 1 && sweep < MOST_SWEEPS; sweep++) {
      float form = 0, worst = 0;
      for (size_t i = 0; i < classes; i++) {
        products[i] = 0;
        for (size_t j = 0; j < classes; j++) products[i] += quadratic[i * classes + j] * p[j];
        form += p[i] * products[i];
      }
      for (size_t i = 0; i < classes; i++) {
        const float off = products[i] > form ? products[i] - form : form - products[i];
        worst = off > worst ? off : worst;
      }
      if (worst < tolerance) break;
      for (size_t i = 0; i < classes; i++) {
        const float change = (form - products[i]) / quadratic[i * classes + i];
        const float scale = 1 / (1 + change);
        p[i] += change;
        form = (form + change * (change * quadratic[i * classes + i] + 2 * products[i])) * scale * scale;
        for (size_t j = 0; j < classes; j++) {
          products[j] = (products[j] + change * quadratic[i * classes + j]) * scale;
          p[j] *= scale;
        }
      }
    }
  }
}
