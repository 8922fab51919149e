#include "CVector.h"
#include "vectors.h"

#include <math.h>

static inline __attribute__((always_inline)) void rectify(Floats *vector) {
  *vector = (Floats)((Ints)*vector & (*vector > 0.0f));
}

static inline __attribute__((always_inline)) double total(const Floats *sums) {
  double sum = 0;
  for (int lane = 0; lane < width; lane++) sum += (*sums)[lane];
  return sum;
}

CLONES
void CVector_perturbedPair(CVector_PairSample sample, CVector_PairDrug drug, const float *weight, const float *bias,
                           float epsilon, long count, float *out) {
  long whole = count / width * width;
  Floats sums = {0}, own, b, byCompounds, scaled, byGenes, compound, term;
  for (long index = 0; index < whole; index += width) {
    load(sample.own + index, &own);
    load(sample.expression + index, &b);
    load(sample.byCompounds + index, &byCompounds);
    load(sample.scaled + index, &scaled);
    load(drug.byGenes + index, &byGenes);
    load(drug.compound + index, &compound);
    load(drug.own + index, &term);
    own += scaled * (b * byGenes + byCompounds * compound + term);
    store(out + index, &own);
    sums += own;
  }
  double sum = total(&sums);
  for (long index = whole; index < count; index++) {
    out[index] = sample.own[index]
                 + sample.scaled[index]
                       * (sample.expression[index] * drug.byGenes[index]
                          + sample.byCompounds[index] * drug.compound[index] + drug.own[index]);
    sum += out[index];
  }
  float mean = (float)(sum / count);
  Floats squares = {0};
  for (long index = 0; index < whole; index += width) {
    load(out + index, &own);
    own -= mean;
    squares += own * own;
  }
  double variance = total(&squares);
  for (long index = whole; index < count; index++) variance += (out[index] - mean) * (out[index] - mean);
  float inverse = 1.0f / sqrtf((float)(variance / count) + epsilon);
  for (long index = 0; index < whole; index += width) {
    Floats factor, shift;
    load(out + index, &own);
    load(weight + index, &factor);
    load(bias + index, &shift);
    own = (own - mean) * inverse * factor + shift;
    rectify(&own);
    store(out + index, &own);
  }
  for (long index = whole; index < count; index++) {
    float value = (out[index] - mean) * inverse * weight[index] + bias[index];
    out[index] = value > 0 ? value : 0;
  }
}

CLONES
void CVector_rectifiedSum(float *numbers, const float *a, const float *b, long count) {
  long whole = count / width * width;
  Floats vector, first, second;
  for (long index = 0; index < whole; index += width) {
    load(numbers + index, &vector);
    load(a + index, &first);
    load(b + index, &second);
    vector = vector + (first + second);
    rectify(&vector);
    store(numbers + index, &vector);
  }
  for (long index = whole; index < count; index++) {
    float value = numbers[index] + (a[index] + b[index]);
    numbers[index] = value > 0 ? value : 0;
  }
}

CLONES
float CVector_product(const float *a, const float *b, long count) {
  long whole = count / width * width;
  Floats sums = {0}, first, second;
  for (long index = 0; index < whole; index += width) {
    load(a + index, &first);
    load(b + index, &second);
    sums += first * second;
  }
  double sum = total(&sums);
  for (long index = whole; index < count; index++) sum += a[index] * b[index];
  return (float)sum;
}
