"""A report's content as `therapi run` writes it, of invented numbers with a fixed seed."""
import base64
import math
import random
import struct

DRUGS = ["5-Fluorouracil", "Oxaliplatin", "Irinotecan", "Cetuximab", "Trametinib", "Dabrafenib", "Afatinib",
         "SN-38", "Docetaxel", "Navitoclax", "</script><b>Olaparib</b>", "Cisplatin & \"others\""]
LINES = [("HCT116", "large intestine"), ("SW620", "large intestine"), ("HT29", "large intestine"),
         ("RKO", "large intestine"), ("LoVo", "large intestine"), ("A549", "lung"), ("MCF7", "breast"),
         ("AGS", None)]
FIGURE = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 320 200"><rect width="320" height="200" fill="#fff"/>
<path d="M20 180L90 120L180 60L300 30" fill="none" stroke="#0072B2" stroke-width="2"/></svg>"""


def packed(numbers):
    return base64.b64encode(struct.pack(f"<{len(numbers)}f", *numbers)).decode()


def estimate(mean, deviation, low, high):
    return {"mean": mean, "deviation": deviation, "low": low, "high": high}


def predictions(patients, seed):
    chance = random.Random(seed)
    people, logits, deviations = [], [], []
    for index in range(patients):
        weights = sorted((chance.random() ** 3 for _ in LINES), reverse=True)
        order = chance.sample(range(len(LINES)), len(LINES))
        share = [weight / sum(weights) for weight in weights]
        people.append({
            "name": f"TCGA-{index:04d}-01", "tissue": "COAD" if index % 4 else "READ",
            "heterogeneity": -sum(part * math.log(part) for part in share if part > 0),
            "mixture": [{"cell_line": line, "weight": part} for line, part in zip(order, share)],
        })
        for drug in range(len(DRUGS)):
            logits.append(chance.gauss(0.9 - 0.25 * drug, 0.8))
            deviations.append(abs(chance.gauss(0.5, 0.15)))
    labels = [{"patient": patient, "drug": chance.randrange(4), "value": chance.randrange(2)}
              for patient in sorted(chance.sample(range(1, patients), patients // 5))]
    return {
        "method": "Mean of 10 models; each was trained on nine tenths of GDSC2's pairs.", "file": "scores.csv",
        "folds": 10, "drugs": DRUGS, "cell_lines": [{"name": name, "tissue": tissue} for name, tissue in LINES],
        "patients": people, "probabilities": packed([1 / (1 + math.exp(-x)) for x in logits]),
        "logits": packed(logits), "deviations": packed(deviations), "labels": labels,
    }


def evaluation():
    missing = {"reason": "all labels are 1"}
    full = [estimate(0.61, 0.03, 0.50, 0.71), estimate(0.72, 0.02, 0.61, 0.82), estimate(0.58, 0.04, 0.49, 0.67)]
    less = [estimate(0.57, 0.05, 0.46, 0.68), estimate(0.69, 0.03, 0.58, 0.80), estimate(0.55, 0.05, 0.46, 0.64)]
    return {
        "title": "Patients", "pairs": 121, "responders": 83, "metrics": ["AUROC", "AUPRC", "Accuracy"],
        "method": "Each fold's model scores all pairs; \u00b1 is the deviation over folds, the range a bootstrap's 95 %.",
        "models": [{"name": "THERAPI", "kind": "full", "estimates": full},
                   {"name": "without alignment", "kind": "ablation", "estimates": less},
                   {"name": "without rank embedding", "kind": "ablation", "estimates": less},
                   {"name": "without perturbation", "kind": "ablation", "estimates": less},
                   {"name": "drug mean", "kind": "baseline", "estimates": full}],
        "drugs": [{"name": "5-Fluorouracil", "pairs": 55, "responders": 40, "estimates": full},
                  {"name": "Mitomycin-C", "pairs": 2, "responders": 2, "estimates": [missing, missing, full[2]]}],
        "tissues": [{"name": "COAD", "pairs": 121, "responders": 83, "estimates": full},
                    {"name": "READ", "pairs": 3, "responders": 3, "estimates": [missing, missing, full[2]]}],
        "without_tissue": 4,
    }


def survival():
    row = {"tissue": "COAD", "high": 212, "low": 212, "events": 88, "hazard_ratio": 1.32, "lower_limit": 0.87,
           "upper_limit": 2.01, "p": 0.19, "q": 0.38}
    empty = {"tissue": "READ", "endpoint": "DSS", "high": 12, "low": 12, "events": 0, "reason": "no events"}
    return {"method": "Patients above the tissue's median entropy against those below it; log-rank test, Cox model.",
            "rows": [{**row, "endpoint": "OS"}, {**row, "endpoint": "PFI", "hazard_ratio": 0.61, "p": 0.003, "q": 0.012,
                      "lower_limit": 0.44, "upper_limit": 0.85}, empty]}


def content(patients=60, seed=5):
    cohort = {"measured_genes": 978, "genes": 978, "unit": "log2(norm_count + 1)", "assay": "rna-seq"}
    return {
        "title": "Drug response of colorectal cancers <from> cell lines",
        "study": {"name": "gdsc2-coadread", "date": "26 November 2026", "version": "0.1.0",
                  "summary": "GDSC2's cell lines and their IC50s, carried over to TCGA's colorectal cancers."},
        "caveats": [{"title": "The rank encoder is not Geneformer",
                     "text": "It is a small encoder that was trained on these cohorts on the spot."},
                    {"title": "One tissue", "text": "Entropy hardly differs between patients of one tissue."}],
        "cohorts": [
            {**cohort, "name": "gdsc2", "title": "GDSC2 cell lines", "role": "cell lines", "samples": 975,
             "unit": "zscore", "measured_genes": 509, "responses": 225075, "drugs": 286, "dropped": [],
             "tissues": [{"name": "lung", "count": 171}, {"name": "large intestine", "count": 49}]},
            {**cohort, "name": "coadread", "title": "TCGA-COADREAD", "role": "patients", "samples": 592,
             "responses": 121, "drugs": 5, "tissues": [{"name": "COAD", "count": 436}, {"name": "READ", "count": 153}],
             "dropped": [{"kind": "gene", "reason": "it is no landmark", "count": 19551},
                         {"kind": "response", "reason": "its drug is in none of the tables", "count": 111}]}],
        "alignment": {"preset": "paper", "standardisation": "per gene and domain", "source": "gdsc2", "cell_lines": 954,
                      "genes": 509, "epochs": 199, "notes": ["The patients lie between the lines, as averages do."],
                      "measures": [{"name": "mixing (1: random)", "raw": 0.10, "latent": 0.08, "aligned": 0.38},
                                   {"name": "silhouette of tissues", "raw": -0.04, "latent": 0.99}]},
        "evaluations": [evaluation()], "predictions": predictions(patients, seed),
        "heterogeneity": {"notes": [], "tissues": [
            {"tissue": tissue, "patients": 40, "least": low, "lower_quartile": low + 0.3, "median": low + 0.5,
             "upper_quartile": low + 0.6, "most": low + 1} for tissue, low in (("COAD", 1.1), ("READ", 0.8))]},
        "survival": survival(),
        "comparisons": [
            {"title": "MSI against MSS", "method": "By the clinical table.", "first_group": "MSI", "second_group": "MSS",
             "left_out": 5, "rows": [
                 {"name": "entropy", "kind": "entropy", "first": {"count": 52, "median": 3.8604, "mean": 3.86},
                  "second": {"count": 311, "median": 3.8611, "mean": 3.861},
                  "mann_whitney": {"superiority": 0.45, "p": 0.2}, "welch": {"p": 0.3}},
                 {"name": "Irinotecan", "kind": "drug", "first": {"count": 52, "median": 0.4, "mean": 0.5},
                  "second": {"count": 311, "median": -0.1, "mean": 0},
                  "mann_whitney": {"superiority": 0.62, "p": 0.004, "q": 0.012}, "welch": {"p": 0.006, "q": 0.01}},
                 {"name": "Cetuximab", "kind": "drug", "first": {"count": 0}, "second": {"count": 5, "median": 1, "mean": 1},
                  "mann_whitney": {"reason": "a group has no values"},
                  "welch": {"reason": "a group has fewer than two values"}}]},
            {"title": "Old against new", "method": "By year.", "first_group": "old", "second_group": "new",
             "left_out": 0, "rows": [], "reason": "no scored sample has a value in 'year'"}],
        "figures": [{"section": "alignment", "title": "Training", "caption": "Loss by epoch.", "svg": FIGURE},
                    {"section": "performance", "title": "ROC", "caption": "By fold.", "svg": FIGURE},
                    {"section": "survival", "title": "Overall survival", "caption": "With its table.", "svg": FIGURE},
                    {"section": "groups", "title": "Boxes", "caption": "With p.", "svg": FIGURE, "comparison": 0}],
        "provenance": {
            "inputs": [{"file": "GDSC_EXP.pkl", "role": "expression", "sha256": "ab" * 32}],
            "versions": [{"name": "therapi", "value": "0.1.0"}], "settings": [{"name": "seed", "value": "42"}],
            "commands": ["therapi run studies/gdsc2-coadread.yaml"],
            "files": [{"name": "scores.csv", "value": "every prediction"}]},
    }
