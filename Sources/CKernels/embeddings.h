// How a token's id, a float, becomes a row of a table.
#pragma once
#include <stddef.h>
#include "dispatch.h"

// Never beyond the table, whatever the id: see sequences.h.
ATTAR_INLINE size_t attar_row_of(float id, size_t vocabulary) {
  size_t last = vocabulary - 1;
  if (id != id) return 0;
  return id >= 0 && id < (float)last ? (size_t)id : last;
}
