// Swift closures that are lent to other threads for the length of a call.
//
// Swift cannot store a closure of which it only knows that it lives as long as the call: it would move it to the heap each time. Worker
// threads need no more than its two words, while the caller waits for them. So this is the one place that knows how Swift passes a
// closure: as the address of its code and that of what it captures, the second in the register that `swift_context` names. Swift's
// calling convention is fixed on Apple's systems and has been the same elsewhere; LentClosure.swift tries it out before it is used.
#pragma once

// A closure of type (Int) -> Void.
typedef struct {
  __attribute__((swiftcall)) void (*function)(long part, __attribute__((swift_context)) void *context);
  void *context;
} attar_closure;

static inline void attar_call(attar_closure closure, long part) { closure.function(part, closure.context); }
