#pragma once
#include <cblas.h>

// The library is loaded when the first product is asked for, so its functions are known by their types alone.
typedef __typeof__(cblas_sgemm) *COpenBLAS_sgemm;
typedef __typeof__(openblas_set_num_threads) *COpenBLAS_setThreads;

/// Tells the processor that a loop only waits.
static inline void COpenBLAS_pause(void) {
#if defined(__x86_64__)
  __builtin_ia32_pause();
#elif defined(__aarch64__)
  __asm__ __volatile__("yield");
#endif
}

typedef float COpenBLAS_float8 __attribute__((ext_vector_type(8)));

/// The square roots of eight numbers at once; Swift's own asks the C library about each that is negative, and so takes
/// them one by one.
static inline COpenBLAS_float8 COpenBLAS_squareRoot(COpenBLAS_float8 x) {
  return __builtin_elementwise_sqrt(x);
}
