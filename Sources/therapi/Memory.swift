import CMalloc

/// How the process takes memory from the system.
enum Memory {
  /// Has each piece from a megabyte on go back to the system once it is free.
  ///
  /// glibc would keep pieces of up to 32 MB after the first of that size is freed: an alignment of 8,715 samples then has
  /// a peak of 250 MB instead of 175. Ingest, which asks for many such pieces, is faster with glibc's way.
  static func returnLargePieces() { mallopt(M_MMAP_THRESHOLD, 1 << 20) }
}
