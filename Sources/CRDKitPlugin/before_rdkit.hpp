// To be included before any header of RDKit: sees that they are there, and that clang takes those of Boost beneath them.
#pragma once

#if !__has_include(<GraphMol/RWMol.h>)
#error "RDKit's headers are not in /usr/include/rdkit. On Debian and Ubuntu: apt-get install librdkit-dev libboost-dev. \
If they lie elsewhere, point the symlink Sources/CRDKitPlugin/rdkit_headers at the folder that holds GraphMol/RWMol.h."
#elif !__has_include(<boost/version.hpp>)
#error "Boost's headers are missing, which RDKit's need. On Debian and Ubuntu: apt-get install libboost-dev."
#endif

// Boost 1.74 computes with these enumerations outside their range, which clang 16 and later refuse unless the type
// beneath is fixed. Declared here so, they stand in for Boost's own headers.
#define BOOST_NUMERIC_CONVERSION_INT_FLOAT_MIXTURE_ENUM_FLC_12NOV2002_HPP
#define BOOST_NUMERIC_CONVERSION_SIGN_MIXTURE_ENUM_FLC_12NOV2002_HPP
#define BOOST_NUMERIC_CONVERSION_UDT_BUILTIN_MIXTURE_ENUM_FLC_12NOV2002_HPP
namespace boost::numeric {
enum int_float_mixture_enum : int { integral_to_integral, integral_to_float, float_to_integral, float_to_float };
enum sign_mixture_enum : int { unsigned_to_unsigned, signed_to_signed, signed_to_unsigned, unsigned_to_signed };
enum udt_builtin_mixture_enum : int { builtin_to_builtin, builtin_to_udt, udt_to_builtin, udt_to_udt };
}  // namespace boost::numeric
