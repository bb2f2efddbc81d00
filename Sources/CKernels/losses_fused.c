// The two losses that nearly every student uses, cross-entropy and T²·KL, fused into one vectorised pass.
#include "attar_losses.h"

#include <math.h>
#include <string.h>

#include "dispatch.h"
#include "vector_math.h"

enum {
  block = 16,     // rows that are worked on side by side, one a vector lane
  narrow = 48,    // the widest row for that
};

// Over the rows of a block, as one vector: without the hint the loop is unrolled before it can be vectorised.
#define LANES _Pragma("clang loop unroll(disable) vectorize_width(16)") for (size_t r = 0; r < block; r++)

// What the fused pass does to a row beyond its logits; `taught` (rows) is how much each counts for the teacher's side.
typedef struct {
  const float *taught;
  float label, inverse, teacher;
} fused_factors;

// Up to `block` narrow rows: classes outside, rows inside, so that every operation is on full vectors.
ATTAR_INLINE double fused_block(
    const attar_loss_batch *b, size_t first, size_t rows, fused_factors f, float *gradient) {
  float s[narrow * block], t[narrow * block], p[narrow * block], q[narrow * block];
  float highest[block], highest_t[block], weight[block], taught[block], labelled[block], label_sum[block];
  float student_sum[block], teacher_sum[block], cross[block];
  size_t width = b->width;
  int with_label = f.label != 0, with_teacher = f.teacher != 0;
  for (size_t r = 0; r < block; r++) {
    // Lanes beyond the last row repeat it with weight 0.
    size_t row = first + (r < rows ? r : rows - 1);
    weight[r] = r < rows ? b->weights[row] : 0;
    taught[r] = r < rows ? f.taught[row] : 0;
    labelled[r] = with_label && b->labels[row] >= 0 ? weight[r] * f.label : 0;
    for (size_t c = 0; c < width; c++) s[c * block + r] = b->outputs[row * width + c];
    if (with_teacher)
      for (size_t c = 0; c < width; c++) t[c * block + r] = b->soft[row * width + c];
    label_sum[r] = student_sum[r] = teacher_sum[r] = cross[r] = 0;
    highest[r] = highest_t[r] = -INFINITY;
  }
  for (size_t c = 0; c < width; c++)
    LANES {
      float x = s[c * block + r];
      highest[r] = x > highest[r] ? x : highest[r];
    }
  if (with_label)
    for (size_t c = 0; c < width; c++)
      LANES {
        float e = attar_exp(s[c * block + r] - highest[r]);
        p[c * block + r] = e;
        label_sum[r] += e;
      }
  float *g = s;  // the logits make room for their gradient, class by class
  double value = 0;
  if (with_teacher) {
    for (size_t c = 0; c < width; c++)
      LANES {
        float x = t[c * block + r];
        highest_t[r] = x > highest_t[r] ? x : highest_t[r];
      }
    for (size_t c = 0; c < width; c++)
      LANES {
        float zs = (s[c * block + r] - highest[r]) * f.inverse;
        float zt = (t[c * block + r] - highest_t[r]) * f.inverse;
        float e = attar_exp(zt);
        q[c * block + r] = e;
        teacher_sum[r] += e;
        cross[r] += e * (zt - zs);
        t[c * block + r] = attar_exp(zs);
        student_sum[r] += t[c * block + r];
      }
    for (size_t r = 0; r < rows; r++) {
      double divergence = cross[r] / teacher_sum[r] + log(student_sum[r] / (double)teacher_sum[r]);
      value += (double)taught[r] * f.teacher * divergence;
    }
  }
  if (with_label)
    for (size_t r = 0; r < rows; r++) {
      if (labelled[r] == 0) continue;
      size_t row = first + r;
      double own = s[(size_t)b->labels[row] * block + r] - highest[r];
      value += (double)labelled[r] * (log(label_sum[r]) - own);
    }
  if (!gradient) return value;
  float by_label[block], by_student[block], by_teacher[block];
  LANES {
    by_label[r] = with_label ? labelled[r] / label_sum[r] : 0;
    by_student[r] = with_teacher ? taught[r] * f.teacher * f.inverse / student_sum[r] : 0;
    by_teacher[r] = with_teacher ? taught[r] * f.teacher * f.inverse / teacher_sum[r] : 0;
  }
  if (with_label)
    for (size_t c = 0; c < width; c++)
      LANES g[c * block + r] = by_label[r] * p[c * block + r];
  else
    memset(g, 0, width * block * sizeof(float));
  if (with_teacher)
    for (size_t c = 0; c < width; c++)
      LANES
        g[c * block + r] += by_student[r] * t[c * block + r] - by_teacher[r] * q[c * block + r];
  for (size_t r = 0; r < rows; r++) {
    float *to = gradient + (first + r) * width;
    for (size_t c = 0; c < width; c++) to[c] = g[c * block + r];
    if (labelled[r] != 0) to[b->labels[first + r]] -= labelled[r];
  }
  return value;
}

