"""How far work has come: what waits for its word, what was confirmed last, who may say it."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import QuerySet

from tiendo.foundation.accounts.models import User
from tiendo.foundation.accounts.permissions import Permission
from tiendo.foundation.organisations.queries import Rights
from tiendo.work.programmes.models import Obligation, Progress, Report
from tiendo.work.programmes.queries.internal import open_to
from tiendo.work.programmes.queries.rounds import own_work
from tiendo.work.programmes.queries.work import obligations_visible_to
from tiendo.work.programmes.rules.answers import ALL_OF_IT

State = Progress.State
GOES_ON = (Obligation.State.OPEN, Obligation.State.SUSPENDED)
WITH = ("organisation", "reported_by", "decided_by", "obligation__task", "obligation__organisation",
        "obligation__confirming", "obligation__programme__office")  # fmt: skip


def is_progress(report: Report) -> bool:
    """Whether a draft says itself that the work is not done."""
    return not report.standing and report.answers.filter(percent__lt=ALL_OF_IT).exists()


def may_confirm(rights: Rights, progress: Progress) -> bool:
    """Whoever confirms in the body that confirms the work, unless that is the one that reported."""
    body = progress.obligation.confirming
    if body is None or body.pk == progress.organisation_id:
        return False
    return rights.may(Permission.CONFIRM_REPORT, body)


def own_hand(rights: Rights, progress: Progress, user: User) -> bool:
    """Whether this person, or whoever they stand in for, is of the reporting body, reported it, or wrote its draft."""
    hands = {user.pk, *(post.user_id for post in rights.standing_in)}
    if progress.reported_by_id in hands or any(body.pk == progress.organisation_id for body in rights.organisations):
        return True
    drafts = Report.objects.filter(answers__obligation=progress.obligation_id, organisation=progress.organisation_id)
    return any(own_work(draft, user, rights) for draft in drafts)


def visible_to(rights: Rights) -> QuerySet[Progress]:
    """Of the obligations that a person sees."""
    return Progress.objects.filter(obligation__in=obligations_visible_to(rights)).select_related(*WITH)


def to_confirm(rights: Rights) -> QuerySet[Progress]:
    """What waits for the word of a body for which this person confirms; never that of their own bodies."""
    bodies = rights.bodies(Permission.CONFIRM_REPORT)
    waiting = Progress.objects.filter(
        open_to(rights, bodies, "obligation__programme"),
        state=State.ASKED, obligation__confirming__in=bodies, obligation__state__in=GOES_ON,
    )  # fmt: skip
    return waiting.exclude(organisation__in=rights.organisations).select_related(*WITH)


def confirmed(owed: Iterable[int]) -> dict[int, Progress]:
    """Obligation → what was confirmed last of work that goes on. One query."""
    rows = Progress.objects.filter(obligation__in=list(owed), obligation__state__in=GOES_ON, state=State.GRANTED)
    return {one.obligation_id: one for one in rows.order_by("pk")}


def last_of(owed: Iterable[int]) -> dict[int, Progress]:
    """Obligation → the last that was reported of work that goes on, and not taken back. One query."""
    rows = Progress.objects.filter(obligation__in=list(owed), obligation__state__in=GOES_ON)
    kept = rows.exclude(state__in=[State.WITHDRAWN, State.REPLACED])
    return {one.obligation_id: one for one in kept.order_by("pk")}


def confirmed_of_tasks(tasks: Iterable[int]) -> dict[int, list[Progress]]:
    """Task → what was confirmed last of what each of its leads owes, while the work goes on. One query."""
    rows = Progress.objects.filter(
        obligation__task__in=list(tasks), obligation__role="lead", obligation__state__in=GOES_ON, state=State.GRANTED
    )
    last = {one.obligation_id: one for one in rows.select_related("obligation").order_by("pk")}
    found: dict[int, list[Progress]] = {}
    for one in last.values():
        found.setdefault(one.obligation.task_id, []).append(one)
    return found
