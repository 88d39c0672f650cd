"""A run of rows → drafts: sections, rows cut by a page end, leads that mean "the same as above"."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Literal

from vanban.duties.columns import Role, heads_section, is_ditto, is_number, is_procedure
from vanban.duties.draft import Draft
from vanban.duties.grid import Entry, Run
from vanban.fold import squeeze
from vanban.labels import titles_part

What = Literal["blank", "gap", "section", "rest", "task"]
_DOTS = re.compile(r"[\s.…_-]*[.…]{3,}[\s.…_-]*")
_CLOSED = re.compile(r"[.;:!?…)\"”/]\s*$")
_BULLET = re.compile(r"^\s*[-–+•]")
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
    """What a blank lead cell stands for; forgotten at a section's head."""

    def read(self) -> list[Draft]:
        for number, entry in enumerate(self.run.entries):
            following = self.run.entries[number + 1] if number + 1 < len(self.run.entries) else None
            what = self._what(entry, following)
            if what == "section":
                self.section, self.lead = _title(entry), ""
            elif what == "gap":
                self.section, self.lead = None, ""
            elif what == "rest":
                _add(self.found[-1], entry)
                self.lead = self.found[-1].lead_text
            elif what == "task":
                self.found.append(self._draft(entry))
                self.lead = self.found[-1].lead_text
        return self.found

    def _what(self, entry: Entry, following: Entry | None) -> What:
        if entry.title:
            return "section"
        filled = entry.filled()
        texts = [entry.text(role) for role in filled]
        if not filled:
            return "blank"
        if all(_DOTS.fullmatch(text) for text in texts):
            return "gap"
        if self._is_rest(entry):
            return "rest"
        if _is_section(entry, following, inherits=bool(self.lead)):
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
        return goes_on and (alone or entry.after_cut) and not content.isupper()

    def _draft(self, entry: Entry) -> Draft:
        draft = Draft("table", entry.text("content"), [entry.span], group=self.group, section=self.section)
        draft.number = squeeze(entry.text("number")) or None
        above = self.found[-1] if self.found else None
        if above and not draft.content:
            draft.content = above.content
        for role, name in _FIELDS:
            setattr(draft, name, entry.text(role))
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
    draft.content = _run_on(draft.content, entry.text("content"))
    for role, name in _FIELDS:
        if text := entry.text(role):
            setattr(draft, name, _run_on(getattr(draft, name), text))
    draft.spans.append(entry.span)
    draft.joined = True


def _run_on(before: str, text: str) -> str:
    return f"{before} {text}".strip()


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
    return not inherits or _is_child(number, squeeze(following.text("number")) if following else "")


def _whole(entry: Entry) -> bool:
    """One cell merged over the whole row."""
    return sum(piece.left for piece in entry.cells.values()) >= max(1, len(entry.cells) - 2)


def _is_child(number: str, following: str) -> bool:
    stem = number.rstrip(".)-/")
    deeper = following.startswith(f"{stem}.") and len(following) > len(stem) + 1
    return bool(stem) and (deeper or following.rstrip(".)") == "a")


def _title(entry: Entry) -> str:
    return squeeze(" ".join(entry.text(role) for role in entry.filled()))
