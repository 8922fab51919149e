#include "CVector.h"

static inline unsigned long long rotated(unsigned long long word, int bits) { return word << bits | word >> (64 - bits); }

void CVector_xoshiro(unsigned long long state[4], unsigned long long *words, long count) {
  unsigned long long a = state[0], b = state[1], c = state[2], d = state[3];
  for (long index = 0; index < count; index++) {
    words[index] = rotated(b * 5, 7) * 9;
    unsigned long long shifted = b << 17;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= shifted;
    d = rotated(d, 45);
    // Keeps the words in registers of their own: put together in wide ones, as compilers do, each takes three times as long.
    __asm__("" : "+r"(a), "+r"(b), "+r"(c), "+r"(d));
  }
  state[0] = a, state[1] = b, state[2] = c, state[3] = d;
}
