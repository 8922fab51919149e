#pragma once

/// e to the power of each number less the largest, in place; the result is their sum.
///
/// The same bits on every processor: wider registers change how many numbers go at once, and nothing else.
float CVector_exponentials(float *numbers, long count);
