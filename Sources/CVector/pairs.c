#include "CVector.h"

#include <math.h>
#include <string.h>

// A product and a sum must not become one rounding, or processors would differ.
#pragma STDC FP_CONTRACT OFF

enum { width = 16 };
typedef float Floats __attribute__((vector_size(64)));
typedef int Ints __attribute__((vector_size(64)));

#if defined(__x86_64__)
#define CLONES __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")))
#else
#define CLONES
#endif

// By reference, as vectors in registers would be passed otherwise on each processor.
static inline __attribute__((always_inline)) void load(const float *numbers, Floats *vector) {
  memcpy(vector, numbers, sizeof *vector);
}

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
    memcpy(out + index, &own, sizeof own);
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
    memcpy(out + index, &own, sizeof own);
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
    memcpy(numbers + index, &vector, sizeof vector);
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
