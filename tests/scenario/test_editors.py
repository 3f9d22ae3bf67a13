"""The JSON schema for editors: current, and of one mind with the loader."""

import json
import tomllib

import jsonschema
import pytest

from sim.scenario import json_schema, load_scenario, scenario_names, scenario_path, to_toml
from sim.scenario.editors import schema_path, schema_text


def test_the_file_is_current():
    assert schema_path().read_text(encoding="utf-8") == schema_text(), "run: python -m sim.scenario.editors"


def test_it_is_a_schema():
    jsonschema.Draft7Validator.check_schema(json_schema())


@pytest.mark.parametrize("name", scenario_names())
def test_every_shipped_scenario_is_accepted(name):
    text = scenario_path(name).read_text(encoding="utf-8")
    assert text.startswith(f"#:schema ./{schema_path().name}\n")
    jsonschema.validate(tomllib.loads(text), json_schema())
    jsonschema.validate(tomllib.loads(to_toml(load_scenario(name))), json_schema())


@pytest.mark.parametrize(
    "wrong",
    [
        {"titel": "x"},
        {"name": "x"},
        {"company": {"reputation": 2}},
        {"teams": []},
        {"teams": [{"size": 3}]},
        {"events": [{"event": "crises", "week": 3}]},
        {"events": [{"event": "crisis", "week": 3}]},
        {"styles": {"a": {"behaviour": {"directon": 1}}}},
        {"run": {"weeks": 0}},
    ],
)
def test_it_refuses_what_the_loader_refuses(wrong):
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(wrong, json_schema())


def test_every_value_has_a_meaning_and_every_number_a_unit():
    schema = json.loads(schema_text())
    for title, section in [("Scenario", schema), *schema["$defs"].items()]:
        for key, field in section.get("properties", {}).items():
            assert key == "event" or field.get("description"), f"{title}.{key} has no description"
            options = field.get("anyOf", [field])
            if any(option.get("type") in ("number", "integer") for option in options):
                assert any("unit" in option for option in options), f"{title}.{key} has no unit"
