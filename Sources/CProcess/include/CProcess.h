#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

// Programs that run beside this one and are talked to through their standard streams, without ever waiting on one stream alone.

typedef struct {
  pid_t process;
  int input;   // writes to its standard input; does not block
  int output;  // reads its standard output; does not block
  int errors;  // reads its standard error; does not block. −1 once that has ended
} attar_child;

// Starts a program, looked up in PATH, in a process group of its own. `words` holds `count` words, each ended by a zero byte: the program
// and its arguments. The environment is this process's, but for the variables whose names, written likewise, are in `withheld`; and with
// PYTHONUNBUFFERED=1 unless it is set: output that waits in a buffer for more looks like a program that hangs.
//
// The program and all that it has started end when this process ends by itself. Where this process is killed, on Linux the program is, too;
// elsewhere it sees its standard input end.
// Returns 0, or the error number of what failed.
int attar_child_start(
    const uint8_t *words, size_t count, const uint8_t *withheld, size_t withheld_count, attar_child *child);

// Ends all programs and what they have started at once: for a process that is about to end by a signal. `exit` does so by itself.
void attar_children_end(void);

// What an exchange has moved.
typedef struct {
  size_t written;     // bytes of `message` taken
  size_t read;        // bytes of standard output
  size_t errors;      // bytes of standard error
  bool outputEnded;   // there is no more standard output: the program has ended or closed it
  bool inputClosed;   // the program reads no more
} attar_exchange;

// Waits until the program takes or gives something, at most `milliseconds`, and moves what can be moved: message[start..<end] to its standard
// input, its standard output and standard error into buffers of `capacity` bytes each.
attar_exchange attar_child_exchange(
    attar_child *child, const uint8_t *message, size_t start, size_t end, uint8_t *output, uint8_t *errors,
    size_t capacity, int milliseconds);

// Closes the streams, gives the program so long to end by itself, ends it and all that it has started, and returns its status as waitpid gives
// it. `signalled` tells the signal that ended it, 0 where it ended by itself; then `status` is its exit status.
void attar_child_end(attar_child *child, int milliseconds, int *status, int *signalled);

// From here on, writing to a pipe or socket whose reader is gone is an error in this thread, not the end of the process.
void attar_block_broken_pipes(void);
