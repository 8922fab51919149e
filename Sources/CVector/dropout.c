#include "CVector.h"
#include "vectors.h"

#include <string.h>

CLONES
void CVector_dropFactors(const unsigned *words, unsigned last, float kept, long count, float *out) {
  long whole = count / width * width;
  Words word;
  for (long index = 0; index < whole; index += width) {
    memcpy(&word, words + index, sizeof word);
    Floats factor = (Floats){0} + kept;
    factor = (Floats)((Ints)factor & (Ints)(word > last));
    store(out + index, &factor);
  }
  for (long index = whole; index < count; index++) out[index] = words[index] > last ? kept : 0;
}

CLONES
void CVector_rectifiedDrop(const float *numbers, const unsigned *words, unsigned last, float kept, long count,
                           float *out) {
  long whole = count / width * width;
  Words word;
  Floats x;
  for (long index = 0; index < whole; index += width) {
    memcpy(&word, words + index, sizeof word);
    load(numbers + index, &x);
    Floats factor = (Floats){0} + kept;
    factor = (Floats)((Ints)factor & (Ints)(word > last));
    Ints isLow = x <= 0;
    x = (Floats)((Ints)(x * factor) & ~isLow);
    store(out + index, &x);
  }
  for (long index = whole; index < count; index++) {
    float factor = words[index] > last ? kept : 0;
    out[index] = numbers[index] <= 0 ? 0 : numbers[index] * factor;
  }
}
