#pragma once
#include "CRDKit.h"

#ifdef __cplusplus
extern "C"
#endif
/// RDKit behind plain C, for a program that loads this library when it needs it.
const CRDKit_Functions *_Nonnull CRDKit_functions(void);
