#include "attar_closures.h"

// LentClosure.swift declares this function as taking a closure and an address, by Swift's convention: the closure arrives as two words.
__attribute__((swiftcall)) void attar_lend(void *function, void *context, attar_closure *closure);

__attribute__((swiftcall)) void attar_lend(void *function, void *context, attar_closure *closure) {
  *closure = (attar_closure){
      (__attribute__((swiftcall)) void (*)(long, __attribute__((swift_context)) void *))function, context};
}
