"""Links for drafting: whose they are, what they open, what stands in the way."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from tiendo.foundation.accounts import tokens
from tiendo.foundation.accounts.permissions import Permission
from tiendo.foundation.organisations.queries import Rights
from tiendo.work.programmes.models import Answer, DraftLink, Obligation, Report
from tiendo.work.programmes.queries.internal import kept_from
from tiendo.work.programmes.rules.links import LinkFacts, State, state

PURPOSE = "tiendo.programmes.draft_link"
UNDER_WAY = {Report.State.DRAFT, Report.State.RETURNED}


def sealed(secret: str) -> str:
    """What is kept of a link's secret."""
    return tokens.sealed(PURPOSE, secret)


def find(token: str) -> DraftLink | None:
    """The link of a token."""
    rows = DraftLink.objects.select_related("organisation", "programme__office", "obligation")
    return tokens.found(rows, PURPOSE, token)


def issuable(rights: Rights) -> QuerySet[Obligation]:
    """What a link may be issued for: by the programme's office, or by whoever submits for the body."""
    return Obligation.objects.filter(_mine(rights), state=Obligation.State.OPEN)


def links_of(rights: Rights) -> QuerySet[DraftLink]:
    """The links that this person may look after."""
    rows = DraftLink.objects.filter(_mine(rights))
    return rows.select_related("organisation", "programme__office", "obligation__task", "issued_by", "revoked_by")


def owed_through(link: DraftLink) -> list[Obligation]:
    """The rows it is about, as far as the body owes them still; none where the programme is kept from the body."""
    rows = Obligation.objects.filter(organisation=link.organisation_id)
    rows = rows.exclude(programme__in=kept_from([link.organisation]))
    if link.obligation_id:
        rows = rows.filter(pk=link.obligation_id)
    else:
        rows = rows.filter(
            programme=link.programme_id, standing=True, period_start=link.period_start, period_end=link.period_end
        )
    return list(rows.select_related("task", "organisation", "programme__office").order_by("task__position"))


def _mine(rights: Rights) -> Q:
    """Of obligations and links alike."""
    submits = rights.bodies(Permission.SUBMIT_REPORT)
    own = Q(organisation__in=submits) & ~Q(programme__in=kept_from(submits))
    return Q(programme__office__in=rights.bodies(Permission.ASSIGN)) | own


def same_matter(link: DraftLink) -> QuerySet[DraftLink]:
    """All links for what this one is for."""
    if link.obligation_id:
        return DraftLink.objects.filter(obligation=link.obligation_id, organisation=link.organisation_id)
    return DraftLink.objects.filter(
        programme=link.programme_id,
        organisation=link.organisation_id,
        obligation=None,
        period_start=link.period_start,
        period_end=link.period_end,
    )


def at_hand(owed: Iterable[Obligation]) -> tuple[Report | None, list[Obligation]]:
    """The report to write now, if begun, and its rows: rows that came after one was handed in stand in another. What is
    suspended or not owed any more is not asked for.
    """
    owed = [row for row in owed if row.state not in (Obligation.State.SUSPENDED, Obligation.State.NOT_OWED)]
    found = Answer.objects.filter(obligation__in=owed).select_related("report__drafted_by", "report__presented_by")
    of = {answer.obligation_id: answer.report for answer in found}
    open_ = [report for report in of.values() if report.state in UNDER_WAY]
    report = min(open_, key=lambda one: one.pk, default=None)
    return report, [row for row in owed if row.pk not in of or of[row.pk] == report]


@dataclass(frozen=True, slots=True)
class Opened:
    """What a link opens at a moment. `report` and `rows` only where nothing stands in the way."""

    state: State
    report: Report | None
    rows: list[Obligation]


def opened(link: DraftLink, *, at: datetime) -> Opened:
    """Two queries, whatever the number of rows."""
    owed = owed_through(link)
    report, rows = at_hand(owed)
    facts = LinkFacts(
        revoked=link.revoked_at is not None,
        expires_at=link.expires_at,
        rows=len(owed),
        open_=len(rows),
        by_account=report is not None and report.drafted_by_id is not None,
    )
    return Opened(state(facts, at=at), report, rows)


def drafted_through(link: DraftLink) -> Report | None:
    """The draft that was last saved through a link of this matter, to be handed in; None: there is none."""
    report, _rows = at_hand(owed_through(link))
    return report if report is not None and report.drafted_by_id is None else None


def drafted(rights: Rights) -> QuerySet[DraftLink]:
    """Links through which something was saved that nobody handed in or took up yet: for the programme's office, which
    hands it in on paper. The one used last comes first; several links of one matter stand for one draft.
    """
    rows = DraftLink.objects.filter(programme__office__in=rights.bodies(Permission.ASSIGN), used_at__isnull=False)
    waits = Q(report__state__in=UNDER_WAY, report__drafted_by=None)
    rows = rows.filter(_answered(waits)).select_related("programme", "organisation", "obligation__task")
    return rows.order_by("-used_at", "-pk")


def handed_in(links: Iterable[DraftLink]) -> set[int]:
    """Of these links those whose report was handed in meanwhile: nothing can be written through them. One query."""
    rows = DraftLink.objects.filter(pk__in=[link.pk for link in links])
    return set(rows.filter(_answered(~Q(report__state__in=UNDER_WAY))).order_by().values_list("pk", flat=True))


def _answered(which: Q) -> Q:
    """Links whose matter has such an answer: the piece of work, or a row of the period."""
    one = Answer.objects.filter(which, obligation=OuterRef("obligation"), report__organisation=OuterRef("organisation"))
    period = Answer.objects.filter(
        which,
        report__programme=OuterRef("programme"),
        report__organisation=OuterRef("organisation"),
        obligation__standing=True,
        obligation__period_start=OuterRef("period_start"),
        obligation__period_end=OuterRef("period_end"),
    )
    return Q(Exists(one)) | Q(Exists(period), obligation=None)
