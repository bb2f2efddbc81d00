// Tables of embeddings, looked up by token ids that come as floats.
#pragma once
#include <stdbool.h>
#include <stddef.h>

// An id that is no row of the table, negative or too large, is read as its last row, which stands for all unknown tokens; NaN is read as
// row 0. Fractions are cut off. Where `pads`, id 0 is the padding: it gives zeros and gets no gradient.

// y (count, width): the rows of table (vocabulary, width) for each id.
void attar_embed(
    const float *table, const float *ids, float *y, size_t count, size_t vocabulary, size_t width, bool pads);

// gradient[id] += dy for each position, in order; only columns from `first` up to, not including, `end`. The rest stays as it is.
void attar_embed_gradient(
    const float *ids, const float *dy, float *gradient, size_t count, size_t vocabulary, size_t width, size_t first,
    size_t end, bool pads);
