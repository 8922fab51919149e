#pragma once
#include <stdbool.h>
#include <stdint.h>

#pragma clang assume_nonnull begin

/// A molecule as RDKit read it. Several may be used at once, each by one thread.
typedef struct CRDKit_Molecule CRDKit_Molecule;

typedef struct {
  int32_t atomic_number;
  /// Atoms of the molecule that are bonded to it.
  int32_t neighbours;
  /// Hydrogens that are bonded to it and are no atoms of the molecule.
  int32_t hydrogens;
  int32_t charge;
  bool in_ring;
  bool aromatic;
} CRDKit_Atom;

typedef struct {
  int32_t begin;
  int32_t end;
} CRDKit_Bond;

typedef struct {
  /// 0 or more.
  int32_t seed;
  /// How many times a conformer is tried.
  uint32_t attempts;
  /// Most steps of the relaxation.
  uint32_t relaxation_steps;
} CRDKit_Embedding;

/// What the library that is linked to RDKit can do. None of it throws, prints or ends the program.
typedef struct {
  /// RDKit's version, such as 2022.09.3.
  const char *_Nonnull (*_Nonnull version)(void);

  /// Reads a SMILES; NULL where memory ran out. Where the SMILES is wrong, the molecule has no atoms and `problem` says
  /// why. What it gives must be given to `destroy`.
  CRDKit_Molecule *_Nullable (*_Nonnull parse)(const char *smiles);
  void (*_Nonnull destroy)(CRDKit_Molecule *molecule);

  /// Why the last call on the molecule failed, or NULL if it did not; good until the next call on it.
  const char *_Nullable (*_Nonnull problem)(const CRDKit_Molecule *molecule);

  int32_t (*_Nonnull atom_count)(const CRDKit_Molecule *molecule);
  int32_t (*_Nonnull bond_count)(const CRDKit_Molecule *molecule);
  /// Copies `atom_count` atoms, in the order of the SMILES.
  void (*_Nonnull copy_atoms)(const CRDKit_Molecule *molecule, CRDKit_Atom *atoms);
  /// Copies `bond_count` bonds.
  void (*_Nonnull copy_bonds)(const CRDKit_Molecule *molecule, CRDKit_Bond *bonds);

  /// In how many parts, not bonded to each other, the molecule falls; -1 where that failed.
  int32_t (*_Nonnull fragment_count)(CRDKit_Molecule *molecule);
  /// The canonical SMILES, or NULL where that failed; good until the next call on the molecule.
  const char *_Nullable (*_Nonnull canonical_smiles)(CRDKit_Molecule *molecule);

  /// Writes x, y, z of each atom in a conformer that was relaxed with hydrogens, in angstrom; false where that failed.
  bool (*_Nonnull embed)(CRDKit_Molecule *molecule, CRDKit_Embedding settings, double *positions);
  /// Writes x, y, z of each atom in a drawing, z = 0; false where that failed.
  bool (*_Nonnull flatten)(CRDKit_Molecule *molecule, double *positions);
} CRDKit_Functions;

/// The one symbol of the library, of the name `CRDKit_functions`.
typedef const CRDKit_Functions *_Nonnull (*CRDKit_Entry)(void);

#pragma clang assume_nonnull end
