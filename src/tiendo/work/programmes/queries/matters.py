"""What stands beside an answer: who may say or decide it, and what of it a person sees."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, NamedTuple

from django.db.models import Case, Exists, OuterRef, Q, QuerySet, Value, When

from tiendo.foundation.accounts.models import User
from tiendo.foundation.accounts.permissions import Permission, roles_with
from tiendo.foundation.organisations.holding import held_by
from tiendo.foundation.organisations.models import Organisation
from tiendo.foundation.organisations.queries import Rights
from tiendo.work.programmes.models import Asked, Cause, Correction, Instruction, Obligation, Obstacle, Progress
from tiendo.work.programmes.queries.history import stood_on
from tiendo.work.programmes.queries.internal import UNDER_WAY, open_to
from tiendo.work.programmes.queries.work import obligations_visible_to, whole_visible_to

WITH = ("obligation__task", "obligation__organisation", "obligation__confirming", "obligation__programme__office")


def writes(rights: Rights, owed: Obligation) -> bool:
    """For the body that owes it: raises obstacles."""
    return rights.may(Permission.WRITE_REPORT, owed.organisation)


def heads(rights: Rights, owed: Obligation) -> bool:
    """Signs for the body that owes it: gives instructions, asks for causes to be confirmed."""
    return rights.may(Permission.SUBMIT_REPORT, owed.organisation)


def of_body(rights: Rights, body: int) -> bool:
    """Whether this person, or whoever they stand in for, holds a post there: nobody decides on their own affair."""
    return any(one.pk == body for one in rights.organisations)


def last_given(rights: Rights, owed: Iterable[Obligation]) -> dict[int, Instruction]:
    """Obligation → the bút phê that holds: the last one of the body that owes it. One query."""
    rows = list(owed)
    bodies = {one.pk: one.organisation_id for one in rows}
    given = instructions_visible_to(rights, rows).order_by("pk")
    return {one.obligation_id: one for one in given if bodies[one.obligation_id] == one.organisation_id}


class Doubted(NamedTuple):
    """What is asked to be corrected: ids of the task and of the body that owes it."""

    task: int
    body: int


def silent_level(on: date, prefix: str = "") -> Q:
    """Obstacles whose level can record no decision: it is none of the register's, or nobody confirms in it (a standing
    committee, of which only leaders have accounts). Then the programme's office records it.
    """
    return Q(**{f"{prefix}level": None}) | ~held_by(roles_with(Permission.CONFIRM_REPORT), on, f"{prefix}level")


def decides_obstacle(rights: Rights, obstacle: Obstacle, on: date) -> bool:
    """The level that must decide, by whoever confirms there; or the programme's office, which records what a level
    decided. The body that raised it decides only as that office, where the level can record nothing itself.
    """
    if obstacle.level is not None and rights.may(Permission.CONFIRM_REPORT, obstacle.level):
        return True
    owed = obstacle.obligation
    if not rights.may(Permission.OPEN_EVENT, owed.programme.office):
        return False
    own = owed.organisation_id == owed.programme.office_id
    return not own or Obstacle.objects.filter(silent_level(on), pk=obstacle.pk).exists()


def decides_cause(rights: Rights, cause: Cause) -> bool:
    """Whoever confirms in the competent body, and has no post in the one that asks; never a body below that one."""
    if of_body(rights, cause.organisation_id) or not above_or_beside(cause.competent, cause.organisation):
        return False
    return rights.may(Permission.CONFIRM_REPORT, cause.competent)


def gives_cause_on(rights: Rights, cause: Cause) -> bool:
    """Whoever confirms in the body that was to decide, or in the programme's office; nobody of the body that asks."""
    if of_body(rights, cause.organisation_id):
        return False
    return any(
        rights.may(Permission.CONFIRM_REPORT, one) for one in (cause.competent, cause.obligation.programme.office)
    )


def above_or_beside(body: Organisation, asking: Organisation) -> bool:
    """Whether a body is neither the one that asks nor below it."""
    return not body.path.startswith(asking.path)


