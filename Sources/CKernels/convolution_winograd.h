// Convolutions of 3 × 3 and stride 1 by Winograd's minimal filtering, F(2×2, 3×3): four results take 16 products instead of 36.
// Lavin and Gray, "Fast Algorithms for Convolutional Neural Networks", CVPR 2016. Of the possible sizes of tiles this one loses no
// accuracy: all factors are ±1 and ±½.
#pragma once
#include "attar_convolution.h"

// Whether a convolution is computed this way.
bool attar_is_winograd(const attar_conv *c);
