"""Rows of a form that came back, written into the body's drafts; and handed in on its signed paper.

Parts of actions/forms.py, which asks who may.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from tiendo.foundation.accounts.models import User
from tiendo.work.programmes.actions.parts import answering, citing, progressing
from tiendo.work.programmes.errors import AnswerMissingError, EvidenceMissingError, NothingNewError
from tiendo.work.programmes.errors_of_changes import NothingOwedError
from tiendo.work.programmes.models import Answer, AnswerForm, Obligation, Report, ReturnedForm, Task
from tiendo.work.programmes.queries.forms import Seen
from tiendo.work.programmes.queries.progress import is_progress
from tiendo.work.programmes.rules.forms import Line, Problem


@dataclass(frozen=True, slots=True)
class Way:
    """By whose hand, and when; `paper`: the body's signed paper, where the office does it."""

    by: User
    at: datetime
    paper: answering.Paper | None


def put(form: AnswerForm, rows: Sequence[Seen], way: Way) -> dict[int, list[Line]]:
    """Each row into the report in which it stands. Returns the reports written in, with their rows."""
    touched: dict[int, list[Line]] = {}
    groups: dict[tuple[int, str], list[Seen]] = {}
    for row in rows:
        if row.obligation is not None:
            answer: Answer | None = getattr(row.obligation, "answer", None)
            groups.setdefault((answer.report_id if answer else 0, _key(row.obligation)), []).append(row)
    for (begun, key), group in groups.items():
        report = _whole(begun) if begun else _draft(form, key, group, way)
        Report.objects.select_for_update().get(pk=report.pk)
        _write(report, group, way)
        touched[report.pk] = [row.line for row in group]
    return touched


def reports_of(touched: dict[int, list[Line]], same: Sequence[Seen], way: Way) -> tuple[int, int]:
    """Hand in what is whole: how many reports went, and how many stay because rows of theirs are not answered."""
    written = {row.obligation.pk for row in same if row.obligation and row.obligation.state == Obligation.State.OPEN}
    more = Report.objects.filter(answers__obligation__in=written, state__in=answering.WRITABLE)
    sent = left = 0
    for report in Report.objects.select_for_update(of=("self",)).filter(
        pk__in=[*touched, *more.values_list("pk", flat=True)]
    ):
        answered = {line.obligation for line in touched.get(report.pk, ())} | written
        done = not is_progress(report)
        if done:
            _cite_paper(report, answered, way)
        try:
            with transaction.atomic():
                send = answering.hand_in if done else progressing.send
                send(_whole(report.pk), by=way.by, at=way.at, paper=way.paper)
        except (AnswerMissingError, EvidenceMissingError, NothingOwedError, NothingNewError):
            left += 1
        else:
            sent += 1
    return sent, left


def _whole(pk: int) -> Report:
    return Report.objects.select_related("organisation", "programme__office").get(pk=pk)


def _key(owed: Obligation) -> str:
    if not owed.standing:
        return f"obligation:{owed.pk}"
    return f"{owed.period_start.isoformat()}/{owed.period_end.isoformat()}"


def _draft(form: AnswerForm, key: str, group: Sequence[Seen], way: Way) -> Report:
    """The report in which rows belong that nobody has begun to answer; of standing work the one of the whole period."""
    rows = [row.obligation for row in group if row.obligation is not None]
    if rows[0].standing:
        start, end = rows[0].period_start, rows[0].period_end
        period = form.programme.obligations.filter(standing=True, period_start=start, period_end=end)
        rows = list(period.filter(organisation=form.organisation))
    report = answering.begin(form.programme, form.organisation, key, rows, by=way.by, actor=way.by.actor, at=way.at)
    return _whole(report.pk)


def _write(report: Report, group: Sequence[Seen], way: Way) -> None:
    """What a row leaves empty stays as it was drafted; what it cites is added once."""
    answers = {
        answer.obligation_id: answer
        for answer in report.answers.select_related("obligation__task").prefetch_related("evidence")
    }
    said = {}
    for row in group:
        pk = row.line.obligation or 0
        before = answers[pk].text if not row.line.nothing else ""
        percent = answering.UNTOLD if row.line.percent is None else row.line.percent
        said[pk] = answering.Said(row.line.nothing, row.line.text or before, percent)
    answering.put(report, said, by=way.by, actor=way.by.actor, at=way.at)
    for row in group:
        if row.line.number and row.line.day:
            one = citing.Cited(row.line.number, row.line.day)
            _cite_once(report, answers[row.line.obligation or 0], one, way)


def _cite_paper(report: Report, answered: Iterable[int | None], way: Way) -> None:
    paper = way.paper
    if paper is None or paper.signed_on is None:
        return
    rows = report.answers.filter(obligation__in=[pk for pk in answered if pk], nothing_arose=False)
    for answer in rows.select_related("obligation__task"):
        _cite_once(report, answer, citing.Cited(paper.number, paper.signed_on), way)


def _cite_once(report: Report, answer: Answer, one: citing.Cited, way: Way) -> None:
    if not answer.evidence.filter(number=one.number, issued_on=one.issued_on, withdrawn_at=None).exists():
        citing.cite(answer, one, report=report, by=way.by, actor=way.by.actor, at=way.at)


def forget(task: Task) -> None:
    """A task became restricted: what forms that wait to be looked at say on it goes, and the row says why."""
    owed = set(task.obligations.values_list("pk", flat=True))
    waiting = ReturnedForm.objects.filter(form__programme=task.programme_id, state=ReturnedForm.State.WAITING)
    for returned in waiting.select_for_update():
        lines = [_emptied(line) if line["obligation"] in owed and line["text"] else line for line in returned.lines]
        if lines != returned.lines:
            returned.lines = lines
            returned.save(update_fields=["lines"])


def _emptied(line: dict[str, Any]) -> dict[str, Any]:
    return asdict(Line(line["row"], line["obligation"], problem=Problem.RESTRICTED))