def competent_for(owed: Obligation) -> Organisation | None:
    """Who is competent to confirm an objective cause: whoever the task, else the programme says confirms, the office,
    the monitor; never the body that asks, one below it, or a lead that asked a coordinator for its part. None: nobody.
    """
    task, programme = owed.task, owed.programme
    candidates = (task.confirming, programme.confirming, programme.office, programme.monitor)
    return next((body for body in candidates if body and above_or_beside(body, owed.organisation)), None)


def proposes_correction(rights: Rights, owed: Obligation) -> bool:
    """The programme's office, the confirming body, or the head of the body that reported."""
    confirms = owed.confirming is not None and rights.may(Permission.CONFIRM_REPORT, owed.confirming)
    return confirms or heads(rights, owed) or rights.may(Permission.ASSIGN, owed.programme.office)


def may_decide_corrections(rights: Rights, owed: Obligation) -> bool:
    """Whoever confirms in the programme's office or in the confirming body."""
    places = [owed.programme.office, *([owed.confirming] if owed.confirming else [])]
    return any(rights.may(Permission.CONFIRM_REPORT, place) for place in places)


def is_second_person(rights: Rights, correction: Correction, user: User) -> bool:
    """Not the one who proposed it (nor whoever stands in for them), and nobody of the body that reported."""
    hands = {user.pk, *(post.user_id for post in rights.standing_in)}
    return correction.asked_by_id not in hands and not of_body(rights, correction.obligation.organisation_id)


def instructions_visible_to(rights: Rights, owed: Iterable[Obligation]) -> QuerySet[Instruction]:
    """Bút phê are their own body's affair: nobody else reads them, the bodies above included."""
    rows = Instruction.objects.filter(obligation__in=list(owed), organisation__in=rights.bodies(Permission.SEE_WORK))
    return rows.select_related("to", "by", "obligation")


def doubted(owed: QuerySet[Obligation, Any] | Iterable[int] | None = None, **of: Any) -> dict[int, Doubted]:
    """Obligation → task and body, of those a recorded day of which somebody asks to correct, while nobody has decided:
    every figure that counts them is marked. `of`: conditions on the obligation. One query, of the few that wait.
    """
    rows = Correction.objects.filter(state=Asked.ASKED, **{f"obligation__{name}": one for name, one in of.items()})
    if owed is not None:
        rows = rows.filter(obligation__in=owed if isinstance(owed, QuerySet) else list(owed))
    found = rows.order_by().values_list("obligation", "obligation__task", "obligation__organisation")
    return {owed_: Doubted(task, body) for owed_, task, body in found}


def doubt() -> Exists:
    """Whether an obligation is one of them, as an expression over Obligation."""
    return Exists(Correction.objects.filter(obligation=OuterRef("pk"), state=Asked.ASKED))


def noted(owed: QuerySet[Obligation]) -> QuerySet[Any]:
    """Each with `has_obstacles`, `has_causes`, `has_corrections`, `has_progress`: whether there is any to ask for."""
    rows: QuerySet[Any] = owed.annotate(
        has_obstacles=Exists(Obstacle.objects.filter(obligation=OuterRef("pk"))),
        has_causes=Exists(Cause.objects.filter(obligation=OuterRef("pk"))),
        has_corrections=Exists(Correction.objects.filter(obligation=OuterRef("pk"))),
        has_progress=Exists(Progress.objects.filter(obligation=OuterRef("pk"))),
    )
    return rows


def obstacles_visible_to(rights: Rights) -> QuerySet[Obstacle]:
    """Of the obligations that a person sees, and those that a body of theirs must decide."""
    seen = Q(obligation__in=obligations_visible_to(rights)) | Q(level__in=rights.bodies(Permission.SEE_WORK))
    return Obstacle.objects.filter(seen, _open_to(rights)).select_related("level", *WITH)


def causes_visible_to(rights: Rights) -> QuerySet[Cause]:
    """Of the obligations that a person sees, and those that a body of theirs is to decide."""
    seen = Q(obligation__in=obligations_visible_to(rights)) | Q(competent__in=rights.bodies(Permission.SEE_WORK))
    return Cause.objects.filter(seen, _open_to(rights)).select_related("organisation", "competent", "proposed", *WITH)


