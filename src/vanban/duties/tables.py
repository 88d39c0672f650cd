"""A run of rows → drafts: sections, rows cut by a page end, leads that mean "the same as above"."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Literal

from vanban import deadlines, numerals, parties
from vanban.duties.columns import Role, heads_section, is_ditto, is_number, is_procedure, sums_up
from vanban.duties.draft import Draft
from vanban.duties.grid import Entry, Piece, Run
from vanban.duties.sections import body_of
from vanban.fold import fold, squeeze
from vanban.labels import titles_part
from vanban.syllables import run_on

What = Literal["blank", "gap", "section", "rest", "task"]
_MARKS = ".)-/"
_DOTS = re.compile(r"[\s.…_-]*[.…]{3,}[\s.…_-]*")
_CLOSED = re.compile(r"[.;:!?…)\"”/]\s*$")
_BULLET = re.compile(r"^\s*[-–+•]")
_UNDER = re.compile(r"[-–+•*]?")
"""What stands in the column of numbers for the parts of the row above."""
_COUNTED = re.compile(r"\d+(?:\.\d+)*")
_OPEN_END = re.compile(r"(?:(?<!\w)(?:quy|thang|nam|ngay|truoc|den|va|cua)|[-–/,(])\s*$")
_GOES_ON = re.compile(r"[^\W_A-ZÀ-ỸĐ]|[;,.)/]")
_FIELDS: tuple[tuple[Role, str], ...] = (
    ("lead", "lead_text"),
    ("coordinator", "coordinator_text"),
    ("deadline", "deadline_text"),
    ("product", "product_text"),
)


def drafts(run: Run, group: int) -> list[Draft]:
    """The duties of one task table, none where its rows are steps of a procedure."""
    steps = sum(is_procedure(entry.text("number"), entry.text("deadline")) for entry in run.entries)
    return [] if 2 * steps > len(run.entries) else _Table(run, group).read()


@dataclass(slots=True)
class _Table:
    run: Run
    group: int
    found: list[Draft] = field(default_factory=list)
    section: str | None = None
    lead: str = ""
    """What a blank lead cell stands for; at a section's head the body that it names, if it does."""
    part: int = 0
    """The Roman numeral of the last title that has one."""
    slip: tuple[str, str] | None = None
    """Of the title above, how its numeral was read and what it must be; told with the first row below it."""
    above: tuple[str, str | None, str] = ("", None, "")
    """Number of the title that the section is, and the section and body that it stands in."""

    def read(self) -> list[Draft]:
        for number, entry in enumerate(self.run.entries):
            following = self.run.entries[number + 1] if number + 1 < len(self.run.entries) else None
            what = self._what(entry, following)
            if what == "section":
                self._open(entry)
            elif what == "gap":
                self.section, self.lead, self.above = None, "", ("", None, "")
            elif what == "rest":
                _add(self.found[-1], entry)
                self.lead = self.found[-1].lead_text
            elif what == "task":
                self._leave(squeeze(entry.text("number")))
                self.found.append(self._draft(entry))
                self.lead = self.found[-1].lead_text
        return self.found

    def _misread(self, entry: Entry) -> bool:
        """A title whose number is no numeral, but was printed as the one that comes next: `H` behind `I`."""
        number = squeeze(entry.text("number")).rstrip(_MARKS)
        return bool(self.part) and entry.filled() == ["number", "content"] and numerals.meant(number, self.part + 1)

    def _open(self, entry: Entry) -> None:
        """A section begins; a title of a task's parts ("2.1") stands within it and ends with the last part."""
        printed = squeeze(entry.text("number"))
        if self._misread(entry):
            self.slip = (printed, numerals.roman(self.part + 1))
            entry.cells["number"] = Piece(self.slip[1])
        number = squeeze(entry.text("number")).rstrip(_MARKS)
        self.part = numerals.value(number) or self.part
        self.above = (number, self.section, self.lead) if _COUNTED.fullmatch(number) else ("", None, "")
        self.section, self.lead = _title(entry), body_of(" ".join(map(entry.text, _titled(entry)))) or ""

    def _leave(self, number: str) -> None:
        """A row numbered right behind the title of a section is no part of it: `2.1`, a, b, `2.2`."""
        before, section, lead = self.above
        if before and number.rstrip(".)") == _next(before) and self.found and self.found[-1].section == self.section:
            self.section, self.lead, self.above = section, lead, ("", None, "")

    def _what(self, entry: Entry, following: Entry | None) -> What:
        if entry.title:
            return "section"
        filled = entry.filled()
        texts = [entry.text(role) for role in filled]
        if not filled or sums_up(texts[0]):
            return "blank"
        if all(_DOTS.fullmatch(text) for text in texts):
            return "gap"
        if self._is_rest(entry):
            return "rest"
        if self._misread(entry) or _is_section(entry, following, inherits=bool(self.lead)):
            return "section"
        says = {"content", "lead", "coordinator", "deadline"} & set(filled)
        shares = entry.above("content") and bool(self.found)
        return "task" if says and (entry.text("content") or shares) else "blank"

    def _is_rest(self, entry: Entry) -> bool:
        """The end of a row that a page cut in two: no number, and what there is goes on from above."""
        if not self.found or entry.text("number") or (entry.above("number") and entry.above("lead")):
            return False
        content, before = entry.text("content"), self.found[-1].content
        if not content:
            return not entry.above("content")
        if _BULLET.match(content) or titles_part(content) or any(entry.above(role) for role in ("lead", "deadline")):
            return False
        goes_on = content[:1].islower() or not _CLOSED.search(before)
        alone = entry.filled() == ["content"]
        return goes_on and (alone or entry.after_cut or self._all_go_on(entry)) and not content.isupper()

    def _all_go_on(self, entry: Entry) -> bool:
        """Each cell, and that of the lead too, goes on from one that breaks off: a printed line taken for a row."""
        above = self.found[-1]
        texts = [("content", above.content), *((role, getattr(above, name)) for role, name in _FIELDS)]
        pairs = [(entry.text(role), text) for role, text in texts if entry.text(role)]
        return bool(entry.text("lead")) and all(_goes_on(text, before) for text, before in pairs)

    def _draft(self, entry: Entry) -> Draft:
        draft = Draft("table", entry.text("content"), [entry.span], group=self.group, section=self.section)
        draft.number = squeeze(entry.text("number")) or None
        draft.section_slip, self.slip = self.slip, None
        above = self.found[-1] if self.found else None
        if above and not draft.content:
            draft.content = above.content
        for role, name in _FIELDS:
            setattr(draft, name, _period(entry) if role == "deadline" else entry.text(role))
            if above and is_ditto(entry.text(role)):
                setattr(draft, name, getattr(above, name))
                draft.lead_inherited = draft.lead_inherited or role == "lead"
        if above:
            _inherit(draft, above, entry, guessed=self.run.guessed)
        if not draft.lead_text and self.lead:
            draft.lead_text = self.lead
            draft.lead_inherited = draft.lead_guessed = True
        return draft


