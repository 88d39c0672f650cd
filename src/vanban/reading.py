"""The pipeline: bytes to `Reading`, one station after another."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from typing import Any

import msgspec

from vanban import citations as _citations
from vanban import doubts as _doubts
from vanban import duties as _duties
from vanban import targets as _targets
from vanban.model import Heading, Outline, Reading
from vanban.source import open_sheet
from vanban.source.limits import Limits

READER = "0.1.0"
"""Version of the reader: raised whenever the same bytes may read differently."""

Progress = Callable[[str], None]


def _silent(_stage: str) -> None:
    return


def _call(module: str, name: str, *args: Any, default: Any = None) -> Any:  # TEMPORARY
    try:
        function = getattr(importlib.import_module(f"vanban.{module}"), name)
    except (ImportError, AttributeError):
        return default
    return function(*args)


def read(
    data: bytes, *, name: str | None = None, limits: Limits | None = None, progress: Progress | None = None
) -> Reading:
    """Read one document. `progress` is told each stage's name as it begins.

    Raises Unreadable, Locked, TooLarge or Classified, and nothing else; whatever is merely unclear is a doubt.
    """
    tell = progress or _silent
    tell("open")
    sheet = open_sheet(data, name=name, limits=limits)
    tell("outline")
    outline = _call("outline", "build", sheet, default=Outline())
    tell("heading")
    heading = _call("heading", "find", sheet, outline, default=Heading())
    tell("citations")
    cited = _citations.find(sheet, outline, heading)
    if heading.implements is None:
        carried_out = _citations.implemented(heading, sheet, cited.citations)
        heading = msgspec.structs.replace(heading, implements=carried_out)
    tell("duties")
    ordered = _duties.find(sheet, outline, heading)
    tell("targets")
    targets = _targets.find(sheet, outline)
    tell("doubts")
    return Reading(
        reader=READER,
        format=sheet.format,
        encoding=sheet.encoding,
        pages=sheet.pages,
        text=sheet.text,
        heading=heading,
        outline=outline,
        citations=cited.citations,
        works=cited.works,
        duties=ordered.duties,
        targets=targets,
        doubts=_doubts.find(sheet, heading, ordered.duties, ordered.doubts),
    )
