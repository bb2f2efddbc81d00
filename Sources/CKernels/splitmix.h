// SplitMix64 (Steele, Lea and Flood, OOPSLA 2014): word number n of a seed is the mixture of seed + n · step.
#pragma once
#include <stdint.h>

#include "dispatch.h"

static const uint64_t attar_splitmix_step = 0x9e3779b97f4a7c15u;

ATTAR_INLINE uint64_t attar_mixed(uint64_t bits) {
  bits = (bits ^ bits >> 30) * 0xbf58476d1ce4e5b9u;
  bits = (bits ^ bits >> 27) * 0x94d049bb133111ebu;
  return bits ^ bits >> 31;
}
