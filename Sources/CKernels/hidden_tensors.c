#include "attar_hidden_tensors.h"

#include <math.h>
#include <string.h>

#include "dispatch.h"

ATTAR_DISPATCH double attar_hint(
    const float *student, const float *teacher, const float *weights, float *gradient, size_t rows, size_t width,
    double share) {
#pragma clang fp reassociate(on) contract(fast)
  double value = 0;
  for (size_t i = 0; i < rows; i++) {
    const float *s = student + i * width, *t = teacher + i * width;
    double factor = share * weights[i] / (double)width;
    float slope = (float)(2 * factor), sum = 0;
    if (gradient) {
      float *g = gradient + i * width;
      for (size_t k = 0; k < width; k++) {
        float d = s[k] - t[k];
        sum += d * d;
        g[k] += slope * d;
      }
    } else {
      for (size_t k = 0; k < width; k++) sum += (s[k] - t[k]) * (s[k] - t[k]);
    }
    value += factor * sum;
  }
  return value;
}

// map: the sum of squares over the channels at each position, divided by the map's length, which is returned; all 0 where that is 0.
ATTAR_INLINE float attention_map(const float *x, float *map, size_t positions, size_t channels) {
#pragma clang fp reassociate(on) contract(fast)
  float total = 0;
  for (size_t p = 0; p < positions; p++) {
    float sum = 0;
    for (size_t k = 0; k < channels; k++) sum += x[p * channels + k] * x[p * channels + k];
    map[p] = sum;
    total += sum * sum;
  }
  float length = sqrtf(total), inverse = length > 0 ? 1 / length : 0;
  for (size_t p = 0; p < positions; p++) map[p] *= inverse;
  return length;
}

ATTAR_DISPATCH double attar_attention(
    const float *student, size_t student_channels, const float *teacher, size_t teacher_channels, const float *weights,
    float *gradient, size_t rows, size_t positions, double share, float *scratch) {
#pragma clang fp reassociate(on) contract(fast)
  float *a = scratch, *b = scratch + positions;
  double value = 0;
  for (size_t i = 0; i < rows; i++) {
    const float *s = student + i * positions * student_channels;
    float length = attention_map(s, a, positions, student_channels);
    attention_map(teacher + i * positions * teacher_channels, b, positions, teacher_channels);
    double factor = share * weights[i] / (double)positions;
    float sum = 0, along = 0;
    for (size_t p = 0; p < positions; p++) {
      float d = a[p] - b[p];
      sum += d * d;
      along += d * a[p];
    }
    value += factor * sum;
    if (!gradient || length == 0) continue;
    // The map's slope is 2·factor·(d − a·⟨a, d⟩)/length, and that of a channel 2·x as much.
    float slope = (float)(4 * factor / length);
    float *g = gradient + i * positions * student_channels;
    for (size_t p = 0; p < positions; p++) {
      float at = slope * (a[p] - b[p] - a[p] * along);
      for (size_t k = 0; k < student_channels; k++) g[p * student_channels + k] += at * s[p * student_channels + k];
    }
  }
  return value;
}

ATTAR_DISPATCH void attar_unit_rows(const float *x, float *unit, float *lengths, size_t rows, size_t width) {
#pragma clang fp reassociate(on) contract(fast)
  for (size_t i = 0; i < rows; i++) {
    float sum = 0;
    for (size_t k = 0; k < width; k++) sum += x[i * width + k] * x[i * width + k];
    float length = sqrtf(sum), inverse = length > 0 ? 1 / length : 0;
    lengths[i] = length;
    for (size_t k = 0; k < width; k++) unit[i * width + k] = x[i * width + k] * inverse;
  }
}

ATTAR_DISPATCH void attar_unit_rows_gradient(
    const float *unit, const float *lengths, const float *slopes, float *gradient, size_t rows, size_t width) {
#pragma clang fp reassociate(on) contract(fast)
  for (size_t i = 0; i < rows; i++) {
    const float *u = unit + i * width, *d = slopes + i * width;
    float along = 0, inverse = lengths[i] > 0 ? 1 / lengths[i] : 0;
    for (size_t k = 0; k < width; k++) along += u[k] * d[k];
    for (size_t k = 0; k < width; k++) gradient[i * width + k] += inverse * (d[k] - u[k] * along);
  }
}

