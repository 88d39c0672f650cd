"""Rows of a register under its columns → what each says: a section, a task, or nothing that can be taken in.

Pure: the same cells say the same, whatever day it is read (the day is passed in).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from django.utils.translation import gettext

from tiendo.work.directives.intake.columns import Mapped, lexicon
from tiendo.work.directives.intake.grid import Cells, Page
from vanban import deadlines, parties
from vanban.duties.columns import is_ditto, is_number
from vanban.duties.restricted import reason
from vanban.fold import fold, squeeze
from vanban.model import Deadline, Party
from vanban.numerals import is_like

NONE = Deadline()
_WHOLE = 100
_LONG = 500


@dataclass(frozen=True, slots=True)
class Entry:
    """A task as the register has it. `row`: the row of the file; `more`: rows below that belong to it (merged)."""

    row: int
    content: str
    number: str = ""
    section: str = ""
    lead_text: str = ""
    leads: tuple[Party, ...] = ()
    coordinator_text: str = ""
    coordinators: tuple[Party, ...] = ()
    deadline_text: str = ""
    deadline: Deadline = NONE
    product: str = ""
    done: bool = False
    done_on: date | None = None
    state_text: str = ""
    restricted: str = ""
    notes: tuple[str, ...] = ()
    more: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Refused:
    """A row that cannot be taken in, and why; while there is one, none is."""

    row: int
    why: str


@dataclass(slots=True)
class Taken:
    """What a register's rows say."""

    entries: list[Entry] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)
    sections: int = 0
    hidden: int = 0


def read(page: Page, mapped: Mapped, *, today: date) -> Taken:
    """The rows below the head, in order."""
    taken = Taken(hidden=page.hidden)
    section = ""
    marked = _marks(page, mapped)
    for row in page.rows:
        if row.number <= mapped.last or _repeats_head(row, page, mapped):
            continue
        cell = _Row(row, mapped, taken.entries[-1] if taken.entries else None)
        if title := _title(cell):
            section, taken.sections = title, taken.sections + 1
        elif cell.covered("content") and taken.entries:
            taken.entries[-1] = _with_more(taken.entries[-1], cell)
        elif not cell.text("content"):
            taken.refused.append(Refused(row.number, gettext("dòng này có chữ nhưng không có nội dung nhiệm vụ.")))
        else:
            taken.entries.append(_entry(cell, section, today, marked=marked))
    return taken


@dataclass(frozen=True, slots=True)
class _Row:
    cells: Cells
    mapped: Mapped
    above: Entry | None

    def covered(self, role: str) -> bool:
        return self.mapped.columns.get(role, -1) in self.cells.under

    def text(self, role: str) -> str:
        """What stands under a column; a merged cell's text holds for all rows that it covers."""
        column = self.mapped.columns.get(role)
        if column is None:
            return ""
        return self.cells.at(column) or (self.cells.under.get(column, "") if role != "content" else "")


def _marks(page: Page, mapped: Mapped) -> bool:
    """Whether the head of the state column itself says "đã xong", so that a cross in it is enough."""
    column = mapped.columns.get("state")
    heads = [row.at(column) for row in page.rows if row.number == mapped.head] if column is not None else []
    return any(re.search(lexicon()["state"]["marked_head"], fold(squeeze(head))) for head in heads)


def _repeats_head(row: Cells, page: Page, mapped: Mapped) -> bool:
    return any(one.number == mapped.head and one.texts == row.texts for one in page.rows)


def _title(cell: _Row) -> str:
    """The title of a part of the register: one text alone in its row, or beside a Roman figure or a letter."""
    number = _figure(cell)
    others = [text for text in cell.cells.texts if text and text != number]
    if len(others) != 1 or cell.covered("lead") or cell.covered("content"):
        return ""
    bare = number.rstrip(".)")
    figured = bool(bare) and (is_like(bare) or (len(bare) == 1 and bare.isalpha()))
    elsewhere = not cell.text("content")
    alone = not number and (elsewhere or bool(cell.cells.beside) or others[0].isupper())
    return squeeze(others[0]) if (figured or alone) and not is_number(others[0]) else ""


def _figure(cell: _Row) -> str:
    """What stands in the column of numbers; where none was chosen, a figure before the content."""
    columns = cell.mapped.columns
    if "number" in columns:
        return "" if cell.covered("number") else cell.text("number")
    before = cell.cells.texts[: columns["content"]]
    loose = (text for column, text in enumerate(before) if text and column not in columns.values())
    return next((text for text in loose if is_number(text)), "")


