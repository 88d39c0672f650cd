"""Words and phrases of the domain, as data: one TOML or CSV file per subject. Whoever edits them edits no code."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def load(name: str) -> dict[str, Any]:
    """The TOML file `name` of this folder, read once: not to be changed. Raises FileNotFoundError."""
    return tomllib.loads(files(__name__).joinpath(name).read_text(encoding="utf-8"))
