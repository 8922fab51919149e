import json
import re

import pytest
import yaml
from jsonschema import Draft202012Validator

from sources import ROOT

SCHEMA = ROOT / "schemas" / "ingest-config.schema.json"
GOOD = sorted([
    *(ROOT / "ingest-configs").glob("*.yaml"), *(ROOT / "Benchmarks").glob("*.yaml"),
    ROOT / "Tests" / "Interop" / "data" / "cohort.yaml",
])
BAD = sorted((ROOT / "Tests" / "IngestTests" / "Fixtures" / "bad-configs").glob("schema-*.yaml"))


class Loader(yaml.SafeLoader):
    """YAML without dates: what looks like one is a string, as in JSON."""


Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp"]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def name(path):
    return path.stem


def load(path):
    return yaml.load(path.read_text(encoding="utf-8"), Loader)


@pytest.fixture(scope="module")
def validator():
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)


def test_there_are_configurations_of_both_kinds():
    assert len([path for path in GOOD if path.parent.name == "ingest-configs"]) >= 2
    assert BAD, "no Tests/IngestTests/Fixtures/bad-configs/schema-*.yaml"


@pytest.mark.parametrize("path", GOOD, ids=name)
def test_the_schema_accepts_every_configuration_of_the_house(path, validator):
    errors = [f"{error.json_path}: {error.message}" for error in validator.iter_errors(load(path))]
    assert not errors, "\n".join([str(path), *errors])


@pytest.mark.parametrize("path", GOOD, ids=name)
def test_a_configuration_names_the_schema_for_editors(path):
    named = re.search(r"^# .*\$schema[=:] ?(\S+)$", path.read_text(encoding="utf-8"), re.MULTILINE)
    assert named, f"{path}: no comment names $schema"
    assert (path.parent / named[1]).resolve() == SCHEMA


@pytest.mark.parametrize("path", BAD, ids=name)
def test_the_schema_rejects_every_bad_configuration(path, validator):
    assert not validator.is_valid(load(path)), f"{path}: the schema finds no fault"
