#include "CVector.h"
#include "vectors.h"

#include <string.h>

static inline __attribute__((always_inline)) void keepLarger(Floats *best, const Floats *other) {
  Ints mask = *best > *other;
  *best = (Floats)(((Ints)*best & mask) | ((Ints)*other & ~mask));
}

/// e to the power of numbers of at most 0; 0 below -87.3. As `exp` in Functions.swift of Matrices, which says why.
static inline __attribute__((always_inline)) void exponential(Floats *numbers) {
  Floats x = *numbers;
  Ints isTiny = x < -87.33654f;
  const float magic = 12582912.0f;
  Floats shifted = x * 1.44269504f + magic;
  Floats whole = shifted - magic;
  Floats rest = (x - whole * 0.693359375f) + whole * 2.1219444e-4f;
  Floats series = rest * 1.984127e-4f + 1.3888889e-3f;
  series = series * rest + 8.333333e-3f;
  series = series * rest + 4.1666666e-2f;
  series = series * rest + 1.6666667e-1f;
  series = series * rest + 0.5f;
  Floats power = (series * rest * rest + rest) + 1.0f;
  Ints scale = ((Ints)shifted - 0x4B400000 + 127) << 23;
  *numbers = (Floats)((Ints)(power * (Floats)scale) & ~isTiny);
}

CLONES
float CVector_exponentials(float *numbers, long count) {
  long whole = count / width * width;
  float tail[width];
  for (int lane = 0; lane < width; lane++) tail[lane] = lane < count - whole ? numbers[whole + lane] : -3e38f;
  Floats best, vector, sums;
  load(tail, &best);
  for (long index = 0; index < whole; index += width) {
    load(numbers + index, &vector);
    keepLarger(&best, &vector);
  }
  float top = best[0];
  for (int lane = 1; lane < width; lane++) top = best[lane] > top ? best[lane] : top;
  // What fills the tail up is far below the largest, and counts as 0.
  load(tail, &sums);
  sums -= top;
  exponential(&sums);
  memcpy(tail, &sums, sizeof tail);
  for (long index = 0; index < whole; index += width) {
    load(numbers + index, &vector);
    vector -= top;
    exponential(&vector);
    store(numbers + index, &vector);
    sums += vector;
  }
  memcpy(numbers + whole, tail, (count - whole) * sizeof(float));
  double sum = 0;
  for (int lane = 0; lane < width; lane++) sum += sums[lane];
  return (float)sum;
}
