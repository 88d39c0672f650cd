"""Tables, lists and prose of a directive → `Duty`: who must do what by when, with whom."""

from __future__ import annotations

from dataclasses import dataclass

from vanban.duties import doubts as _doubts
from vanban.duties import lists, prose, tables
from vanban.duties.draft import Setting
from vanban.duties.grid import runs
from vanban.model import Doubt, Duty, Heading, Outline
from vanban.sheet import Sheet


@dataclass(frozen=True, slots=True)
class Found:
    """Duties in document order, and what a person must look at in them (`Doubt.duty` is an index into `duties`)."""

    duties: tuple[Duty, ...] = ()
    doubts: tuple[Doubt, ...] = ()


def find(sheet: Sheet, outline: Outline, heading: Heading) -> Found:
    """Every duty that the sheet orders, in document order. Never raises on content."""
    found, strange = runs(sheet)
    drafts = [draft for group, run in enumerate(found) for draft in tables.drafts(run, group)]
    listed = [] if prose.is_law(heading) else lists.drafts(sheet.text, outline, len(found))
    taken = frozenset(draft.provision for draft in listed if draft.provision)
    drafts += [*listed, *prose.drafts(sheet, outline, heading, len(found) + 1, taken)]
    drafts.sort(key=lambda draft: draft.spans[0].start)
    setting = Setting.of(heading)
    duties = tuple(draft.duty(setting) for draft in drafts)
    return Found(duties, tuple(_doubts.find(drafts, duties, strange, setting)))