def corrections_visible_to(rights: Rights) -> QuerySet[Correction]:
    """Of the obligations that a person sees."""
    return Correction.objects.filter(obligation__in=obligations_visible_to(rights)).select_related(*WITH)


def obstacles_to_decide(rights: Rights, on: date) -> QuerySet[Obstacle]:
    """Those that wait for a body in which this person confirms; of a level that can record nothing itself (in words, or
    nobody confirms there): for the programme's office.
    """
    mine = Q(level__in=rights.bodies(Permission.CONFIRM_REPORT))
    if offices := rights.bodies(Permission.OPEN_EVENT):
        mine |= Q(silent_level(on), obligation__programme__office__in=offices)
    return (
        Obstacle.objects.filter(mine, _open_to(rights), decided_on=None)
        .select_related(*WITH)
        .order_by("raised_on", "pk")
    )


def obstacles_followed(rights: Rights, on: date, *, past: bool = False) -> QuerySet[Any]:
    """Obstacles that wait for a decision: of the programmes of which this person sees everything, and those that a body
    of theirs must decide, the latter (`mine`: 0) first. Of work that is over none waits. `past`: those that waited at
    the end of a day that is over.
    """
    bodies = [body.pk for body in rights.bodies(Permission.SEE_WORK)]
    seen = Q(obligation__programme__in=whole_visible_to(rights).order_by().values("pk")) | Q(level__in=bodies)
    rows = Obstacle.objects.filter(seen, _open_to(rights), raised_on__lte=on)
    if past:
        stood = stood_on(Obligation.objects.filter(pk=OuterRef("obligation")), on).filter(then_state__in=UNDER_WAY)
        open_ = Q(obligation__task__closed_at=None) | Q(obligation__task__closed_at__date__gt=on)
        rows = rows.filter(Q(decided_on=None) | Q(decided_on__gt=on), open_, Exists(stood))
    else:
        rows = rows.filter(decided_on=None, obligation__state__in=UNDER_WAY, obligation__task__closed_at=None)
    rows = rows.annotate(mine=Case(When(level__in=bodies, then=Value(0)), default=Value(1)))
    found: QuerySet[Any] = rows.select_related("level", *WITH).order_by("mine", "raised_on", "pk")
    return found


def causes_to_decide(rights: Rights) -> QuerySet[Cause]:
    """Those that wait for a body in which this person confirms, and that are not their own body's."""
    mine = Q(competent__in=rights.bodies(Permission.CONFIRM_REPORT))
    waiting = Cause.objects.filter(mine, _open_to(rights), state=Asked.ASKED)
    return waiting.exclude(organisation__in=rights.organisations).select_related(*WITH)


def corrections_to_decide(rights: Rights, user: User) -> QuerySet[Correction]:
    """Those that wait for a second person: this one."""
    places = rights.bodies(Permission.CONFIRM_REPORT)
    mine = Q(obligation__programme__office__in=places) | Q(obligation__confirming__in=places)
    waiting = Correction.objects.filter(mine, _open_to(rights), state=Asked.ASKED).exclude(asked_by=user)
    return waiting.exclude(obligation__organisation__in=rights.organisations).select_related(*WITH)


def _open_to(rights: Rights) -> Q:
    """Not of an internal programme that is kept from this person."""
    return open_to(rights, rights.bodies(Permission.SEE_WORK), "obligation__programme")


def marks(owed: Iterable[int]) -> tuple[set[int], set[int]]:
    """Of these obligations those of which an objective cause was confirmed (said beside "late", never instead), and
    those of which a recorded day is doubted (a figure made with it is marked). One query.
    """
    keys = list(owed)
    granted = Cause.objects.filter(obligation__in=keys, state=Asked.GRANTED)
    open_ = Correction.objects.filter(obligation__in=keys, state=Asked.ASKED)
    found = (
        granted.order_by()
        .values_list("obligation", Value("cause"))
        .union(open_.order_by().values_list("obligation", Value("correction")), all=True)
    )
    rows = list(found.order_by())
    return {pk for pk, what in rows if what == "cause"}, {pk for pk, what in rows if what == "correction"}
