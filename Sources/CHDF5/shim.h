#pragma once
#include <hdf5.h>

// Macros that call H5open() or H5check() are not imported: one function each.
static inline hid_t CHDF5_native_float(void) { return H5T_NATIVE_FLOAT; }
static inline hid_t CHDF5_native_double(void) { return H5T_NATIVE_DOUBLE; }
static inline hid_t CHDF5_native_int8(void) { return H5T_NATIVE_INT8; }
static inline hid_t CHDF5_native_int16(void) { return H5T_NATIVE_INT16; }
static inline hid_t CHDF5_native_int32(void) { return H5T_NATIVE_INT32; }
static inline hid_t CHDF5_native_int64(void) { return H5T_NATIVE_INT64; }
static inline hid_t CHDF5_file_float(void) { return H5T_IEEE_F32LE; }
static inline hid_t CHDF5_file_double(void) { return H5T_IEEE_F64LE; }
static inline hid_t CHDF5_file_int8(void) { return H5T_STD_I8LE; }
static inline hid_t CHDF5_file_int16(void) { return H5T_STD_I16LE; }
static inline hid_t CHDF5_file_int32(void) { return H5T_STD_I32LE; }
static inline hid_t CHDF5_file_int64(void) { return H5T_STD_I64LE; }
static inline hid_t CHDF5_c_string(void) { return H5T_C_S1; }
static inline size_t CHDF5_variable(void) { return H5T_VARIABLE; }
static inline hid_t CHDF5_file_create(void) { return H5P_FILE_CREATE; }
static inline hid_t CHDF5_file_access(void) { return H5P_FILE_ACCESS; }
static inline hid_t CHDF5_dataset_create(void) { return H5P_DATASET_CREATE; }
static inline hid_t CHDF5_dataset_transfer(void) { return H5P_DATASET_XFER; }
static inline hid_t CHDF5_group_create(void) { return H5P_GROUP_CREATE; }
static inline hid_t CHDF5_link_create(void) { return H5P_LINK_CREATE; }
static inline unsigned CHDF5_truncate(void) { return H5F_ACC_TRUNC; }
static inline unsigned CHDF5_read_only(void) { return H5F_ACC_RDONLY; }
static inline unsigned CHDF5_read_write(void) { return H5F_ACC_RDWR; }
