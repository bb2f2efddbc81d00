// What losses on softened probabilities share: room for rows, and the softmax.
#pragma once
#include <math.h>
#include <stdlib.h>

#include "attar_losses.h"
#include "dispatch.h"

enum { ATTAR_ROOM_ON_STACK = 2048 };

// Doubles for one call: on the stack, or from the heap where rows are wide.
typedef struct {
  double stack[ATTAR_ROOM_ON_STACK];
  double *heap;
} attar_loss_room;

static inline double *attar_take_room(attar_loss_room *room, size_t count) {
  room->heap = NULL;
  if (count <= ATTAR_ROOM_ON_STACK) return room->stack;
  room->heap = malloc(count * sizeof(double));
  if (!room->heap) abort();
  return room->heap;
}

static inline void attar_leave_room(attar_loss_room *room) { free(room->heap); }

// Softmax of logits divided by a temperature and its logarithm.
static inline void attar_soften(const float *logits, size_t width, double inverse, double *p, double *log_p) {
  double highest = -INFINITY, sum = 0;
  for (size_t c = 0; c < width; c++) highest = fmax(highest, logits[c]);
  for (size_t c = 0; c < width; c++) {
    log_p[c] = (logits[c] - highest) * inverse;
    p[c] = exp(log_p[c]);
    sum += p[c];
  }
  double log_sum = log(sum);
  for (size_t c = 0; c < width; c++) {
    p[c] /= sum;
    log_p[c] -= log_sum;
  }
}

// The student's and the teacher's softened probabilities of one row, and room for a gradient: (width) each.
typedef struct {
  size_t width;
  double *p, *log_p, *q, *log_q, *g;
} attar_softened;

// A divergence between the two: its value; g receives the derivative by p, or where `by_logits` is set by log p.
typedef double (*attar_divergence)(const attar_softened *r, double parameter);

// T² times a divergence on softened probabilities, summed over the rows.
ATTAR_INLINE double attar_softened_sum(
    const attar_loss_batch *b, double factor, double temperature, double parameter, float *gradient, attar_divergence d) {
  if (!b->soft) return 0;
  attar_loss_room memory;
  size_t width = b->width;
  double *room = attar_take_room(&memory, 5 * width);
  attar_softened r = {width, room, room + width, room + 2 * width, room + 3 * width, room + 4 * width};
  double inverse = 1 / temperature, scale = factor * temperature * temperature, value = 0;
  for (size_t row = 0; row < b->rows; row++) {
    attar_soften(b->outputs + row * width, width, inverse, r.p, r.log_p);
    attar_soften(b->soft + row * width, width, inverse, r.q, r.log_q);
    double counts = scale * b->weights[row];
    value += counts * d(&r, parameter);
    if (!gradient) continue;
    // Through the softmax: ∂/∂z = p·(g − Σ p·g) / T.
    double mean = 0;
    for (size_t c = 0; c < width; c++) mean += r.p[c] * r.g[c];
    float *to = gradient + row * width;
    for (size_t c = 0; c < width; c++) to[c] += (float)(counts * inverse * r.p[c] * (r.g[c] - mean));
  }
  attar_leave_room(&memory);
  return value;
}
