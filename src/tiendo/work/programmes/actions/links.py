"""Links for drafting: issued, written through, revoked; what was drafted handed in on the body's signed paper."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import partial

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from tiendo.foundation.accounts import throttle, tokens
from tiendo.foundation.accounts.errors import NotAllowedError
from tiendo.foundation.accounts.models import User
from tiendo.foundation.accounts.permissions import Permission
from tiendo.foundation.audit import door
from tiendo.foundation.audit.actions import events
from tiendo.foundation.notifications.actions import notices
from tiendo.foundation.organisations.queries import require, rights
from tiendo.work.programmes.actions.parts import answering, citing, progressing
from tiendo.work.programmes.errors import (
    EvidenceIncompleteError,
    LinkBusyError,
    LinkClosedError,
    LinkDaysError,
    NothingDraftedError,
    ReportChangedError,
)
from tiendo.work.programmes.messages import link_saved
from tiendo.work.programmes.models import Answer, DraftLink, Evidence, Obligation, Progress, Report
from tiendo.work.programmes.queries import links
from tiendo.work.programmes.rules.links import MOST_DAYS, State

SAVES = 200
"""So often one link may save within a window (settings.SIGN_IN_MINUTES)."""
Said = answering.Said
Cited = citing.Cited


@transaction.atomic
def issue(*, obligation: Obligation, by: User, at: datetime, days: int | None = None) -> tuple[DraftLink, str]:
    """A link for one piece of work with an end, or for all standing rows of the period. Returns it with its token,
    which is kept nowhere; a link issued for the same before holds no longer. `days`: how long it lives, else
    settings.LINK_DAYS.

    Raises NotAllowedError, LinkDaysError, LinkClosedError (nothing is owed there).
    """
    if not links.issuable(rights(by, timezone.localdate(at))).filter(pk=obligation.pk).exists():
        _require_any(obligation, by, at)
        raise LinkClosedError
    days = settings.LINK_DAYS if days is None else days
    if not 1 <= days <= MOST_DAYS:
        raise LinkDaysError(most=MOST_DAYS)
    secret = tokens.secret()
    link = DraftLink(
        programme=obligation.programme,
        organisation=obligation.organisation,
        obligation=None if obligation.standing else obligation,
        period_start=obligation.period_start,
        period_end=obligation.period_end,
        period_name=obligation.period_name,
        digest=links.sealed(secret),
        issued_by=by,
        issued_at=at,
        expires_at=at + timedelta(days=days),
    )
    for old in links.same_matter(link).filter(Q(revoked_at=None), expires_at__gt=at):
        _revoke(old, by, at)
    link.save()
    _event("issued", link, by, at, until=timezone.localdate(link.expires_at).isoformat())
    return link, tokens.token(link.pk, secret)


@transaction.atomic
def revoke(*, link: DraftLink, by: User, at: datetime) -> None:
    """From now on it opens nothing; what was drafted stays. Twice is once. Raises NotAllowedError."""
    link = _held(link)
    if not links.links_of(rights(by, timezone.localdate(at))).filter(pk=link.pk).exists():
        raise NotAllowedError
    if link.revoked_at is None:
        _revoke(link, by, at)


def keep(
    *,
    link: DraftLink,
    answers: Mapping[int, Said],
    cited: Mapping[int, Cited],
    version: int,
    at: datetime,
    withdrawn: Collection[int] = (),
    whole: Cited | None = None,
    on_purpose: bool = True,
) -> Report:
    """Keep what was typed through a link, in the body's draft. It hands nothing in. `withdrawn`: ids of evidence that
    came through a link and is taken back; `whole`: one document for all rows that have none (citing.cite_whole);
    `on_purpose`: not while it is typed. Whoever issued the link hears of it then, once a day.

    Raises LinkClosedError, LinkBusyError, ReportChangedError, AnswerTooLongError, RestrictedTaskError (content for a
    restricted task), NothingAndTextError, Obligation.DoesNotExist (none of this link's).
    """
    if not throttle.knock(kind="link-saves", who=str(link.pk), most=SAVES, at=at):  # counted, come what may
        raise LinkBusyError
    with transaction.atomic(), door.through("link"):
        report = _keep(link, answers, cited, withdrawn, version, at)
        if whole is not None:
            citing.cite_whole(report, whole, by=None, actor=link.actor, at=at)
        if on_purpose:
            _tell(link, at)
        return report


@transaction.atomic
def progress_on_paper(*, link: DraftLink, number: str, signed_on: date | None, by: User, at: datetime) -> Progress:
    """As `submit_on_paper`, where the paper says how far the work has come and not that it is done: number and day
    stand in the report on progress, and the body writes on through its link.

    Raises NotAllowedError, EvidenceIncompleteError, NothingDraftedError and what progressing.send raises.
    """
    report, paper = _on_paper(link, number, signed_on, by, at)
    return progressing.send(report, by=by, at=at, paper=paper)


@transaction.atomic
def submit_on_paper(
    *,
    link: DraftLink,
    number: str,
    signed_on: date | None,
    by: User,
    at: datetime,
    received_on: date | None = None,
) -> Report:
    """The programme's office hands in what was drafted through a link, on the paper that the body signed: its number
    and day become the evidence of each row, also of one left empty. `received_on`: when the paper came, by which it is
    late or not; None: today. Whoever does it does not confirm it.

    Raises NotAllowedError, EvidenceIncompleteError, NothingDraftedError, ReceivedDayError and what citing.cite raises.
    """
    report, paper = _on_paper(link, number, signed_on, by, at)
    assert paper.signed_on is not None
    for answer in report.answers.select_related("obligation__task"):
        known = answer.evidence.filter(number=paper.number, issued_on=paper.signed_on, withdrawn_at=None)
        if not answer.nothing_arose and not known.exists():
            one = Cited(paper.number, paper.signed_on)
            citing.cite(answer, one, report=report, by=by, actor=by.actor, at=at)
    return answering.hand_in(report, by=by, at=at, paper=replace(paper, received_on=received_on))


def _on_paper(
    link: DraftLink, number: str, signed_on: date | None, by: User, at: datetime
) -> tuple[Report, answering.Paper]:
    """The draft that came through a link, held, for whoever of the office has the body's signed paper."""
    link = _held(link)
    require(by, Permission.ASSIGN, link.programme.office, timezone.localdate(at))
    number = number.strip()[:80]
    if not number or signed_on is None:
        raise EvidenceIncompleteError
    found = links.drafted_through(link)
    if found is None:
        raise NothingDraftedError
    report = Report.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=found.pk)
    return report, answering.Paper(number, signed_on)


