#pragma once

/// e to the power of each number less the largest, in place; the result is their sum.
///
/// The same bits on every processor: wider registers change how many numbers go at once, and nothing else.
float CVector_exponentials(float *numbers, long count);

/// What the pairs of one sample share; each a number a gene. With s the gene's scale, b the sample's expression,
/// g and c the products of the sample's sum with the gene's two vectors and l the gene's links:
typedef struct {
  /// b (s b g + l).
  const float *own;
  /// b.
  const float *expression;
  /// c.
  const float *byCompounds;
  /// s b.
  const float *scaled;
} CVector_PairSample;

/// What the pairs of one drug share; each a number a gene.
typedef struct {
  /// The product of the drug's sum with the gene's own vector.
  const float *byGenes;
  /// The drug itself.
  const float *compound;
  /// The drug times the product of its sum with the gene's vector for compounds.
  const float *own;
} CVector_PairDrug;

/// A pair's row before the last product of the perturbation network: expression times row sums, normalised to mean 0
/// and variance 1, scaled, shifted and rectified. The same bits on every processor.
void CVector_perturbedPair(CVector_PairSample sample, CVector_PairDrug drug, const float *weight, const float *bias,
                           float epsilon, long count, float *out);

/// numbers + (a + b) in place, and 0 where that is negative.
void CVector_rectifiedSum(float *numbers, const float *a, const float *b, long count);

/// The sum of a times b, in one order that depends on the count alone.
float CVector_product(const float *a, const float *b, long count);

/// What a step of Adam multiplies and divides by: its length, the root of 1 - the second decay's power, the shares of the
/// new and of the old means, and what is added to the root and to the gradient.
typedef struct {
  float step, root;
  float one, two;
  float keepsOne, keepsTwo;
  float epsilon, weightDecay;
} CVector_AdamFactors;

/// One step of Adam on numbers and their two means, in place. The same bits on every processor.
void CVector_adamStep(float *parameter, const float *gradient, float *first, float *second, CVector_AdamFactors factors,
                      long count);

/// For each random word 0 where it is at most `last`, else `kept`.
void CVector_dropFactors(const unsigned *words, unsigned last, float kept, long count, float *out);

/// Each number times the factor of its word, and 0 where the number is not above 0.
void CVector_rectifiedDrop(const float *numbers, const unsigned *words, unsigned last, float kept, long count,
                           float *out);

/// The next words of xoshiro256** (Blackman and Vigna 2018), whose state goes on.
void CVector_xoshiro(unsigned long long state[4], unsigned long long *words, long count);
