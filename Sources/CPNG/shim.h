#pragma once
#include <png.h>

// Macros of libpng that Swift does not see.
enum { attar_png_version = PNG_IMAGE_VERSION };