def _entry(cell: _Row, section: str, today: date, *, marked: bool) -> Entry:
    content = cell.text("content")
    notes: list[str] = []
    lead_text = _same(cell, "lead", cell.above.lead_text if cell.above else "")
    coordinator_text = _same(cell, "coordinator", cell.above.coordinator_text if cell.above else "")
    deadline_text = _same(cell, "deadline", cell.above.deadline_text if cell.above else "")
    deadline = deadlines.parse(deadline_text)
    if deadline_text and deadline.kind == "none":
        notes.append(gettext("không hiểu thời hạn “{text}”: mở như việc chưa có ngày.").format(text=deadline_text[:80]))
    if not lead_text:
        notes.append(gettext("không có cơ quan chủ trì: phải bổ sung trước khi xác nhận dòng."))
    done, done_on, said = _state(cell, today, marked=marked)
    return Entry(
        row=cell.cells.number,
        content=content,
        number=squeeze(cell.text("number"))[:20],
        section=section,
        lead_text=lead_text,
        leads=parties.split(lead_text),
        coordinator_text=coordinator_text,
        coordinators=parties.split(coordinator_text) if coordinator_text else (),
        deadline_text=deadline_text,
        deadline=deadline,
        product=cell.text("product"),
        done=done,
        done_on=done_on,
        state_text=cell.text("state")[:_LONG],
        restricted=reason(content) or "",
        notes=(*notes, *said),
    )


def _same(cell: _Row, role: str, before: str) -> str:
    text = cell.text(role)
    return before if text and is_ditto(fold(text)) else text


def _with_more(entry: Entry, cell: _Row) -> Entry:
    """Rows over which the content is merged: each adds its bodies to the task."""
    leads, coordinators = cell.cells.at(cell.mapped.columns["lead"]), ""
    if "coordinator" in cell.mapped.columns:
        coordinators = cell.cells.at(cell.mapped.columns["coordinator"])
    return replace(
        entry,
        lead_text="\n".join(filter(None, (entry.lead_text, leads))),
        leads=_joined(entry.leads, leads),
        coordinator_text="\n".join(filter(None, (entry.coordinator_text, coordinators))),
        coordinators=_joined(entry.coordinators, coordinators),
        notes=tuple(note for note in entry.notes if not (leads and not entry.lead_text)),
        more=(*entry.more, cell.cells.number),
    )


def _joined(known: tuple[Party, ...], text: str) -> tuple[Party, ...]:
    new = parties.split(text) if text else ()
    return (*known, *(party for party in new if party not in known))


def _state(cell: _Row, today: date, *, marked: bool) -> tuple[bool, date | None, list[str]]:
    """Whether the register says that the work is done, since when, and what of it is not clear."""
    said, when = cell.text("state"), cell.text("done_on")
    word = said_done(said, marked=marked)
    day = day_of(when)
    notes = []
    if said and word is None:
        notes.append(gettext("không rõ “{text}” là đã xong: mở như việc chưa xong.").format(text=said[:80]))
    if when and day is None:
        notes.append(gettext("không hiểu ngày hoàn thành “{text}”.").format(text=when[:80]))
    if day is not None and day > today:
        notes.append(gettext("ngày hoàn thành ở tương lai: mở như việc chưa xong."))
        return False, None, notes
    if day is not None and said and word is False:
        notes.append(gettext("có ngày hoàn thành nhưng tình trạng là chưa xong: mở như việc chưa xong."))
        return False, None, notes
    done = bool(word) or day is not None
    return done, day if done else None, notes if not done else [note for note in notes if "không rõ" not in note]


def said_done(text: str, *, marked: bool = False) -> bool | None:
    """Whether a state cell says "done"; None: it says something else."""
    words, plain = lexicon()["state"], fold(squeeze(text))
    if not plain:
        return False
    if re.search(words["open"], plain):
        return False
    if share := re.search(words["share"], plain):
        return float(share[1].replace(",", ".")) >= _WHOLE
    if marked and re.search(words["mark"], plain):
        return True
    return True if re.search(words["done"], plain) else None


def day_of(text: str) -> date | None:
    """A day as registers write it."""
    for form in ("%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%Y-%m-%d", "%d/%m/%y"):
        try:
            return datetime.strptime(squeeze(text), form).date()  # noqa: DTZ007 (a day has no zone)
        except ValueError:
            continue
    return None


def bodies(entries: Sequence[Entry]) -> set[str]:
    """The single bodies that the rows name."""
    return {party.name for entry in entries for party in (*entry.leads, *entry.coordinators) if not party.group}
