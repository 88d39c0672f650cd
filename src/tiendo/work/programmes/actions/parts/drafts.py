"""Drafts that go along when obligations change hands. Parts of passing.py."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Exists, F, OuterRef
from django.utils import translation

from tiendo.foundation.accounts.models import User
from tiendo.foundation.notifications.actions import notices
from tiendo.foundation.organisations.models import Organisation
from tiendo.work.programmes import messages
from tiendo.work.programmes.models import Answer, Report

UNDER_WAY = (Report.State.DRAFT, Report.State.RETURNED)
Key = tuple[int, int, str]


def follow(obligations: Sequence[int], *, at: datetime) -> int:
    """Answers under way of these obligations stand in a report of another body: they go to a draft of the body that
    owes them now, with what was typed and its evidence. Whoever wrote them is told. Returns how many.

    A draft that is left empty goes; a report that was handed in before is kept, as passed on.
    """
    answers = list(
        Answer.objects.filter(obligation__in=obligations, report__state__in=UNDER_WAY)
        .exclude(report__organisation=F("obligation__organisation"))
        .select_related("report__organisation", "report__drafted_by", "obligation__task__programme")
        .order_by("pk")
    )
    if not answers:
        return 0
    old = {answer.report_id: answer.report for answer in answers}
    _tell(answers, at)
    targets = _targets(answers, at)
    for answer in answers:
        answer.report = targets[_key(answer)]
    Answer.objects.bulk_update(answers, ["report"], batch_size=500)
    empty = Report.objects.filter(~Exists(Answer.objects.filter(report=OuterRef("pk"))), pk__in=old)
    Report.objects.filter(follows__in=empty.filter(round=0)).update(follows=None)
    empty.filter(round=0).delete()
    empty.filter(round__gt=0).update(state=Report.State.PASSED_ON, version=F("version") + 1)
    return len(answers)


def _tell(answers: Sequence[Answer], at: datetime) -> None:
    """One notice for each writer and pair of bodies: what they wrote is not lost, and who answers on."""
    moved: dict[tuple[int, int, int], list[Answer]] = {}
    writers: dict[int, User] = {}
    for answer in answers:
        if (writer := answer.report.drafted_by) is not None and writer.is_active:
            writers[writer.pk] = writer
            pair = (answer.report.organisation_id, answer.obligation.organisation_id)
            moved.setdefault((writer.pk, *pair), []).append(answer)
    heirs = Organisation.objects.in_bulk({after for _writer, _before, after in moved})
    for (pk, before, after), rows in moved.items():
        with translation.override(writers[pk].language):
            lines = [(str(row.obligation.task.programme), row.obligation.task) for row in rows]
            told = messages.passed_on(rows[0].report.organisation.label, heirs[after].label, lines)
        key = f"passed_on:{before}:{after}:{at:%Y%m%d%H%M%S}"
        notices.hand_over(user=writers[pk], kind="programmes.passed_on", key=key, mail=True, at=at, **told)


def _key(answer: Answer) -> Key:
    one = answer.obligation
    key = answer.report.key.rstrip("+") if answer.report.standing else f"obligation:{one.pk}"
    return one.programme_id, one.organisation_id, key


def _targets(answers: Sequence[Answer], at: datetime) -> dict[Key, Report]:
    """The draft of each body for each key: the one it has, or a new one that follows the report before."""
    wanted = {_key(answer): answer for answer in answers}
    held: dict[Key, Report] = {}
    there = Report.objects.filter(
        programme__in={key[0] for key in wanted}, organisation__in={key[1] for key in wanted}
    ).order_by("pk")
    taken: set[Key] = set()
    for report in there:
        taken.add((report.programme_id, report.organisation_id, report.key))
        key = (report.programme_id, report.organisation_id, report.key.rstrip("+"))
        if key in wanted and report.state in (*UNDER_WAY, Report.State.PASSED_ON):
            held[key] = report
    back = [report.pk for report in held.values() if report.state == Report.State.PASSED_ON]
    Report.objects.filter(pk__in=back).update(state=Report.State.RETURNED)  # what was passed on has come back
    for key, answer in wanted.items():
        if key in held:
            continue
        programme, organisation, name = key
        while (programme, organisation, name) in taken:
            name += "+"
        before = answer.report
        held[key] = Report.objects.create(
            programme_id=programme,
            organisation_id=organisation,
            standing=before.standing,
            key=name,
            confirming_id=answer.obligation.confirming_id,
            drafted_by_id=before.drafted_by_id,
            saved_at=at,
            follows=before if before.round else before.follows,
        )
    return held
