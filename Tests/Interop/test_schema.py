import functools
import json
import re

import pytest
import yaml
from jsonschema import Draft202012Validator

from sources import ROOT

TESTS = ROOT / "Tests"
MAPS = ROOT / "align-configs" / "tissues"

# Files that a schema accepts and files that it rejects, by its name.
GOOD = {
    "ingest-config": [
        *(ROOT / "ingest-configs").glob("*.yaml"), *(ROOT / "Benchmarks").glob("*.yaml"),
        TESTS / "Interop" / "data" / "cohort.yaml",
    ],
    "alignment-config": [*(ROOT / "align-configs").glob("*.yaml")],
    "tissue-map": [*MAPS.glob("*.yaml")],
    "study": [*(ROOT / "study-configs").glob("*.yaml")],
    "metrics": [TESTS / "StudyTests" / "Fixtures" / "metrics.json"],
}
BAD = {
    "ingest-config": [*(TESTS / "IngestTests" / "Fixtures" / "bad-configs").glob("schema-*.yaml")],
    "alignment-config": [*(TESTS / "AlignmentTests" / "Fixtures" / "bad-configs").glob("schema-*.yaml")],
    "tissue-map": [*(TESTS / "AlignmentTests" / "Fixtures" / "bad-maps").glob("schema-*.yaml")],
    "study": [*(TESTS / "StudyTests" / "Fixtures" / "bad-studies").glob("schema-*.yaml")],
    "metrics": [*(TESTS / "StudyTests" / "Fixtures" / "bad-metrics").glob("schema-*.json")],
}


def each(files):
    """Arguments of a test: the schema's name and a file."""
    return pytest.mark.parametrize("schema, path", [
        pytest.param(schema, path, id=f"{schema}-{path.stem}") for schema in files for path in sorted(files[schema])
    ])


class Loader(yaml.SafeLoader):
    """YAML without dates: what looks like one is a string, as in JSON."""


Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp"]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def load(path):
    return yaml.load(path.read_text(encoding="utf-8"), Loader)


def file(schema):
    return ROOT / "schemas" / f"{schema}.schema.json"


@functools.cache
def validator(schema):
    content = json.loads(file(schema).read_text(encoding="utf-8"))
    assert content["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    Draft202012Validator.check_schema(content)
    return Draft202012Validator(content)


def test_every_schema_is_tried_with_files_of_both_kinds():
    assert {path.name for path in (ROOT / "schemas").iterdir()} == {file(schema).name for schema in GOOD}
    for schema in GOOD:
        assert GOOD[schema] and BAD[schema], schema


@each(GOOD)
def test_the_schema_accepts_every_file_of_the_house(schema, path):
    errors = [f"{error.json_path}: {error.message}" for error in validator(schema).iter_errors(load(path))]
    assert not errors, "\n".join([str(path), *errors])


# JSON has no comments.
@each({schema: files for schema, files in GOOD.items() if schema != "metrics"})
def test_a_file_names_the_schema_for_editors(schema, path):
    named = re.search(r"^# .*\$schema[=:] ?(\S+)$", path.read_text(encoding="utf-8"), re.MULTILINE)
    assert named, f"{path}: no comment names $schema"
    assert (path.parent / named[1]).resolve() == file(schema)


@each(BAD)
def test_the_schema_rejects_every_bad_file(schema, path):
    assert not validator(schema).is_valid(load(path)), f"{path}: the schema finds no fault"
