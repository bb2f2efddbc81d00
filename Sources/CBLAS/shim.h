#pragma once
#include <cblas.h>

// LAPACK's eigenvalues and eigenvectors of a symmetric matrix, which OpenBLAS brings along.
void dsyevd_(
    const char *job, const char *half, const blasint *order, double *matrix, const blasint *stride, double *values,
    double *work, const blasint *work_length, blasint *numbers, const blasint *numbers_length, blasint *status);