ATTAR_DISPATCH double attar_squared_differences(
    const float *a, const float *b, float *slopes, size_t count, double share) {
#pragma clang fp reassociate(on) contract(fast)
  float sum = 0, slope = (float)(2 * share);
  for (size_t k = 0; k < count; k++) sum += (a[k] - b[k]) * (a[k] - b[k]);
  if (slopes)
    for (size_t k = 0; k < count; k++) slopes[k] = slope * (a[k] - b[k]);
  return share * sum;
}

ATTAR_DISPATCH void attar_add_transpose(float *matrix, size_t n) {
  for (size_t i = 0; i < n; i++) {
    matrix[i * n + i] *= 2;
    for (size_t j = 0; j < i; j++) matrix[i * n + j] = matrix[j * n + i] = matrix[i * n + j] + matrix[j * n + i];
  }
}

ATTAR_DISPATCH void attar_squared_distances(const float *x, float *distances, size_t n, size_t width) {
#pragma clang fp reassociate(on) contract(fast)
  for (size_t i = 0; i < n; i++) {
    distances[i * n + i] = 0;
    for (size_t j = 0; j < i; j++) {
      float sum = 0;
      for (size_t k = 0; k < width; k++) {
        float d = x[i * width + k] - x[j * width + k];
        sum += d * d;
      }
      distances[i * n + j] = distances[j * n + i] = sum;
    }
  }
}

ATTAR_DISPATCH void attar_squared_distances_gradient(
    const float *x, const float *slopes, float *gradient, size_t n, size_t width) {
#pragma clang fp reassociate(on) contract(fast)
  for (size_t i = 0; i < n; i++)
    for (size_t j = 0; j < n; j++) {
      if (i == j) continue;
      float slope = 2 * (slopes[i * n + j] + slopes[j * n + i]);
      for (size_t k = 0; k < width; k++) gradient[i * width + k] += slope * (x[i * width + k] - x[j * width + k]);
    }
}

// Huber's loss with its bend at 1, and its slope: d within ±1.
ATTAR_INLINE float clamped(float d) { return d > 1 ? 1 : d < -1 ? -1 : d; }
ATTAR_INLINE float huber(float d) {
  float c = clamped(d);
  return c * (d - 0.5f * c);
}

// The mean of the distances that are not 0, and how many those are.
ATTAR_INLINE double mean_distance(const float *squares, size_t n, size_t *count) {
  double sum = 0;
  *count = 0;
  for (size_t k = 0; k < n * n; k++) {
    sum += sqrtf(squares[k]);
    *count += squares[k] > 0;
  }
  return *count > 0 ? sum / (double)*count : 1;
}

ATTAR_DISPATCH double attar_relational_distances(
    const float *student, const float *teacher, float *slopes, size_t n, double share) {
  size_t student_count, teacher_count;
  double mean = mean_distance(student, n, &student_count), teacher_mean = mean_distance(teacher, n, &teacher_count);
  float inverse = (float)(1 / mean), teacher_inverse = (float)(1 / teacher_mean);
  double value = 0, along = 0;
  for (size_t k = 0; k < n * n; k++) {
    float own = sqrtf(student[k]) * inverse, d = own - sqrtf(teacher[k]) * teacher_inverse;
    value += huber(d);
    along += clamped(d) * own;
  }
  if (slopes) {
    // Every distance has a part in the mean that all are divided by.
    float shift = student_count > 0 ? (float)(along / (double)student_count) : 0, factor = (float)(share / mean);
    for (size_t k = 0; k < n * n; k++) {
      float distance = sqrtf(student[k]), d = distance * inverse - sqrtf(teacher[k]) * teacher_inverse;
      slopes[k] = distance > 0 ? factor * (clamped(d) - shift) / (2 * distance) : 0;
    }
  }
  return share * value;
}

