"""What a person must look at in the duties that were read. Wording and severity are `lexicon/duty_doubts.toml`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import groupby
from statistics import median
from typing import Any

from vanban import deadlines, parties
from vanban.duties.columns import has_head
from vanban.duties.draft import Draft, Setting
from vanban.duties.shares import shares
from vanban.fold import squeeze
from vanban.lexicon import load
from vanban.model import Doubt, Duty, Span
from vanban.sheet import Table

_HEAD_ROWS = 3
_ANY_YEAR = 2000
_LONGEST_SAID = 60
_LEAST_ROWS = 4
_LONG, _FAR = 600, 6
"""A row is far longer than its table's median: so many letters, and so many times as long."""
_LIKE_FIGURE = re.compile(r"(?<=[\d/.])[A-Za-z|]|[A-Za-z|](?=[\d/.])")
_COUNTED = re.compile(r"^(?P<stem>(?:\d+\.)*?)(?P<last>\d+)[.)/-]*$")


def find(
    drafts: Sequence[Draft], duties: Sequence[Duty], strange: Sequence[Table], setting: Setting
) -> Iterator[Doubt]:
    for index, (draft, duty) in enumerate(zip(drafts, duties, strict=True)):
        yield from _of_duty(index, draft, duty)
    yield from _numbers(drafts)
    yield from _blank_leads(drafts)
    yield from _moved(drafts)
    yield from _long(drafts)
    yield from _years(duties, setting)
    groups = {draft.group: draft.spans[0] for draft in reversed(drafts) if draft.origin == "table"}
    if len(groups) > 1:
        yield _doubt("tables_many", max(groups.values(), key=lambda span: span.start), count=len(groups))
    for table in strange:
        headed = any(has_head(row) for row in table.rows[:_HEAD_ROWS])
        yield _doubt("table_unread" if headed else "table_headless", table.span, count=len(table.rows) - headed)


def _of_duty(index: int, draft: Draft, duty: Duty) -> Iterator[Doubt]:
    span = duty.spans[0] if duty.spans else None
    if not duty.leads:
        yield _doubt("no_lead", span, index)
    if duty.deadline.phrase and not duty.deadline.rule:
        proposal = _mended(duty.deadline.phrase)
        code = "deadline_slip" if proposal else "deadline_unknown"
        yield _doubt(code, span, index, phrase=duty.deadline.phrase, proposal=proposal)
    if draft.section_slip:
        printed, proposal = draft.section_slip
        yield _doubt("section_slip", span, index, printed=printed, proposal=proposal)
    if draft.joined:
        yield _doubt("row_joined", duty.spans[-1], index)
    if duty.restricted:
        yield _doubt("restricted", span, index, reason=_words()["reasons"].get(duty.restricted, duty.restricted))


def _mended(phrase: str) -> str:
    """`Tháng 1O/2025` with the figures that its letters look like, where that is a time; else empty."""
    figures: dict[str, str] = load("slips.toml")["figures"]
    rounds = {letter: figure for letter, figure in figures.items() if figure == "0"}
    tried = (_with_figures(phrase, known) for known in (rounds, figures))  # a Roman quarter keeps its I where it can
    return next((text for text in tried if text != phrase and deadlines.parse(text, _ANY_YEAR).rule), "")


def _with_figures(text: str, figures: dict[str, str]) -> str:
    """Letters beside figures changed for those they look like, until no more stand there."""
    changed = _LIKE_FIGURE.sub(lambda letter: figures.get(letter[0], letter[0]), text)
    return text if changed == text else _with_figures(changed, figures)


def _blank_leads(drafts: Sequence[Draft]) -> Iterator[Doubt]:
    """One doubt for each run of rows that took the same lead from above."""
    at = 0
    for guessed, run in groupby(drafts, key=lambda draft: (draft.lead_guessed, draft.lead_text)):
        rows = list(run)
        if guessed[0]:
            yield _doubt("lead_inherited", rows[0].spans[0], at, lead=guessed[1], count=len(rows))
        at += len(rows)


def _moved(drafts: Sequence[Draft]) -> Iterator[Doubt]:
    """One doubt for each run of rows in which a body stands where a time should, or a time where a body should."""
    at = 0
    for moved, run in groupby(drafts, key=lambda draft: draft.origin == "table" and _misplaced(draft) is not None):
        rows = list(run)
        if moved and (found := _misplaced(rows[0])):
            column, text = found
            said = {"text": squeeze(text)[:_LONGEST_SAID], "column": _words()["columns"][column]}
            yield _doubt("columns_moved", rows[0].spans[0], at, count=len(rows), **said)
        at += len(rows)


def _misplaced(draft: Draft) -> tuple[str, str] | None:
    """Which cell of a row holds what belongs in another."""
    lead = "" if draft.lead_inherited else draft.lead_text
    for column, text in (("lead", lead), ("coordinator", draft.coordinator_text)):
        if text and deadlines.parse(text, _ANY_YEAR).rule and not parties.is_party(shares(text)[0]):
            return column, text
    text = draft.deadline_text
    moved = parties.is_sure(text) and not deadlines.parse(text, _ANY_YEAR).rule
    return ("deadline", text) if moved else None


def _long(drafts: Sequence[Draft]) -> Iterator[Doubt]:
    """Rows far longer than is usual in their table: two that were run together."""
    lengths: dict[int, list[int]] = {}
    for draft in drafts:
        if draft.origin == "table":
            lengths.setdefault(draft.group, []).append(len(draft.content))
    usual = {group: int(median(found)) for group, found in lengths.items() if len(found) >= _LEAST_ROWS}
    for index, draft in enumerate(drafts):
        length, of_table = len(draft.content), usual.get(draft.group, 0) if draft.origin == "table" else 0
        if of_table and length > max(_LONG, _FAR * of_table):
            yield _doubt("row_long", draft.spans[0], index, length=length, usual=of_table)


def _years(duties: Sequence[Duty], setting: Setting) -> Iterator[Doubt]:
    """One doubt for all deadlines whose year is the title's, or the document's own."""
    code = "deadline_own_year" if setting.issued else "deadline_year"
    found = [index for index, duty in enumerate(duties) if deadlines.lacks_year(duty.deadline)]
    for index in found[:1]:
        deadline, span = duties[index].deadline, duties[index].spans[0]
        day = deadline.end or deadline.start
        year = day.year if day else ""
        yield _doubt(code, span, index, phrase=deadline.phrase, year=year, count=len(found))


def _numbers(drafts: Sequence[Draft]) -> Iterator[Doubt]:
    """Numbers that do not run on by one within one section of one table."""
    last: dict[tuple[int, str | None, str], int] = {}
    for index, draft in enumerate(drafts):
        counted = _COUNTED.match(draft.number or "")
        if draft.origin != "table" or not counted:
            continue
        place = (draft.group, draft.section, counted["stem"])
        number, before = int(counted["last"]), last.get(place)
        last[place] = number
        if before is None or number == before + 1:
            continue
        code = "number_twice" if number == before else "number_gap" if number > before else "number_order"
        yield _doubt(code, draft.spans[0], index, before=before, number=number)


def _doubt(code: str, span: Span | None, duty: int | None = None, **filling: object) -> Doubt:
    words = _words()[code]
    message = words["message"].format(**filling)
    return Doubt(code=code, message=message, severity=words["severity"], span=span, duty=duty)


@cache
def _words() -> dict[str, Any]:
    return load("duty_doubts.toml")