def _keep(
    link: DraftLink,
    answers: Mapping[int, Said],
    cited: Mapping[int, Cited],
    withdrawn: Collection[int],
    version: int,
    at: datetime,
) -> Report:
    link = _held(link)
    opened = links.opened(link, at=at)
    if opened.state is not State.LIVE:
        raise LinkClosedError
    report = opened.report or _begin(link, opened.rows, at)
    report = Report.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=report.pk)
    if report.version != version:
        raise ReportChangedError
    _fill(report, opened.rows)
    report = answering.put(report, answers, by=None, actor=link.actor, at=at)
    _evidence(report, link, cited, withdrawn, at)
    link.used_at = at
    link.save(update_fields=["used_at"])
    return report


def _tell(link: DraftLink, at: datetime) -> None:
    key = f"link_saved:{link.pk}:{timezone.localdate(at).isoformat()}"
    words = partial(link_saved, link)
    notices.tell(user=link.issued_by, kind="programmes.link_saved", key=key, words=words, mail=True, at=at)


def _held(link: DraftLink) -> DraftLink:
    rows = DraftLink.objects.select_for_update(of=("self",)).select_related("organisation", "programme__office")
    return rows.get(pk=link.pk)


def _require_any(obligation: Obligation, by: User, at: datetime) -> None:
    held = rights(by, timezone.localdate(at))
    office = held.may(Permission.ASSIGN, obligation.programme.office)
    if not office and not held.may(Permission.SUBMIT_REPORT, obligation.organisation):
        raise NotAllowedError


def _begin(link: DraftLink, rows: list[Obligation], at: datetime) -> Report:
    first = rows[0]
    key = f"obligation:{first.pk}"
    if first.standing:
        key = f"{first.period_start.isoformat()}/{first.period_end.isoformat()}"
    return answering.begin(link.programme, link.organisation, key, rows, by=None, actor=link.actor, at=at)


def _fill(report: Report, rows: list[Obligation]) -> None:
    """Rows that the body was charged with since the draft was begun."""
    Answer.objects.bulk_create((Answer(report=report, obligation=row) for row in rows), ignore_conflicts=True)


def _evidence(
    report: Report, link: DraftLink, cited: Mapping[int, Cited], withdrawn: Collection[int], at: datetime
) -> None:
    answers = {
        answer.obligation_id: answer
        for answer in report.answers.select_related("obligation__task").prefetch_related("evidence")
    }
    for obligation_id, one in cited.items():
        if obligation_id not in answers:
            raise Obligation.DoesNotExist
        answer = answers[obligation_id]
        live = [piece for piece in answer.evidence.all() if piece.withdrawn_at is None]
        if any((piece.number, piece.issued_on) == (one.number, one.issued_on) for piece in live):
            continue  # the same form sent twice cites once
        citing.cite(answer, one, report=report, by=None, actor=link.actor, at=at)
    mine = Evidence.objects.filter(pk__in=withdrawn, answer__report=report, added_by=None, withdrawn_at=None)
    for piece in mine:
        citing.withdraw(piece, report=report, actor=link.actor, at=at)


def _revoke(link: DraftLink, by: User, at: datetime) -> None:
    link.revoked_by, link.revoked_at = by, at
    link.save(update_fields=["revoked_by", "revoked_at"])
    _event("revoked", link, by, at)


def _event(verb: str, link: DraftLink, by: User, at: datetime, **data: object) -> None:
    events.record(
        actor=by.actor,
        verb=f"programmes.draft_link.{verb}",
        subject=f"programmes.programme:{link.programme_id}",
        at=at,
        office=link.programme.office.path,
        data={"link": link.pk, "organisation": link.organisation_id, **data},
    )
