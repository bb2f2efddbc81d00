// Distances between rows of numbers.
#pragma once
#include <stddef.h>

// Lowers each row's squared distance, in `distances`, to that from row `centre` where that is nearer, and returns the row that is then
// farthest from all centres, the first of several. rows is (count, width), count at least 1.
size_t attar_farthest_row(const float *rows, size_t count, size_t width, size_t centre, float *distances);
