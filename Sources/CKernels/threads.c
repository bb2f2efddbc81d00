#include "threads.h"

#include "CKernels.h"

// Swift declares this function as taking a closure, which it passes as two words (Workers.swift).
__attribute__((swiftcall)) void attar_lend(void *function, void *context, attar_body *body);

__attribute__((swiftcall)) void attar_lend(void *function, void *context, attar_body *body) {
  *body = (attar_body){(__attribute__((swiftcall)) void (*)(long, __attribute__((swift_context)) void *))function, context};
}
