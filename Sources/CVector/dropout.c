#include "CVector.h"

#include <string.h>

enum { width = 16 };
typedef float Floats __attribute__((vector_size(64)));
typedef int Ints __attribute__((vector_size(64)));
typedef unsigned Words __attribute__((vector_size(64)));

#if defined(__x86_64__)
__attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")))
#endif
void CVector_dropFactors(const unsigned *words, unsigned last, float kept, long count, float *out) {
  long whole = count / width * width;
  Words word;
  for (long index = 0; index < whole; index += width) {
    memcpy(&word, words + index, sizeof word);
    Floats factor = (Floats){0} + kept;
    factor = (Floats)((Ints)factor & (Ints)(word > last));
    memcpy(out + index, &factor, sizeof factor);
  }
  for (long index = whole; index < count; index++) out[index] = words[index] > last ? kept : 0;
}

#if defined(__x86_64__)
__attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")))
#endif
void CVector_rectifiedDrop(const float *numbers, const unsigned *words, unsigned last, float kept, long count,
                           float *out) {
  long whole = count / width * width;
  Words word;
  Floats x;
  for (long index = 0; index < whole; index += width) {
    memcpy(&word, words + index, sizeof word);
    memcpy(&x, numbers + index, sizeof x);
    Floats factor = (Floats){0} + kept;
    factor = (Floats)((Ints)factor & (Ints)(word > last));
    Ints isLow = x <= 0;
    x = (Floats)((Ints)(x * factor) & ~isLow);
    memcpy(out + index, &x, sizeof x);
  }
  for (long index = whole; index < count; index++) {
    float factor = words[index] > last ? kept : 0;
    out[index] = numbers[index] <= 0 ? 0 : numbers[index] * factor;
  }
}
