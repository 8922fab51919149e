import h5py
import numpy as np
import pytest

ROOT_KEYS = {"X", "obs", "var", "obsm", "varm", "obsp", "varp", "layers", "uns", "raw"}
ENCODINGS = {
    "anndata": "0.1.0", "dict": "0.1.0", "dataframe": "0.2.0", "array": "0.2.0", "string-array": "0.2.0",
    "categorical": "0.2.0", "string": "0.2.0", "numeric-scalar": "0.2.0",
}


@pytest.fixture(scope="module")
def file(store):
    with h5py.File(store, "r") as opened:
        yield opened


@pytest.fixture(scope="module")
def elements(file):
    """Every element by its path, without what a categorical is made of."""
    found = {"/": file}

    def visit(name, element):
        if found.get(f"/{name}".rpartition("/")[0] or "/").attrs.get("encoding-type") == "categorical":
            return
        found[f"/{name}"] = element

    file.visititems(visit)
    return found


def test_only_keys_of_the_specification_stand_at_the_root(file):
    assert set(file) <= ROOT_KEYS
    assert {"X", "obs", "var", "uns"} <= set(file)


def test_every_element_tells_its_encoding(elements):
    for path, element in elements.items():
        kind = element.attrs.get("encoding-type")
        assert kind in ENCODINGS, (path, kind)
        assert element.attrs["encoding-version"] == ENCODINGS[kind], path


def test_attributes_are_variable_length_utf8(elements):
    for path, element in elements.items():
        for name in ("encoding-type", "encoding-version", "_index"):
            if name in element.attrs:
                kind = element.attrs.get_id(name).get_type()
                assert kind.is_variable_str() and kind.get_cset() == h5py.h5t.CSET_UTF8, (path, name)
                assert element.attrs.get_id(name).shape == (), (path, name)


def test_frames_are_whole(elements):
    frames = {path: e for path, e in elements.items() if e.attrs["encoding-type"] == "dataframe"}
    assert {"/obs", "/var", "/uns/responses"} <= set(frames)
    for path, frame in frames.items():
        index = frame.attrs["_index"]
        order = frame.attrs["column-order"]
        assert isinstance(order, np.ndarray) and order.ndim == 1, path
        assert set(frame) == {index, *order}, path
        lengths = {c["codes"].shape if isinstance(c, h5py.Group) else c.shape for c in frame.values()}
        assert lengths == {frame[index].shape}, path
        names = frame[index].asstr()[:].tolist()
        assert len(set(names)) == len(names), path


def test_categoricals_have_signed_codes_within_their_unique_categories(elements):
    found = [e for e in elements.values() if e.attrs["encoding-type"] == "categorical"]
    assert found
    for element in found:
        codes = element["codes"][:]
        categories = element["categories"][:].tolist()
        assert codes.dtype.kind == "i", element.name
        assert all(-1 <= code < len(categories) for code in codes), element.name
        assert len(set(categories)) == len(categories), element.name


def test_no_number_is_unsigned_or_big_endian(elements):
    for path, element in elements.items():
        if isinstance(element, h5py.Dataset) and element.dtype.kind in "iuf":
            assert element.dtype.kind != "u", path
            assert element.dtype.newbyteorder("<") == element.dtype, path


def test_booleans_are_the_enumeration_that_h5py_knows(file):
    assert file["var/measured"].dtype == np.dtype(bool)


def test_x_is_chunked_by_rows_with_a_checksum_and_no_compression(file):
    x = file["X"]
    assert x.shape == (20, 978) and x.dtype == np.dtype("<f4")
    assert x.chunks is not None and x.chunks[1] == 978
    assert x.fletcher32 and x.compression is None


def test_no_key_holds_a_slash_and_no_name_is_empty(elements):
    assert all(part for path in elements if path != "/" for part in path.split("/")[1:])
