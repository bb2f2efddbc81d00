// Support vector machines.
#pragma once
#include <stddef.h>

// products (rows, vectors), the inner products x·s, become exp(−gamma·‖x − s‖²), from the squared lengths of both.
void attar_rbf(
    float *products, const float *row_squares, const float *vector_squares, size_t rows, size_t vectors, float gamma);

// Class probabilities (rows, classes) from pairwise ones (rows, classes·(classes − 1)/2), the first class's share of
// pairs (0, 1), (0, 2), …, each strictly between 0 and 1. scratch holds classes·(classes + 1) floats.
// Source: Wu, Lin and Weng, "Probability Estimates for Multi-class Classification by Pairwise Coupling", JMLR 5 (2004),
// section 4.2, algorithm 2.
void attar_couple_pairs(const float *pairs, float *probabilities, size_t rows, size_t classes, float *scratch);
