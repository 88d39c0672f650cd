"""Which documents under a folder have a gold, and where."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

GOLD = ".gold.json"
SITE = "headings.csv"
SCAN = "_scan"
"""Ending of the image-only copy of a document in `formats/`, whose gold is that of the original."""
COPIES, ORIGINALS = "formats", "tasks"
"""The folder of documents laid out anew, and the one that holds their golds."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A document, by its path under the folder that was asked for, with what is known about it."""

    path: Path
    name: str
    folder: str
    gold: Mapping[str, Any] = field(default_factory=dict)
    site: Mapping[str, str] = field(default_factory=dict)


def pairs(root: Path) -> Iterator[Pair]:
    """All documents with a gold in `root` and the folders below it, in the order of their names."""
    for folder in sorted({root, *(path for path in root.rglob("*") if path.is_dir())}):
        label = folder.relative_to(root).as_posix() if folder != root else root.name
        golds = {path.name.removesuffix(GOLD): path for path in folder.glob(f"*{GOLD}")}
        if folder.name == COPIES:
            golds |= {path.name.removesuffix(GOLD): path for path in (folder.parent / ORIGINALS).glob(f"*{GOLD}")}
        yield from _with_gold(folder, golds, label)
        yield from _from_site(folder, label)


def _with_gold(folder: Path, golds: Mapping[str, Path], label: str) -> Iterator[Pair]:
    for path in sorted(folder.iterdir()):
        gold = golds.get(path.stem.removesuffix(SCAN))
        if gold is not None and path.is_file() and not path.name.endswith(GOLD):
            yield Pair(path, f"{label}/{path.name}", label, gold=json.loads(gold.read_text("utf-8")))


def _from_site(folder: Path, label: str) -> Iterator[Pair]:
    listing = folder / SITE
    if listing.is_file():
        with listing.open(encoding="utf-8", newline="") as lines:
            for row in csv.DictReader(lines):
                yield Pair(folder / row["file"], f"{label}/{row['file']}", label, site=row)
