#include "CVector.h"

#include <math.h>
#include <string.h>

// A product and a sum must not become one rounding, or processors would differ.
#pragma STDC FP_CONTRACT OFF

enum { width = 16 };
typedef float Floats __attribute__((vector_size(64)));

#if defined(__x86_64__)
__attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")))
#endif
void CVector_adamStep(float *parameter, const float *gradient, float *first, float *second,
                      CVector_AdamFactors f, long count) {
  long whole = count / width * width;
  Floats old, slope, mean, square;
  for (long index = 0; index < whole; index += width) {
    memcpy(&old, parameter + index, sizeof old);
    memcpy(&slope, gradient + index, sizeof slope);
    memcpy(&mean, first + index, sizeof mean);
    memcpy(&square, second + index, sizeof square);
    slope = slope + f.weightDecay * old;
    mean = f.keepsOne * mean + f.one * slope;
    square = f.keepsTwo * square + f.two * slope * slope;
    old = old - f.step * (mean / (__builtin_elementwise_sqrt(square) / f.root + f.epsilon));
    memcpy(parameter + index, &old, sizeof old);
    memcpy(first + index, &mean, sizeof mean);
    memcpy(second + index, &square, sizeof square);
  }
  for (long index = whole; index < count; index++) {
    float slope = gradient[index] + f.weightDecay * parameter[index];
    first[index] = f.keepsOne * first[index] + f.one * slope;
    second[index] = f.keepsTwo * second[index] + f.two * slope * slope;
    parameter[index] -= f.step * (first[index] / (sqrtf(second[index]) / f.root + f.epsilon));
  }
}
