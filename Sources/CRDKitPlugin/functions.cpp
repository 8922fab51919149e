#include "CRDKitPlugin.h"

#include <exception>
#include <memory>
#include <new>
#include <string>
#include <utility>

#include "log.hpp"
#include "rdkit.hpp"

struct CRDKit_Molecule {
  RDKit::RWMol graph;
  std::string canonical;
  std::string problem;
};

namespace {

/// RDKit's own default of how far apart, in multiples of their best distance, two atoms still push each other.
constexpr double reach = 10;

/// Runs work; what it throws becomes the molecule's problem, and the answer false.
template <typename Work>
bool guarded(CRDKit_Molecule *molecule, const Work &work) noexcept {
  molecule->problem.clear();
  try {
    work();
  } catch (const std::exception &error) {
    molecule->problem = error.what();
    if (molecule->problem.empty()) molecule->problem = "RDKit failed and did not say why";
  } catch (...) {
    molecule->problem = "RDKit failed and did not say why";
  }
  return molecule->problem.empty();
}

template <typename Work>
bool attempt(CRDKit_Molecule *molecule, const Work &work) noexcept {
  return guarded(molecule, [&] { crdkit::in_silence(work); });
}

std::unique_ptr<RDKit::RWMol> read(const char *smiles) {
  RDKit::SmilesParserParams rules;
  rules.allowCXSMILES = false;
  rules.parseName = false;
  return std::unique_ptr<RDKit::RWMol>(RDKit::SmilesToMol(smiles, rules));
}

/// What RDKit says of a SMILES that it does not read.
std::string complaint(const char *smiles) {
  const std::string said = crdkit::listening([&] { read(smiles); });
  return said.empty() ? "RDKit reads no molecule from it" : said;
}

void copy_positions(const RDKit::ROMol &mol, unsigned count, double *positions) {
  const RDKit::Conformer &conformer = mol.getConformer();
  for (unsigned atom = 0; atom < count; ++atom) {
    const RDGeom::Point3D &point = conformer.getAtomPos(atom);
    *positions++ = point.x;
    *positions++ = point.y;
    *positions++ = point.z;
  }
}

bool place(RDKit::ROMol &mol, CRDKit_Embedding settings) {
  RDKit::DGeomHelpers::EmbedParameters parameters;
  parameters.maxIterations = settings.attempts;
  parameters.randomSeed = settings.seed;
  parameters.useExpTorsionAnglePrefs = true;
  parameters.useBasicKnowledge = true;
  return RDKit::DGeomHelpers::EmbedMolecule(mol, parameters) >= 0;
}

void relax(RDKit::ROMol &mol, unsigned steps) {
  const std::unique_ptr<ForceFields::ForceField> field(RDKit::UFF::constructForceField(mol, reach));
  field->initialize();
  field->minimize(steps);
}

const char *version(void) { return RDKit::rdkitVersion; }

CRDKit_Molecule *parse(const char *smiles) {
  auto *molecule = new (std::nothrow) CRDKit_Molecule;
  if (!molecule) return nullptr;
  std::unique_ptr<RDKit::RWMol> graph;
  if (!attempt(molecule, [&] { graph = read(smiles); })) return molecule;
  if (graph) {
    molecule->graph = std::move(*graph);
  } else {
    std::string reason;
    if (guarded(molecule, [&] { reason = complaint(smiles); })) molecule->problem = reason;
  }
  return molecule;
}

void destroy(CRDKit_Molecule *molecule) { delete molecule; }

const char *problem(const CRDKit_Molecule *molecule) {
  return molecule->problem.empty() ? nullptr : molecule->problem.c_str();
}

int32_t atom_count(const CRDKit_Molecule *molecule) { return molecule->graph.getNumAtoms(); }

int32_t bond_count(const CRDKit_Molecule *molecule) { return molecule->graph.getNumBonds(); }

void copy_atoms(const CRDKit_Molecule *molecule, CRDKit_Atom *atoms) {
  const RDKit::RingInfo *rings = molecule->graph.getRingInfo();
  for (const RDKit::Atom *atom : molecule->graph.atoms()) {
    *atoms++ = CRDKit_Atom{
        atom->getAtomicNum(),
        static_cast<int32_t>(atom->getDegree()),
        static_cast<int32_t>(atom->getTotalNumHs()),
        atom->getFormalCharge(),
        rings->numAtomRings(atom->getIdx()) != 0,
        atom->getIsAromatic(),
    };
  }
}

void copy_bonds(const CRDKit_Molecule *molecule, CRDKit_Bond *bonds) {
  for (const RDKit::Bond *bond : molecule->graph.bonds()) {
    *bonds++ = CRDKit_Bond{static_cast<int32_t>(bond->getBeginAtomIdx()), static_cast<int32_t>(bond->getEndAtomIdx())};
  }
}

int32_t fragment_count(CRDKit_Molecule *molecule) {
  int32_t count = -1;
  attempt(molecule, [&] {
    std::vector<int> fragments;
    count = static_cast<int32_t>(RDKit::MolOps::getMolFrags(molecule->graph, fragments));
  });
  return count;
}

const char *canonical_smiles(CRDKit_Molecule *molecule) {
  const bool is_written = attempt(molecule, [&] { molecule->canonical = RDKit::MolToSmiles(molecule->graph); });
  return is_written ? molecule->canonical.c_str() : nullptr;
}

bool embed(CRDKit_Molecule *molecule, CRDKit_Embedding settings, double *positions) {
  bool is_placed = false;
  const bool is_done = attempt(molecule, [&] {
    RDKit::RWMol whole(molecule->graph);
    // Hydrogens come after the atoms of the graph, which keep their places.
    RDKit::MolOps::addHs(whole);
    is_placed = place(whole, settings);
    if (!is_placed) return;
    relax(whole, settings.relaxation_steps);
    copy_positions(whole, molecule->graph.getNumAtoms(), positions);
  });
  if (is_done && !is_placed) molecule->problem = "no conformer was found";
  return is_done && is_placed;
}

bool flatten(CRDKit_Molecule *molecule, double *positions) {
  return attempt(molecule, [&] {
    RDKit::RWMol flat(molecule->graph);
    RDDepict::compute2DCoords(flat);
    copy_positions(flat, flat.getNumAtoms(), positions);
  });
}

}  // namespace

const CRDKit_Functions *CRDKit_functions(void) {
  static const CRDKit_Functions functions{
      version,    parse,          destroy,          problem, atom_count, bond_count, copy_atoms,
      copy_bonds, fragment_count, canonical_smiles, embed,   flatten,
  };
  return &functions;
}
