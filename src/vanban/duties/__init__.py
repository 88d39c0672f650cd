"""Tables, lists and prose of a directive → `Duty`: who must do what by when, with whom."""

from __future__ import annotations

from dataclasses import dataclass

from vanban.duties import doubts as _doubts
from vanban.duties.grid import runs
from vanban.duties.tables import drafts as _in_table
from vanban.model import Doubt, Duty, Heading, Outline
from vanban.sheet import Sheet


@dataclass(frozen=True, slots=True)
class Found:
    """Duties in document order, and what a person must look at in them (`Doubt.duty` is an index into `duties`)."""

    duties: tuple[Duty, ...] = ()
    doubts: tuple[Doubt, ...] = ()


def find(sheet: Sheet, outline: Outline, heading: Heading) -> Found:
    """Every duty that the sheet orders, in document order. Never raises on content."""
    tables, strange = runs(sheet)
    drafts = [draft for group, run in enumerate(tables) for draft in _in_table(run, group)]
    drafts.sort(key=lambda draft: draft.spans[0].start)
    duties = tuple(draft.duty() for draft in drafts)
    return Found(duties, tuple(_doubts.find(drafts, duties, strange)))
