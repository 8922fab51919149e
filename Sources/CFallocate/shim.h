#pragma once
#include <errno.h>
#include <sys/syscall.h>
#include <unistd.h>

/// Takes the blocks of a file's first bytes and leaves its size as it is: fallocate(2), which glibc's headers show to GNU
/// sources alone. 0, or the number of the error.
static inline int CFallocate_keepingSize(int file, long bytes) {
  const int keepSize = 1;
  return syscall(SYS_fallocate, file, keepSize, 0L, bytes) == 0 ? 0 : errno;
}
