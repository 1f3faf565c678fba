"""Two validators that share nothing but Microsoft's schemas: jsonschema, and Microsoft's own reader
of manifests in Node. Neither asks the network."""

from __future__ import annotations

import json
import subprocess
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema import Draft4Validator

from tests.requirements import TEAMS_PACKAGE, node

Json = dict[str, Any]

SCHEMAS = TEAMS_PACKAGE / "node_modules/@microsoft/app-manifest/build/json-schemas/teams/v1.30"
MANIFEST, LOCALISATION = "MicrosoftTeams", "MicrosoftTeams.Localization"


@cache
def validator(name: str) -> Draft4Validator:
    """The schema of that name, as jsonschema checks it."""
    # The schema itself is not checked: patterns of parts that we do not use are JavaScript's.
    return Draft4Validator(_meant(json.loads((SCHEMAS / f"{name}.schema.json").read_text("utf-8"))))


def _meant(schema: Any) -> Any:
    """``schema`` with every limit that stands beside a ``$ref``, which draft 4 passes over."""
    if isinstance(schema, list):
        return [_meant(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    parts = {name: _meant(part) for name, part in schema.items()}
    if isinstance(schema.get("$ref"), str) and len(parts) > 1:
        return {"allOf": [{"$ref": parts.pop("$ref")}, parts]}
    return parts


def by_schema(made: Json, name: str = MANIFEST) -> list[str]:
    """What jsonschema says against ``made``."""
    return [f"{error.json_path}: {error.message}" for error in validator(name).iter_errors(made)]


def by_microsoft(made: dict[str, Json], folder: Path) -> dict[str, list[str]]:
    """What Microsoft's reader says against each manifest."""
    source = folder / "manifests.json"
    source.write_text(json.dumps(made), "utf-8")
    command = [str(node()), str(TEAMS_PACKAGE / "validate.mjs"), str(source)]
    ran = subprocess.run(command, check=True, capture_output=True, text=True, timeout=120)
    said: dict[str, list[str]] = json.loads(ran.stdout)
    return said
