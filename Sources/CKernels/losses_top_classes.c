// The divergence between a teacher of which only the likeliest classes are known and a student: the classes that are known, and one bucket for
// all others.
#include "attar_losses.h"

#include <math.h>
#include <stdlib.h>

// log Σ exp(z / T) over a row.
static double log_sum(const float *logits, size_t width, double inverse) {
  double highest = -INFINITY, sum = 0;
  for (size_t c = 0; c < width; c++) highest = fmax(highest, logits[c]);
  for (size_t c = 0; c < width; c++) sum += exp((logits[c] - highest) * inverse);
  return highest * inverse + log(sum);
}

// The least of the `count` greatest numbers, and in `equal` how many of these have its value. `room` holds count floats.
static float least_of_greatest(const float *numbers, size_t width, size_t count, float *room, size_t *equal) {
  size_t kept = 0;
  for (size_t c = 0; c < width; c++) {
    if (kept == count && !(numbers[c] > room[count - 1])) continue;
    size_t place = kept < count ? kept++ : count - 1;
    for (; place > 0 && room[place - 1] < numbers[c]; place--) room[place] = room[place - 1];
    room[place] = numbers[c];
  }
  *equal = 0;
  while (*equal < count && room[count - 1 - *equal] == room[count - 1]) ++*equal;
  return room[count - 1];
}

double attar_loss_top_classes(
    const attar_loss_batch *b, double factor, double temperature, double known, float *gradient) {
  if (!b->soft) return 0;
  size_t width = b->width, count = known < (double)width ? (size_t)known : width;
  float stack[256], *room = count <= 256 ? stack : malloc(count * sizeof(float));
  if (!room) abort();
  double inverse = 1 / temperature, scale = factor * temperature * temperature, value = 0;
  for (size_t row = 0; row < b->rows; row++) {
    const float *s = b->outputs + row * width, *t = b->soft + row * width;
    double student = log_sum(s, width, inverse), teacher = log_sum(t, width, inverse);
    size_t equal;
    float least = least_of_greatest(t, width, count, room, &equal);
    // What the others have together, as their logarithm's highest and the sum over it: shares may be too small for a double.
    double highest = -INFINITY, rest = 0, tail = 0, divergence = 0;
    size_t left = equal;
    for (size_t c = 0; c < width; c++) {
      double log_p = s[c] * inverse - student, log_q = t[c] * inverse - teacher;
      if (t[c] > least || (t[c] == least && left && left--)) {
        divergence += exp(log_q) * (log_q - log_p);
        continue;
      }
      tail += exp(log_q);
      if (log_p > highest) {
        rest = rest * exp(highest - log_p) + 1;
        highest = log_p;
      } else {
        rest += exp(log_p - highest);
      }
    }
    double log_rest = highest + log(rest);
    if (tail > 0) divergence += tail * (log(tail) - log_rest);
    double counts = scale * b->weights[row];
    value += counts * divergence;
    if (!gradient) continue;
    left = equal;
    for (size_t c = 0; c < width; c++) {
      double log_p = s[c] * inverse - student, p = exp(log_p);
      int listed = t[c] > least || (t[c] == least && left && left--);
      double pull = listed ? exp(t[c] * inverse - teacher) : tail * exp(log_p - log_rest);
      gradient[row * width + c] += (float)(counts * inverse * (p - pull));
    }
  }
  if (room != stack) free(room);
  return value;
}
