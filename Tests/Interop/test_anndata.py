import numpy as np
import pandas as pd


def test_x_has_the_declared_shape_and_type(cohort):
    assert cohort.X.shape == (20, 978)
    assert cohort.X.dtype == np.float32
    assert np.isfinite(cohort.X).all()


def test_obs_names_are_the_samples_of_the_source(cohort, raw):
    assert sorted(cohort.obs.index) == sorted(raw.samples)


def test_genes_are_the_landmarks_in_their_order(cohort, raw):
    assert cohort.var["ensembl"].tolist() == raw.ensembl
    assert cohort.var.index.is_unique


def test_values_equal_the_source(cohort, raw):
    expected = raw.expected_x().loc[cohort.obs.index].to_numpy()
    np.testing.assert_allclose(cohort.X, expected, rtol=1e-6, atol=1e-6)


def test_backed_rows_equal_those_in_memory(cohort):
    np.testing.assert_array_equal(np.ravel(cohort.backed_row), cohort.X[1])


def test_measured_is_boolean_and_false_where_the_source_lacks_the_gene(cohort, raw):
    measured = cohort.var["measured"]
    assert measured.dtype == bool
    assert set(cohort.var["ensembl"][~measured]) == raw.missing
    assert not cohort.X[:, ~measured.to_numpy()].any()


def test_categories_come_through_with_their_gaps(cohort, raw):
    tissue = cohort.obs["tissue"]
    assert isinstance(tissue.dtype, pd.CategoricalDtype)
    assert tissue.isna().any()
    assert tissue.astype(object).fillna("").tolist() == raw.table["site"][tissue.index].tolist()


def test_text_comes_through_with_its_gaps(cohort, raw):
    note = cohort.obs["note"]
    assert note.astype(object).tolist() == raw.table["note"][note.index].tolist()


def test_numbers_come_through_with_their_gaps(cohort, raw):
    hours = cohort.obs["doubling_hours"]
    assert hours.isna().any()
    expected = pd.to_numeric(raw.table["doubling_hours"][hours.index])
    np.testing.assert_allclose(hours.to_numpy(float), expected.to_numpy(float), rtol=1e-6)


def test_flags_are_boolean(cohort, raw):
    adherent = cohort.obs["adherent"]
    assert adherent.dtype == bool
    assert adherent.tolist() == (raw.table["adherent"][adherent.index] == "true").tolist()


def test_strings_are_strings(cohort):
    for values in (cohort.var.index.tolist(), cohort.var["ensembl"].tolist()):
        assert all(type(value) is str and value for value in values)


def test_responses_are_a_data_frame_with_the_values_and_labels_of_the_source(cohort, raw):
    responses = cohort.uns["responses"]
    assert isinstance(responses, pd.DataFrame)
    seen = pd.DataFrame({
        "sample": responses["sample"].astype(str), "drug": responses["drug"].astype(str),
        "value": responses["value"].astype(float), "label": responses["label"].astype(int),
    }).sort_values(["drug", "sample"], ignore_index=True)
    expected = raw.responses.assign(label=raw.expected_labels().astype(int)).rename(
        columns={"CELL_LINE_NAME": "sample", "DRUG_NAME": "drug", "LN_IC50": "value"})
    expected = expected.sort_values(["drug", "sample"], ignore_index=True)
    assert seen[["sample", "drug", "label"]].equals(expected[["sample", "drug", "label"]])
    np.testing.assert_allclose(seen["value"], expected["value"], rtol=1e-6)


def test_the_unit_and_the_inputs_are_told(cohort):
    assert cohort.uns["expression"]["unit"] == "log2(tpm + 1)"
    assert "provenance" in cohort.uns
