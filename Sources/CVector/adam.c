#include "CVector.h"
#include "vectors.h"

#include <math.h>

CLONES
void CVector_adamStep(float *parameter, const float *gradient, float *first, float *second,
                      CVector_AdamFactors f, long count) {
  long whole = count / width * width;
  Floats old, slope, mean, square;
  for (long index = 0; index < whole; index += width) {
    load(parameter + index, &old);
    load(gradient + index, &slope);
    load(first + index, &mean);
    load(second + index, &square);
    slope = slope + f.weightDecay * old;
    mean = f.keepsOne * mean + f.one * slope;
    square = f.keepsTwo * square + f.two * slope * slope;
    old = old - f.step * (mean / (__builtin_elementwise_sqrt(square) / f.root + f.epsilon));
    store(parameter + index, &old);
    store(first + index, &mean);
    store(second + index, &square);
  }
  for (long index = whole; index < count; index++) {
    float slope = gradient[index] + f.weightDecay * parameter[index];
    first[index] = f.keepsOne * first[index] + f.one * slope;
    second[index] = f.keepsTwo * second[index] + f.two * slope * slope;
    parameter[index] -= f.step * (first[index] / (sqrtf(second[index]) / f.root + f.epsilon));
  }
}
