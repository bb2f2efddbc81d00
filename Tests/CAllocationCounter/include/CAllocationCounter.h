// Counts the calls to the heap that the present thread makes, for tests which promise that there are none.
#pragma once

// Whether this platform can count, and this build is one whose allocations mean something: an optimised one.
int attar_can_count_allocations(void);

// Starts counting on this thread, from 0.
void attar_start_counting_allocations(void);

// Stops counting on this thread and returns how many allocations there were.
long attar_stop_counting_allocations(void);