// One wide row: classes are vector lanes, and exponentials are taken twice instead of kept.
ATTAR_INLINE double fused_row(const attar_loss_batch *b, size_t row, fused_factors f, float *gradient) {
#pragma clang fp reassociate(on) contract(fast)
  size_t width = b->width;
  const float *s = b->outputs + row * width;
  const float *t = f.teacher != 0 ? b->soft + row * width : s;
  float weight = b->weights[row];
  float labelled = f.label != 0 && b->labels[row] >= 0 ? weight * f.label : 0;
  float taught = f.taught[row] * f.teacher;
  float highest = -INFINITY, highest_t = -INFINITY;
  for (size_t c = 0; c < width; c++) {
    highest = s[c] > highest ? s[c] : highest;
    highest_t = t[c] > highest_t ? t[c] : highest_t;
  }
  float label_sum = 0, student_sum = 0, teacher_sum = 0, cross = 0;
  double value = 0;
  if (labelled != 0) {
    for (size_t c = 0; c < width; c++) label_sum += attar_exp(s[c] - highest);
    value += (double)labelled * (log(label_sum) - (s[b->labels[row]] - highest));
  }
  if (taught != 0) {
    for (size_t c = 0; c < width; c++) {
      float zs = (s[c] - highest) * f.inverse, zt = (t[c] - highest_t) * f.inverse;
      float e = attar_exp(zt);
      teacher_sum += e;
      cross += e * (zt - zs);
      student_sum += attar_exp(zs);
    }
    value += (double)taught * (cross / teacher_sum + log(student_sum / (double)teacher_sum));
  }
  if (!gradient) return value;
  float *g = gradient + row * width;
  if (labelled != 0) {
    float by_label = labelled / label_sum;
    for (size_t c = 0; c < width; c++) g[c] = by_label * attar_exp(s[c] - highest);
    g[b->labels[row]] -= labelled;
  } else {
    memset(g, 0, width * sizeof(float));
  }
  if (taught != 0) {
    float by_student = taught * f.inverse / student_sum, by_teacher = taught * f.inverse / teacher_sum;
    for (size_t c = 0; c < width; c++)
      g[c] += by_student * attar_exp((s[c] - highest) * f.inverse)
        - by_teacher * attar_exp((t[c] - highest_t) * f.inverse);
  }
  return value;
}

ATTAR_DISPATCH double attar_loss_fused_by(
    const attar_loss_batch *b, const float *taught, double label_factor, double teacher_factor, double temperature,
    float *gradient) {
  fused_factors f = {
      taught, b->labels ? (float)label_factor : 0, (float)(1 / temperature),
      b->soft ? (float)(teacher_factor * temperature * temperature) : 0};
  double value = 0;
  if (b->width <= narrow)
    for (size_t row = 0; row < b->rows; row += block) {
      size_t left = b->rows - row;
      value += fused_block(b, row, left < block ? left : block, f, gradient);
    }
  else
    for (size_t row = 0; row < b->rows; row++) value += fused_row(b, row, f, gradient);
  return value;
}

double attar_loss_fused(
    const attar_loss_batch *b, double label_factor, double teacher_factor, double temperature, float *gradient) {
  return attar_loss_fused_by(b, b->weights, label_factor, teacher_factor, temperature, gradient);
}
