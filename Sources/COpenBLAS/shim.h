#pragma once
#include <cblas.h>

/// Tells the processor that a loop only waits.
static inline void COpenBLAS_pause(void) {
#if defined(__x86_64__)
  __builtin_ia32_pause();
#elif defined(__aarch64__)
  __asm__ __volatile__("yield");
#endif
}
