// Static embeddings of texts: sums of rows of a table, and their training.
#pragma once
#include <stddef.h>
#include <stdint.h>

// sum (width, from `start` of `sums` on) += the rows ids[i] + offset of table (·, width). Ids are those of a tokenizer, and in range.
void attar_sum_rows(
    const float *table, const int32_t *ids, size_t count, size_t offset, size_t width, float *sums, size_t start);

// values[start ..< start + width] scaled to length 1; zeros stay.
void attar_scale_to_one(float *values, size_t start, size_t width);

// One step on 1 − cos(mean of rows, target): the rows ids[i] of table (·, width) move against their slope, each by rate / √(its sum of squared
// slopes so far), which `squares` (·) holds. `scratch` has room for width numbers. Returns the loss before the step.
float attar_static_step(
    float *table, float *squares, const int32_t *ids, size_t count, const float *targets, size_t target, size_t width,
    float rate, float *scratch);
