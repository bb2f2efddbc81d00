// Vector kernels with run-time CPU dispatch. Every function here has a plain reference version that the tests hold it against.
#pragma once
#include <stddef.h>
#include <stdint.h>
