// Depthwise convolution: each channel by itself, along vectors of channels.
#pragma once
#include "attar_convolution.h"
#include "dispatch.h"

ATTAR_INLINE bool attar_is_depthwise(const attar_conv *c) {
  return c->groups > 1 && c->groups == c->channels && c->outputs == c->channels;
}
