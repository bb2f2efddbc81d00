// Distillation losses over one batch, each with its gradient. The two that nearly every student uses, cross-entropy and
// T²·KL, are fused into one vectorised pass; the others are plain loops in double precision. None of them allocates,
// save for rows wider than the buffers on the stack.
#include "CKernels.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include "dispatch.h"
#include "vector_math.h"

// MARK: - The fused pass

enum {
    block = 16,     // rows that are worked on side by side, one a vector lane
    narrow = 48,    // the widest row for that
};

// Over the rows of a block, as one vector: without the hint the loop is unrolled before it can be vectorised.
#define LANES _Pragma("clang loop unroll(disable) vectorize_width(16)") for (size_t r = 0; r < block; r++)

// What the fused pass does to a row beyond its logits.
typedef struct {
    float label, inverse, teacher;
} fused_factors;

// Up to `block` narrow rows: classes outside, rows inside, so that every operation is on full vectors.
ATTAR_INLINE double fused_block(
    const attar_loss_batch *b, size_t first, size_t rows, fused_factors f, float *gradient
) {
    float s[narrow * block], t[narrow * block], p[narrow * block], q[narrow * block];
    float highest[block], highest_t[block], weight[block], labelled[block], label_sum[block];
    float student_sum[block], teacher_sum[block], cross[block];
    size_t width = b->width;
    int with_label = f.label != 0, with_teacher = f.teacher != 0;
    for (size_t r = 0; r < block; r++) {
        // Lanes beyond the last row repeat it with weight 0.
        size_t row = first + (r < rows ? r : rows - 1);
        weight[r] = r < rows ? b->weights[row] : 0;
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
            value += (double)weight[r] * f.teacher * divergence;
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
        by_student[r] = with_teacher ? weight[r] * f.teacher * f.inverse / student_sum[r] : 0;
        by_teacher[r] = with_teacher ? weight[r] * f.teacher * f.inverse / teacher_sum[r] : 0;
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
    float taught = weight * f.teacher;
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

ATTAR_DISPATCH
double attar_loss_fused(
    const attar_loss_batch *b, double label_factor, double teacher_factor, double temperature, float *gradient
) {
    fused_factors f = {
        b->labels ? (float)label_factor : 0, (float)(1 / temperature),
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

// MARK: - Help for the plain terms

enum { on_stack = 2048 };

// Doubles for one call: on the stack, or from the heap where rows are wide.
typedef struct {
    double stack[on_stack];
    double *heap;
} scratch;

static double *scratch_take(scratch *s, size_t count) {
    s->heap = NULL;
    if (count <= on_stack) return s->stack;
    s->heap = malloc(count * sizeof(double));
    if (!s->heap) abort();
    return s->heap;
}

// Softmax of logits divided by a temperature and its logarithm.
static void soften(const float *logits, size_t width, double inverse, double *p, double *log_p) {
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
} softened_row;

// A divergence between the two: its value; g receives the derivative by p, or where `by_logits` is set by log p.
typedef double (*divergence)(const softened_row *r, double parameter);

// T² times a divergence on softened probabilities, summed over the rows.
ATTAR_INLINE double softened_sum(
    const attar_loss_batch *b, double factor, double temperature, double parameter, float *gradient, divergence d
) {
    if (!b->soft) return 0;
    scratch memory;
    size_t width = b->width;
    double *room = scratch_take(&memory, 5 * width);
    softened_row r = {width, room, room + width, room + 2 * width, room + 3 * width, room + 4 * width};
    double inverse = 1 / temperature, scale = factor * temperature * temperature, value = 0;
    for (size_t row = 0; row < b->rows; row++) {
        soften(b->outputs + row * width, width, inverse, r.p, r.log_p);
        soften(b->soft + row * width, width, inverse, r.q, r.log_q);
        double counts = scale * b->weights[row];
        value += counts * d(&r, parameter);
        if (!gradient) continue;
        // Through the softmax: ∂/∂z = p·(g − Σ p·g) / T.
        double mean = 0;
        for (size_t c = 0; c < width; c++) mean += r.p[c] * r.g[c];
        float *to = gradient + row * width;
        for (size_t c = 0; c < width; c++) to[c] += (float)(counts * inverse * r.p[c] * (r.g[c] - mean));
    }
    free(memory.heap);
    return value;
}

// MARK: - Divergences

static double reverse_kl(const softened_row *r, double unused) {
    (void)unused;
    double value = 0;
    for (size_t c = 0; c < r->width; c++) {
        r->g[c] = r->log_p[c] - r->log_q[c];
        value += r->p[c] * r->g[c];
    }
    return value;
}

static double generalised_jsd(const softened_row *r, double beta) {
    double value = 0;
    for (size_t c = 0; c < r->width; c++) {
        double log_mix = log(beta * r->q[c] + (1 - beta) * r->p[c]);
        if (!(log_mix > -INFINITY)) log_mix = fmax(r->log_p[c], r->log_q[c]);
        r->g[c] = (1 - beta) * (r->log_p[c] - log_mix);
        value += beta * r->q[c] * (r->log_q[c] - log_mix) + r->p[c] * r->g[c];
    }
    return value;
}

static double total_variation(const softened_row *r, double unused) {
    (void)unused;
    double value = 0;
    for (size_t c = 0; c < r->width; c++) {
        double difference = r->p[c] - r->q[c];
        r->g[c] = difference > 0 ? 0.5 : difference < 0 ? -0.5 : 0;
        value += 0.5 * fabs(difference);
    }
    return value;
}

static double skew_kl(const softened_row *r, double alpha) {
    double value = 0;
    for (size_t c = 0; c < r->width; c++) {
        double mix = alpha * r->q[c] + (1 - alpha) * r->p[c];
        r->g[c] = mix > 0 ? -(1 - alpha) * r->q[c] / mix : 0;
        if (mix > 0) value += r->q[c] * (r->log_q[c] - log(mix));
    }
    return value;
}

static double skew_reverse_kl(const softened_row *r, double alpha) {
    double value = 0;
    for (size_t c = 0; c < r->width; c++) {
        double mix = (1 - alpha) * r->q[c] + alpha * r->p[c];
        double ratio = mix > 0 ? r->log_p[c] - log(mix) : 0;
        r->g[c] = mix > 0 ? ratio - alpha * r->p[c] / mix : 0;
        value += r->p[c] * ratio;
    }
    return value;
}

static double probability_squares(const softened_row *r, double unused) {
    (void)unused;
    double value = 0, share = 1 / (double)r->width;
    for (size_t c = 0; c < r->width; c++) {
        double difference = r->p[c] - r->q[c];
        r->g[c] = 2 * share * difference;
        value += share * difference * difference;
    }
    return value;
}

// Keeps a correlation with a constant finite, as published implementations do.
static const double correlation_floor = 1e-8;

static double inter_class(const softened_row *r, double unused) {
    (void)unused;
    double mean = 1 / (double)r->width, pq = 0, pp = 0, qq = 0;  // both rows sum to 1
    for (size_t c = 0; c < r->width; c++) {
        double x = r->p[c] - mean, y = r->q[c] - mean;
        pq += x * y;
        pp += x * x;
        qq += y * y;
    }
    double norms = sqrt(pp * qq), below = norms + correlation_floor, rho = pq / below;
    for (size_t c = 0; c < r->width; c++) {
        double x = r->p[c] - mean, y = r->q[c] - mean;
        r->g[c] = norms > 0 ? -(y - rho * x * norms / pp) / below : 0;
    }
    return 1 - rho;
}

double attar_loss_reverse_kl(const attar_loss_batch *b, double f, double t, double parameter, float *gradient) {
    return softened_sum(b, f, t, parameter, gradient, reverse_kl);
}

double attar_loss_generalised_jsd(const attar_loss_batch *b, double f, double t, double beta, float *gradient) {
    return softened_sum(b, f, t, beta, gradient, generalised_jsd);
}

double attar_loss_total_variation(const attar_loss_batch *b, double f, double t, double parameter, float *gradient) {
    return softened_sum(b, f, t, parameter, gradient, total_variation);
}

double attar_loss_skew_kl(const attar_loss_batch *b, double f, double t, double alpha, float *gradient) {
    return softened_sum(b, f, t, alpha, gradient, skew_kl);
}

double attar_loss_skew_reverse_kl(const attar_loss_batch *b, double f, double t, double alpha, float *gradient) {
    return softened_sum(b, f, t, alpha, gradient, skew_reverse_kl);
}

double attar_loss_probability_squares(
    const attar_loss_batch *b, double f, double t, double parameter, float *gradient
) {
    return softened_sum(b, f, t, parameter, gradient, probability_squares);
}

double attar_loss_inter_class(const attar_loss_batch *b, double f, double t, double parameter, float *gradient) {
    return softened_sum(b, f, t, parameter, gradient, inter_class);
}

// MARK: - Terms with a shape of their own

double attar_loss_uniform_cross_entropy(
    const attar_loss_batch *b, double factor, double temperature, double parameter, float *gradient
) {
    (void)temperature;
    (void)parameter;
    if (!b->labels) return 0;
    scratch memory;
    size_t width = b->width;
    double *p = scratch_take(&memory, 2 * width), *log_p = p + width;
    double share = 1.0 / (double)width, value = 0;
    for (size_t row = 0; row < b->rows; row++) {
        if (b->labels[row] < 0) continue;
        soften(b->outputs + row * width, width, 1, p, log_p);
        double counts = factor * b->weights[row];
        for (size_t c = 0; c < width; c++) value -= counts * share * log_p[c];
        if (!gradient) continue;
        for (size_t c = 0; c < width; c++) gradient[row * width + c] += (float)(counts * (p[c] - share));
    }
    free(memory.heap);
    return value;
}

double attar_loss_soft_cross_entropy(
    const attar_loss_batch *b, double factor, double temperature, double parameter, float *gradient
) {
    (void)parameter;
    if (!b->soft) return 0;
    scratch memory;
    size_t width = b->width;
    double *p = scratch_take(&memory, 4 * width), *log_p = p + width, *q = p + 2 * width, *log_q = p + 3 * width;
    double inverse = 1 / temperature, value = 0;
    for (size_t row = 0; row < b->rows; row++) {
        soften(b->outputs + row * width, width, inverse, p, log_p);
        soften(b->soft + row * width, width, inverse, q, log_q);
        double counts = factor * b->weights[row];
        for (size_t c = 0; c < width; c++) value -= counts * q[c] * log_p[c];
        if (!gradient) continue;
        for (size_t c = 0; c < width; c++) gradient[row * width + c] += (float)(counts * inverse * (p[c] - q[c]));
    }
    free(memory.heap);
    return value;
}

double attar_loss_standardised_kl(
    const attar_loss_batch *b, double factor, double temperature, double parameter, float *gradient
) {
    (void)parameter;
    size_t width = b->width;
    if (!b->soft || width < 2) return 0;
    const double floor = 1e-7;
    scratch memory;
    // p holds the student's z-scores before it holds its probabilities, q the teacher's.
    double *z = scratch_take(&memory, 3 * width), *p = z + width, *q = z + 2 * width;
    double inverse = 1 / temperature, scale = factor * temperature * temperature, value = 0;
    for (size_t row = 0; row < b->rows; row++) {
        double deviation = 0, log_sums[2];
        for (int side = 0; side < 2; side++) {
            const float *x = (side == 0 ? b->soft : b->outputs) + row * width;
            double *to = side == 0 ? q : p, mean = 0, squares = 0, highest = -INFINITY, sum = 0;
            for (size_t c = 0; c < width; c++) mean += x[c];
            mean /= (double)width;
            for (size_t c = 0; c < width; c++) squares += (x[c] - mean) * (x[c] - mean);
            deviation = sqrt(squares / (double)(width - 1));
            for (size_t c = 0; c < width; c++) {
                to[c] = (x[c] - mean) / (deviation + floor);
                if (side == 1) z[c] = to[c];
                highest = fmax(highest, to[c]);
            }
            for (size_t c = 0; c < width; c++) sum += exp((to[c] - highest) * inverse);
            log_sums[side] = highest * inverse + log(sum);
        }
        double counts = scale * b->weights[row];
        for (size_t c = 0; c < width; c++) {
            double log_q = q[c] * inverse - log_sums[0], log_p = p[c] * inverse - log_sums[1];
            q[c] = exp(log_q);
            p[c] = exp(log_p);
            value += counts * q[c] * (log_q - log_p);
        }
        if (!gradient || deviation == 0) continue;
        // Through the z-score: the derivatives lose their mean and their part along z.
        double along = 0;
        for (size_t c = 0; c < width; c++) along += (p[c] - q[c]) * z[c];
        along *= (deviation + floor) / (deviation * (double)(width - 1));
        for (size_t c = 0; c < width; c++) {
            double g = (p[c] - q[c] - along * z[c]) / (deviation + floor);
            gradient[row * width + c] += (float)(counts * inverse * g);
        }
    }
    free(memory.heap);
    return value;
}

// Both halves of decoupled distillation. A row without a label has no target class: its first half is plain KL.
ATTAR_INLINE double decoupled_sum(
    const attar_loss_batch *b, double factor, double temperature, float *gradient, int target_half
) {
    if (!b->soft) return 0;
    scratch memory;
    size_t width = b->width;
    double *p = scratch_take(&memory, 4 * width), *log_p = p + width, *q = p + 2 * width, *log_q = p + 3 * width;
    double inverse = 1 / temperature, scale = factor * temperature * temperature, value = 0;
    for (size_t row = 0; row < b->rows; row++) {
        long label = b->labels ? b->labels[row] : -1;
        if (label < 0 && !target_half) continue;
        double counts = scale * b->weights[row];
        float *to = gradient ? gradient + row * width : NULL;
        soften(b->outputs + row * width, width, inverse, p, log_p);
        soften(b->soft + row * width, width, inverse, q, log_q);
        if (label < 0) {
            for (size_t c = 0; c < width; c++) value += counts * q[c] * (log_q[c] - log_p[c]);
            if (to)
                for (size_t c = 0; c < width; c++) to[c] += (float)(counts * inverse * (p[c] - q[c]));
            continue;
        }
        // The other classes' total, through logarithms because it may be all but nothing.
        double highest_p = -INFINITY, highest_q = -INFINITY, rest_p = 0, rest_q = 0;
        for (size_t c = 0; c < width; c++) {
            if ((long)c == label) continue;
            highest_p = fmax(highest_p, log_p[c]);
            highest_q = fmax(highest_q, log_q[c]);
        }
        if (!(highest_p > -INFINITY && highest_q > -INFINITY)) continue;  // a single class
        for (size_t c = 0; c < width; c++) {
            if ((long)c == label) continue;
            rest_p += exp(log_p[c] - highest_p);
            rest_q += exp(log_q[c] - highest_q);
        }
        double log_rest_p = highest_p + log(rest_p), log_rest_q = highest_q + log(rest_q);
        if (target_half) {
            value += counts * (q[label] * (log_q[label] - log_p[label]) + exp(log_rest_q) * (log_rest_q - log_rest_p));
            if (!to) continue;
            double difference = counts * inverse * (p[label] - q[label]);
            for (size_t c = 0; c < width; c++)
                to[c] += (float)((long)c == label ? difference : -difference * exp(log_p[c] - log_rest_p));
        } else {
            for (size_t c = 0; c < width; c++) {
                if ((long)c == label) continue;
                double log_other_p = log_p[c] - log_rest_p, log_other_q = log_q[c] - log_rest_q;
                double other_q = exp(log_other_q);
                value += counts * other_q * (log_other_q - log_other_p);
                if (to) to[c] += (float)(counts * inverse * (exp(log_other_p) - other_q));
            }
        }
    }
    free(memory.heap);
    return value;
}

double attar_loss_kl(const attar_loss_batch *b, double f, double t, double parameter, float *gradient) {
    (void)parameter;
    attar_loss_batch unlabelled = *b;
    unlabelled.labels = NULL;
    return decoupled_sum(&unlabelled, f, t, gradient, 1);
}

double attar_loss_target_class(const attar_loss_batch *b, double f, double t, double parameter, float *gradient) {
    (void)parameter;
    return decoupled_sum(b, f, t, gradient, 1);
}

double attar_loss_non_target_class(const attar_loss_batch *b, double f, double t, double parameter, float *gradient) {
    (void)parameter;
    return decoupled_sum(b, f, t, gradient, 0);
}

double attar_loss_intra_class(
    const attar_loss_batch *b, double factor, double temperature, double parameter, float *gradient
) {
    (void)parameter;
    if (!b->soft || b->rows == 0) return 0;
    scratch memory;
    size_t width = b->width;
    double *room = scratch_take(&memory, 9 * width);
    double *p = room, *log_p = room + width, *q = room + 2 * width, *log_q = room + 3 * width;
    double *mean_p = room + 4 * width, *mean_q = room + 5 * width;
    double *pp = room + 6 * width, *qq = room + 7 * width, *pq = room + 8 * width;
    memset(mean_p, 0, 5 * width * sizeof(double));
    double inverse = 1 / temperature, scale = factor * temperature * temperature, total = 0, value = 0;
    for (size_t row = 0; row < b->rows; row++) total += b->weights[row];
    // Pass 0 adds up the classes' means over the rows, pass 1 their squares and products, pass 2 writes the gradient.
    for (int pass = 0; total > 0 && pass < (gradient ? 3 : 2); pass++) {
        for (size_t row = 0; row < b->rows; row++) {
            double weight = b->weights[row];
            soften(b->outputs + row * width, width, inverse, p, log_p);
            soften(b->soft + row * width, width, inverse, q, log_q);
            if (pass == 0) {
                for (size_t c = 0; c < width; c++) {
                    mean_p[c] += weight / total * p[c];
                    mean_q[c] += weight / total * q[c];
                }
            } else if (pass == 1) {
                for (size_t c = 0; c < width; c++) {
                    double x = p[c] - mean_p[c], y = q[c] - mean_q[c];
                    pp[c] += weight * x * x;
                    qq[c] += weight * y * y;
                    pq[c] += weight * x * y;
                }
            } else {
                double *g = log_p, mean = 0;
                for (size_t c = 0; c < width; c++) {
                    double norms = sqrt(pp[c] * qq[c]), below = norms + correlation_floor;
                    double x = p[c] - mean_p[c], y = q[c] - mean_q[c];
                    g[c] = norms > 0 ? -weight * (y - pq[c] / below * x * norms / pp[c]) / below : 0;
                    mean += p[c] * g[c];
                }
                double counts = scale * total / (double)width;
                for (size_t c = 0; c < width; c++)
                    gradient[row * width + c] += (float)(counts * inverse * p[c] * (g[c] - mean));
            }
        }
    }
    for (size_t c = 0; c < width; c++)
        value += scale * total / (double)width * (1 - pq[c] / (sqrt(pp[c] * qq[c]) + correlation_floor));
    free(memory.heap);
    return value;
}

// MARK: - Losses on values; a row's loss is the mean over its outputs

// Mean squared error of a row's outputs to targets, over those that are known; `known` receives how many are.
static double row_squares(const float *outputs, const float *targets, size_t width, size_t *known) {
    double sum = 0;
    size_t count = 0;
    for (size_t c = 0; c < width; c++) {
        double difference = (double)outputs[c] - targets[c];
        if (isnan(targets[c])) continue;
        sum += difference * difference;
        count++;
    }
    if (known) *known = count;
    return sum / (double)width;
}

static void add_row_squares(const float *outputs, const float *targets, size_t width, double factor, float *to) {
    for (size_t c = 0; c < width; c++)
        if (!isnan(targets[c])) to[c] += (float)(2 * factor / (double)width * ((double)outputs[c] - targets[c]));
}

static double squares_sum(const attar_loss_batch *b, const float *targets, double factor, float *gradient) {
    if (!targets) return 0;
    double value = 0;
    for (size_t row = 0; row < b->rows; row++) {
        size_t at = row * b->width;
        double counts = factor * b->weights[row];
        value += counts * row_squares(b->outputs + at, targets + at, b->width, NULL);
        if (gradient) add_row_squares(b->outputs + at, targets + at, b->width, counts, gradient + at);
    }
    return value;
}

double attar_loss_squares(const attar_loss_batch *b, double f, double t, double parameter, float *gradient) {
    (void)t, (void)parameter;
    return squares_sum(b, b->values, f, gradient);
}

double attar_loss_teacher_squares(const attar_loss_batch *b, double f, double t, double parameter, float *gradient) {
    (void)t, (void)parameter;
    return squares_sum(b, b->soft, f, gradient);
}

// Squared errors that look at how wrong the teacher is on the row; where that is unknown, they follow the teacher.
ATTAR_INLINE double teacher_aware_sum(
    const attar_loss_batch *b, double factor, double parameter, float *gradient, int bounded
) {
    if (!b->soft) return 0;
    double value = 0;
    for (size_t row = 0; row < b->rows; row++) {
        size_t at = row * b->width, known = 0;
        const float *student = b->outputs + at, *teacher = b->soft + at, *label = b->values ? b->values + at : NULL;
        double counts = factor * b->weights[row], wrong = 0;
        if (label) wrong = row_squares(teacher, label, b->width, &known);
        const float *towards = teacher;
        if (known > 0) {
            if (bounded) {
                towards = label;
                if (row_squares(student, label, b->width, NULL) + parameter <= wrong) counts = 0;
            } else {
                counts *= fmax(0, 1 - wrong / parameter);
            }
        }
        if (counts == 0) continue;
        value += counts * row_squares(student, towards, b->width, NULL);
        if (gradient) add_row_squares(student, towards, b->width, counts, gradient + at);
    }
    return value;
}

double attar_loss_bounded(const attar_loss_batch *b, double f, double t, double margin, float *gradient) {
    (void)t;
    return teacher_aware_sum(b, f, margin, gradient, 1);
}

double attar_loss_attentive(const attar_loss_batch *b, double f, double t, double scale, float *gradient) {
    (void)t;
    return teacher_aware_sum(b, f, scale, gradient, 0);
}

double attar_loss_huber(const attar_loss_batch *b, double factor, double t, double threshold, float *gradient) {
    (void)t;
    if (!b->values) return 0;
    double value = 0;
    for (size_t row = 0; row < b->rows; row++) {
        double counts = factor * b->weights[row] / (double)b->width;
        for (size_t at = row * b->width; at < (row + 1) * b->width; at++) {
            if (isnan(b->values[at])) continue;
            double error = (double)b->outputs[at] - b->values[at], size = fabs(error);
            value += counts * (size <= threshold ? 0.5 * error * error : threshold * (size - 0.5 * threshold));
            if (gradient) gradient[at] += (float)(counts * fmax(-threshold, fmin(threshold, error)));
        }
    }
    return value;
}

double attar_loss_quantile(const attar_loss_batch *b, double factor, double t, double quantile, float *gradient) {
    (void)t;
    if (!b->values) return 0;
    double value = 0;
    for (size_t row = 0; row < b->rows; row++) {
        double counts = factor * b->weights[row] / (double)b->width;
        for (size_t at = row * b->width; at < (row + 1) * b->width; at++) {
            if (isnan(b->values[at])) continue;
            double short_by = (double)b->values[at] - b->outputs[at];
            double slope = short_by > 0 ? quantile : short_by < 0 ? quantile - 1 : 0;
            value += counts * slope * short_by;
            if (gradient) gradient[at] -= (float)(counts * slope);
        }
    }
    return value;
}
