#pragma once

#include <string.h>

// What the kernels share. They are written for registers of 16 numbers; narrower ones take several.

// A product and a sum must not become one rounding, or processors would differ.
#pragma STDC FP_CONTRACT OFF

// One version of a function for each width of registers, of which the loader takes the widest that there is.
#if defined(__x86_64__)
#define CLONES __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")))
#else
#define CLONES
#endif

enum { width = 16 };
typedef float Floats __attribute__((vector_size(64)));
typedef int Ints __attribute__((vector_size(64)));
typedef unsigned Words __attribute__((vector_size(64)));

// By reference, as vectors in registers would be passed otherwise on each processor.
static inline __attribute__((always_inline)) void load(const float *numbers, Floats *vector) {
  memcpy(vector, numbers, sizeof *vector);
}

static inline __attribute__((always_inline)) void store(float *numbers, const Floats *vector) {
  memcpy(numbers, vector, sizeof *vector);
}
