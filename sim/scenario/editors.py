"""Writes a JSON schema of scenario files, with which editors complete and check while one types.

`python -m sim.scenario.editors` writes it beside the shipped scenarios, where their first line names it.
"""

import json
from pathlib import Path
from typing import Any

from sim.scenario.load import ADDED_TO, REPLACE, shipped_folder
from sim.scenario.schema import Scenario


def json_schema() -> dict[str, Any]:
    """The schema of a scenario file; it knows every key with its bounds, unit and meaning, but not what has to fit."""
    schema = Scenario.model_json_schema()
    schema["$schema"] = "http://json-schema.org/draft-07/schema#"  # the one that editors for TOML know
    schema["title"] = "teamsim scenario"
    del schema["properties"]["name"]
    text = "the scenario this one departs from: a shipped name, or a path that starts from this file's folder"
    extends = {"type": "string", "description": text}
    text = "lists of that scenario that are left out, where what this file lists would otherwise be added to them"
    replace = {"type": "array", "items": {"enum": list(ADDED_TO)}, "description": text}
    schema["properties"] = {"extends": extends, REPLACE: replace, **schema["properties"]}
    # What a file leaves out may come from the file that it extends, and a team's size from the people listed.
    del schema["required"]
    schema["$defs"]["Team"]["required"].remove("size")
    return schema


def schema_text() -> str:
    """The schema as the text of its file."""
    return json.dumps(json_schema(), indent=2, ensure_ascii=False) + "\n"


def schema_path() -> Path:
    """Where the file lies."""
    return shipped_folder() / "scenario.schema.json"


if __name__ == "__main__":
    schema_path().write_text(schema_text(), encoding="utf-8")