def _inherit(draft: Draft, above: Draft, entry: Entry, *, guessed: bool) -> None:
    """A cell that is merged with the one above it says what that one says."""
    for role, name in _FIELDS:
        if entry.above(role) and not getattr(draft, name) and role != "product":
            setattr(draft, name, getattr(above, name))
            draft.lead_inherited = draft.lead_inherited or role == "lead"
            draft.lead_guessed = guessed and draft.lead_inherited


def _add(draft: Draft, entry: Entry) -> None:
    draft.content = run_on(draft.content, entry.text("content"))
    for role, name in _FIELDS:
        if text := entry.text(role):
            setattr(draft, name, run_on(getattr(draft, name), text))
    draft.spans.append(entry.span)
    draft.joined = True


def _goes_on(text: str, before: str) -> bool:
    """A cell without a beginning, below one without an end; no name, no time of its own."""
    open_end = _OPEN_END.search(fold(before)) is not None
    return bool(before) and (open_end or (_GOES_ON.match(text) is not None and not parties.is_sure(text)))


def _period(entry: Entry) -> str:
    """What the columns of beginning and end say together, where both say it; else what that of the end says."""
    start, end = entry.text("start"), entry.text("deadline")
    if start and end and (both := deadlines.parse(f"{start} - {end}")).start and both.end:
        return f"{start} - {end}"
    return end


def _is_section(entry: Entry, following: Entry | None, *, inherits: bool) -> bool:
    """A title of what follows: a label and a text, or one text, over the whole width."""
    filled = entry.filled()
    number, texts = squeeze(entry.text("number")), [entry.text(role) for role in filled if role != "number"]
    if len(texts) == 1 and heads_section(number) and texts[0].isupper():
        return True
    if len(texts) > 1 or any(piece.above for piece in entry.cells.values()):
        return False
    if not texts:
        return not is_number(number)
    if _whole(entry) or heads_section(number) or texts[0].isupper():
        return True
    if filled != ["number", "content"]:
        return False
    return not inherits or _has_parts(number, following)


def _whole(entry: Entry) -> bool:
    """One cell merged over the whole row."""
    return sum(piece.left for piece in entry.cells.values()) >= max(1, len(entry.cells) - 2)


def _has_parts(number: str, following: Entry | None) -> bool:
    """The row below is a part of this one: `2.1`, `a`, a dash, or a blank number beside a lead of its own."""
    if following is None or not number:
        return False
    stem, below = number.rstrip(".)-/"), squeeze(following.text("number"))
    if below.startswith(f"{stem}.") and len(below) > len(stem) + 1:
        return bool(stem)
    own = following.text("content") and following.text("lead") and not following.above("number")
    return bool(stem) and (below.rstrip(".)") == "a" or bool(own and _UNDER.fullmatch(below)))


def _next(number: str) -> str:
    """`2.2` behind `2.1`."""
    stem, _, last = number.rpartition(".")
    return f"{stem}.{int(last) + 1}" if stem else str(int(last) + 1)


def _titled(entry: Entry) -> list[Role]:
    return [role for role in entry.filled() if role != "number"]


def _title(entry: Entry) -> str:
    return squeeze(" ".join(entry.text(role) for role in entry.filled()))