// 1/distance, 0 for distance 0.
ATTAR_INLINE void inverse_distances(const float *squares, float *inverses, size_t count) {
  for (size_t k = 0; k < count; k++) inverses[k] = squares[k] > 0 ? 1 / sqrtf(squares[k]) : 0;
}

ATTAR_DISPATCH double attar_relational_angles(
    const float *student, const float *teacher, float *slopes, size_t n, double share, float *scratch) {
#pragma clang fp reassociate(on) contract(fast)
  float *inverses = scratch, *teacher_inverses = scratch + n * n;
  inverse_distances(student, inverses, n * n);
  inverse_distances(teacher, teacher_inverses, n * n);
  if (slopes) memset(slopes, 0, n * n * sizeof *slopes);
  double value = 0;
  float factor = (float)share;
  // By the law of cosines, the cosine at j between i and k is (a + b − c)/(2·√a·√b) with the squared distances a = ij, b = jk, c = ik.
  for (size_t j = 0; j < n; j++) {
    const float *b = student + j * n, *ib = inverses + j * n, *tb = teacher + j * n, *tib = teacher_inverses + j * n;
    float *slopes_b = slopes ? slopes + j * n : NULL;
    for (size_t i = 0; i < n; i++) {
      if (i == j) continue;
      const float *c = student + i * n, *tc = teacher + i * n;
      float *slopes_c = slopes ? slopes + i * n : NULL;
      float a = b[i], ia = ib[i], ta = tb[i], tia = tib[i], sum = 0, slope_a = 0;
      if (slopes) {
        for (size_t k = 0; k < n; k++) {
          float half = 0.5f * ia * ib[k], cosine = (a + b[k] - c[k]) * half;
          float d = cosine - (ta + tb[k] - tc[k]) * 0.5f * tia * tib[k];
          float g = factor * clamped(d);
          sum += huber(d);
          slope_a += g * (half - 0.5f * cosine * ia * ia);
          slopes_b[k] += g * (half - 0.5f * cosine * ib[k] * ib[k]);
          slopes_c[k] -= g * half;
        }
        slopes_b[i] += slope_a;
      } else {
        for (size_t k = 0; k < n; k++) {
          float cosine = (a + b[k] - c[k]) * 0.5f * ia * ib[k];
          sum += huber(cosine - (ta + tb[k] - tc[k]) * 0.5f * tia * tib[k]);
        }
      }
      value += sum;
    }
  }
  return share * value;
}

// What keeps logarithms finite where two rows point in opposite directions.
static const double least = 1e-7;

ATTAR_DISPATCH double attar_neighbour_divergence(
    const float *student, const float *teacher, float *slopes, size_t n, double share) {
  double value = 0;
  for (size_t i = 0; i < n; i++) {
    const float *s = student + i * n, *t = teacher + i * n;
    double sum = 0, teacher_sum = 0, along = 0;
    for (size_t j = 0; j < n; j++) {
      if (j == i) continue;
      sum += 0.5 * (s[j] + 1.0);
      teacher_sum += 0.5 * (t[j] + 1.0);
    }
    double inverse = sum > 0 ? 1 / sum : 0, teacher_inverse = teacher_sum > 0 ? 1 / teacher_sum : 0;
    for (size_t j = 0; j < n; j++) {
      if (j == i) continue;
      double p = 0.5 * (s[j] + 1.0) * inverse, q = 0.5 * (t[j] + 1.0) * teacher_inverse;
      value += q * log((q + least) / (p + least));
      along += q / (p + least) * p;
    }
    if (!slopes) continue;
    for (size_t j = 0; j < n; j++) {
      double p = 0.5 * (s[j] + 1.0) * inverse, q = 0.5 * (t[j] + 1.0) * teacher_inverse;
      slopes[i * n + j] = j == i ? 0 : (float)(0.5 * share * inverse * (along - q / (p + least)));
    }
  }
  return share * value;
}

ATTAR_DISPATCH void attar_rescale(
    const float *restrict x, const float *restrict factors, const float *restrict offsets, float *restrict out,
    size_t count, size_t period) {
  for (size_t start = 0; start < count; start += period)
    for (size_t k = 0; k < period; k++) out[start + k] = x[start + k] * factors[k] + offsets[k];
}
