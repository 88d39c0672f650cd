"""Words and phrases of the domain, as data: one TOML or CSV file per subject. Whoever edits them edits no code.

A province adds its own: a folder, named by the environment variable `VANBAN_LEXICON`, with files of the same names that
hold only what is to be added. What they may hold is said in `schemas.py`; their words join ours, their rules are asked
before ours, their wording of a message stands in the place of ours.
"""

from __future__ import annotations

import csv
import os
import tomllib
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

FOLDER = "VANBAN_LEXICON"


class LexiconError(Exception):
    """A word list of one's own that cannot be meant so: which file, and where in it."""


@cache
def load(name: str) -> dict[str, Any]:
    """The TOML file `name` with what the province adds, read once: not to be changed.

    Raises FileNotFoundError, and LexiconError for a file of the province that breaks its schema.
    """
    ours = tomllib.loads(_shipped(name))
    text = _own(name)
    if text is None:
        return ours
    from vanban.lexicon.schemas import check  # only now: our own files are checked by the tests

    try:
        added = tomllib.loads(text)
        check(name, added)
    except ValueError as error:  # tomllib's and msgspec's errors are both
        raise _wrong(name, error) from error
    joined: dict[str, Any] = _joined(ours, added)
    return joined


@cache
def table(name: str) -> tuple[dict[str, str], ...]:
    """The rows of the CSV file `name`, the province's behind ours. Raises as `load` does."""
    ours = tuple(csv.DictReader(_shipped(name).splitlines()))
    text = _own(name)
    if text is None:
        return ours
    rows = csv.DictReader(text.splitlines(), restval="", restkey="")
    for line, row in enumerate(({}.fromkeys(rows.fieldnames or ()), *(added := tuple(rows))), 1):
        if row.keys() != ours[0].keys():
            raise _wrong(name, f"dòng {line} phải có các cột {', '.join(ours[0])}")
    return ours + added


def check_own() -> None:
    """Read every file that the province adds, before anything is read with them. Raises LexiconError."""
    if not os.environ.get(FOLDER):
        return
    for entry in files(__name__).iterdir():
        if entry.name.endswith((".toml", ".csv")):
            (table if entry.name.endswith(".csv") else load)(entry.name)


def _shipped(name: str) -> str:
    return files(__name__).joinpath(name).read_text(encoding="utf-8")


def _own(name: str) -> str | None:
    folder = os.environ.get(FOLDER)
    if not folder:
        return None
    if not Path(folder).is_dir():
        raise LexiconError(f"Biến {FOLDER}: không có thư mục {folder}. Hãy sửa lại đường dẫn, hoặc bỏ biến này.")
    try:
        return Path(folder, name).read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        return None
    except (OSError, UnicodeDecodeError) as error:
        raise _wrong(name, error) from error


def _wrong(name: str, what: object) -> LexiconError:
    path = Path(os.environ.get(FOLDER, ""), name)
    said = " ".join(str(what).split())
    return LexiconError(f"Tệp từ vựng {path} (biến {FOLDER}) chưa dùng được: {said}. Hãy sửa tệp, hoặc bỏ biến này.")


def _joined(ours: Any, added: Any) -> Any:
    if isinstance(ours, dict) and isinstance(added, dict):
        return {**ours, **{key: _joined(ours[key], value) if key in ours else value for key, value in added.items()}}
    if isinstance(ours, list):
        new = [entry for entry in added if entry not in ours]
        rules = bool(ours) and isinstance(ours[0], dict)
        return [*new, *ours] if rules else [*ours, *new]
    return added
