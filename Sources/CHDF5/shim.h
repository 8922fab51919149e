#pragma once
#include <hdf5.h>

// Macros that call H5open() are not imported: one function each.
static inline hid_t CHDF5_native_float(void) { return H5T_NATIVE_FLOAT; }
static inline hid_t CHDF5_native_double(void) { return H5T_NATIVE_DOUBLE; }
static inline hid_t CHDF5_native_int8(void) { return H5T_NATIVE_INT8; }
static inline hid_t CHDF5_native_int32(void) { return H5T_NATIVE_INT32; }
static inline hid_t CHDF5_native_int64(void) { return H5T_NATIVE_INT64; }
