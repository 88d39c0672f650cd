"""What was handed in round by round, and who had a hand in it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch

from tiendo.foundation.accounts.models import User
from tiendo.foundation.audit import queries as audit
from tiendo.foundation.organisations.queries import Rights
from tiendo.work.programmes.models import Answer, Decision, Evidence, Report

WROTE = tuple(f"programmes.report.{verb}" for verb in ("drafted", "saved", "submitted", "submitted_on_paper")) + tuple(
    f"programmes.evidence.{verb}" for verb in ("cited", "attached", "withdrawn")
)
"""The acts by which a report comes about."""


def own_work(report: Report, user: User, held: Rights) -> bool:
    """Whether this person, or whoever they stand in for, is of the reporting body or had a hand in the report in any
    round.
    """
    if any(body.pk == report.organisation_id for body in held.organisations):
        return True
    acts = audit.about([f"programmes.report:{report.pk}"])
    hands = {user.actor, *(f"user:{post.user_id}" for post in held.standing_in)}
    return acts.filter(actor__in=hands, verb__in=WROTE).exists()


@dataclass(frozen=True, slots=True)
class Handed:
    """A row of a report as it was handed in; `changed`: not what the confirming body read in the round before."""

    answer: Answer
    nothing_arose: bool
    text: str
    evidence: tuple[Evidence, ...]
    changed: bool = False
    percent: int | None = None


def frozen(report: Report) -> list[dict[str, Any]]:
    """The report as it stands, for `Decision.said`."""
    return [_facts(answer) for answer in _answers(report)]


def as_handed_in(report: Report, *, own: bool) -> list[Handed]:
    """The rows as a reader sees them, in the programme's order. While a report that was sent back is written anew,
    others go on seeing what was handed in: what is being typed is its body's `own` affair.
    """
    decisions = {decision.round: decision for decision in report.decisions.all()}
    if report.state == Report.State.RETURNED and not own:
        return _thawed(_answers(report), decisions[report.round])
    before = decisions.get(report.round - 1) if report.state == Report.State.SUBMITTED else None
    read = {row["obligation"]: row for row in before.said} if before else None
    return [
        Handed(
            answer,
            answer.nothing_arose,
            answer.text,
            tuple(_live(answer)),
            changed=read is not None and read.get(answer.obligation_id) != _facts(answer),
            percent=answer.percent,
        )
        for answer in _answers(report)
    ]


def readable_evidence(report: Report, *, own: bool) -> set[int]:
    """Ids of the pieces that a reader of the report may open; what was withdrawn is nobody's to read any more."""
    return {piece.pk for row in as_handed_in(report, own=own) for piece in row.evidence if piece.withdrawn_at is None}


@dataclass(frozen=True, slots=True)
class Earlier:
    """A decision, and what it was given on."""

    decision: Decision
    rows: tuple[Handed, ...]


def decided(report: Report) -> list[Earlier]:
    """Every word that was given on the report, each with what had been handed in then. Three queries."""
    decisions = list(report.decisions.select_related("by"))
    answers = _answers(report) if decisions else []
    return [Earlier(decision, tuple(_thawed(answers, decision))) for decision in decisions]


def unlike_the_confirmed(words: Iterable[Earlier], rows: Iterable[Handed]) -> set[int]:
    """Obligations (ids) of which the report says otherwise now than when it was confirmed, where that was revoked.

    `words`: as `decided` has them; `rows`: as `as_handed_in` has them.
    """
    revoked = [one.decision for one in words if one.decision.revoked]
    if not revoked:
        return set()
    said = {row["obligation"]: row for row in revoked[-1].said}
    return {row.answer.obligation_id for row in rows if said.get(row.answer.obligation_id) != _said(row)}


def _said(row: Handed) -> dict[str, Any]:
    return {
        "obligation": row.answer.obligation_id,
        "nothing_arose": row.nothing_arose,
        "text": row.text,
        "evidence": [piece.pk for piece in row.evidence],
        **({} if row.percent is None else {"percent": row.percent}),
    }


def _thawed(answers: Sequence[Answer], decision: Decision) -> list[Handed]:
    """Texts of what has become a restricted task since are not told."""
    known = {answer.obligation_id: answer for answer in answers}
    pieces = {piece.pk: piece for answer in answers for piece in answer.evidence.all()}
    return [
        Handed(
            answer,
            row["nothing_arose"],
            "" if answer.obligation.task.restricted else row["text"],
            tuple(pieces[pk] for pk in row["evidence"] if pk in pieces),
            percent=row.get("percent"),
        )
        for row in decision.said
        if (answer := known.get(row["obligation"]))
    ]


def _answers(report: Report) -> list[Answer]:
    pieces = Prefetch("evidence", Evidence.objects.select_related("added_by"))
    return list(
        report.answers.select_related("obligation__task")
        .prefetch_related(pieces)
        .order_by("obligation__task__position")
    )


def _live(answer: Answer) -> Iterable[Evidence]:
    return (piece for piece in answer.evidence.all() if piece.withdrawn_at is None)


def _facts(answer: Answer) -> dict[str, Any]:
    return {
        "obligation": answer.obligation_id,
        "nothing_arose": answer.nothing_arose,
        "text": answer.text,
        "evidence": [piece.pk for piece in _live(answer)],
        **({} if answer.percent is None else {"percent": answer.percent}),
    }
