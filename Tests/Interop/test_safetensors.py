"""Python reads the checkpoint that FormatsTests hold their writer against, byte by byte."""

import hashlib
import json
import struct

import numpy as np
import pytest
from safetensors import safe_open
from safetensors.numpy import load_file, save

from sources import ROOT

FIXTURE = ROOT / "Tests" / "FormatsTests" / "Fixtures" / "Safetensors" / "swift.safetensors"
EXPECTED = {
    "encoder.0.weight": np.array([[0, -0.0, 1], [1e-45, 3.4028235e38, -np.inf]], "<f4"),
    "encoder.0.bias": np.array([0x7FC00001, 0xFFC12345], "<u4").view("<f4"),
    "steps": np.array(42, "<i8"),
    "limits": np.array([[-(2**63)], [2**63 - 1]], "<i8"),
    "loss": np.array([0.1, -0.0, 5e-324], "<f8"),
    "none": np.zeros((0, 4), "<f4"),
    "schicht.größe": np.array([0.5], "<f4"),
}


@pytest.fixture(scope="module")
def tensors():
    return load_file(FIXTURE)


def test_the_tensors_are_those_of_the_writer_bit_for_bit(tensors):
    assert set(tensors) == set(EXPECTED)
    for name, expected in EXPECTED.items():
        assert tensors[name].dtype == expected.dtype and tensors[name].shape == expected.shape, name
        assert tensors[name].tobytes() == expected.tobytes(), name


def test_the_texts_are_those_of_the_writer():
    with safe_open(FIXTURE, framework="numpy") as file:
        assert file.metadata() == {"preset": "paper", "note": '"Zürich"\n\\ \x1f 漢字 🧬', "empty": ""}


def test_the_header_is_sorted_and_the_data_are_aligned():
    content = FIXTURE.read_bytes()
    (length,) = struct.unpack("<Q", content[:8])
    header = json.loads(content[8:8 + length])
    assert length % 8 == 0
    assert list(header) == ["__metadata__", "limits", "steps", "loss", "encoder.0.bias", "encoder.0.weight", "none",
                            "schicht.größe"]
    assert list(header["__metadata__"]) == ["empty", "note", "preset"]


def test_without_texts_python_gives_the_same_bytes_and_so_the_fingerprint(tensors):
    content = FIXTURE.read_bytes()
    (length,) = struct.unpack("<Q", content[:8])
    bare = save(tensors)
    (bare_length,) = struct.unpack("<Q", bare[:8])
    assert bare[8 + bare_length:] == content[8 + length:]
    assert hashlib.sha256(bare).hexdigest() == "054590f28d6334c51171a2b47d8e1e1489914454a4ccb90f27a04dc779345dcc"
