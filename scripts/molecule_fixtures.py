"""Writes the fixtures of Tests/MoleculesTests that another RDKit computed.

    python3 -m venv rdkit && rdkit/bin/pip install rdkit-pypi==2022.9.5 'numpy<2' h5py
    rdkit/bin/python scripts/molecule_fixtures.py molecule_graphs.h5 Tests/MoleculesTests/Fixtures

molecule_graphs.h5 holds what RDKit 2026.9 made of 12 drugs: node_features, adjacency and distance_rdkit_conformer, with
the SMILES as an attribute. The RDKit that runs this is of Debian 12's version: its conformers agree digit by digit.
"""

import json
import sys
from pathlib import Path

import h5py
import numpy as np
from rdkit import Chem, RDLogger, rdBase
from rdkit.Chem import AllChem


def graph(group):
    """Features as one string of 28 digits a node, bonds, and the ranges of the distances."""
    features = group["node_features"][()].astype(int)
    adjacency = group["adjacency"][()].astype(int)
    distances = group["distance_rdkit_conformer"][()]
    begin, end = np.nonzero(np.triu(adjacency, 1))
    return {
        "smiles": str(group.attrs["smiles"]),
        "features": ["".join(map(str, row)) for row in features],
        "bonds": [[int(a), int(b)] for a, b in zip(begin, end)],
        "selfLinks": [int(node) for node in np.nonzero(np.diag(adjacency))[0]],
        "shortestBond": float(distances[begin, end].min()),
        "longestBond": float(distances[begin, end].max()),
        "extent": float(distances[1:, 1:].max()),
    }


def conformer(smiles, seed):
    """Positions of the atoms as CSG2A's published code makes them, but with a seed."""
    molecule = Chem.AddHs(Chem.MolFromSmiles(smiles))
    assert AllChem.EmbedMolecule(molecule, maxAttempts=100, randomSeed=seed) == 0
    AllChem.UFFOptimizeMolecule(molecule)
    positions = Chem.RemoveHs(molecule).GetConformer().GetPositions()
    return [[round(float(value), 6) for value in row] for row in positions]


def write(path, content):
    path.write_text(json.dumps(content, separators=(",", ":")).replace('},"', '},\n"') + "\n")


def main(golden, folder):
    RDLogger.DisableLog("rdApp.*")
    with h5py.File(golden) as file:
        graphs = {name: graph(group) for name, group in file.items()}
    write(folder / "rdkit-2026.9.json", graphs)
    peer = {
        name: {
            "positions": conformer(graph["smiles"], 42),
            "canonical": Chem.MolToSmiles(Chem.MolFromSmiles(graph["smiles"])),
            "random": Chem.MolToRandomSmilesVect(Chem.MolFromSmiles(graph["smiles"]), 8, randomSeed=1),
        }
        for name, graph in graphs.items()
    }
    write(folder / f"rdkit-{rdBase.rdkitVersion}-seed42.json", peer)


main(sys.argv[1], Path(sys.argv[2]))
