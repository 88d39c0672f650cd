"""Programmes, tasks and obligations as a person may see them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from tiendo.foundation.accounts.permissions import Permission
from tiendo.foundation.organisations.models import Organisation
from tiendo.foundation.organisations.queries import Rights, once, within
from tiendo.work.directives.models import Duty
from tiendo.work.programmes.models import (
    Answer,
    Assignment,
    DateChange,
    Evidence,
    Obligation,
    Programme,
    Progress,
    Report,
    Stage,
    Task,
)
from tiendo.work.programmes.queries.internal import open_to

ASKED_MORE = Q(state=Report.State.RETURNED) | Q(state=Report.State.DRAFT, round=0, follows__isnull=False)
"""Reports of which more was asked: of this body, or of the one before it, whose answer it goes on with."""


@once
def visible_to(rights: Rights) -> QuerySet[Programme]:
    """The programmes of a person's office, watched or confirmed by it, or in which a body of theirs has a part."""
    seen = Programme.objects.select_related("office", "document")
    if _wide(rights):
        return seen.filter(_whole(rights) | _part(rights, "task__programme"))
    return seen.filter(pk__in=_followed(rights, *_ways(rights, "task__programme")))


@once
def whole_visible_to(rights: Rights) -> QuerySet[Programme]:
    """The programmes of which a person sees everything: people of office, monitor and confirming body; leaders
    and inspectors who look after the office.
    """
    return Programme.objects.filter(_whole(rights))


@once
def tasks_visible_to(rights: Rights) -> QuerySet[Task]:
    """Whole programmes for office, monitor and confirming body; else the tasks in which the body has a part."""
    whole = _whole(rights, "programme__") if _wide(rights) else Q(programme__in=_followed(rights))
    return Task.objects.filter(whole | _part(rights, "task")).select_related("programme__office")


@once
def obligations_visible_to(rights: Rights) -> QuerySet[Obligation]:
    """As tasks: all of a programme, or what the person's own bodies, and those whose heirs they are, owe or confirm."""
    confirming = Q(confirming__in=_read(rights)) & open_to(rights, rights.bodies(Permission.SEE_WORK), "programme")
    return Obligation.objects.filter(_whole(rights, "programme__") | _below(rights, "programme") | confirming)


@once
def to_report(rights: Rights) -> QuerySet[Obligation]:
    """What the bodies for which this person writes still owe, soonest first; reports sent back stand in `sent_back`."""
    return (
        Obligation.objects.filter(organisation__in=rights.bodies(Permission.WRITE_REPORT), state=Obligation.State.OPEN)
        .filter(open_to(rights, rights.bodies(Permission.WRITE_REPORT), "programme"))
        .filter(~Exists(Report.objects.filter(ASKED_MORE, answers__obligation=OuterRef("pk"))))
        .select_related("task__programme", "organisation", "confirming")
    )


def sent_back(rights: Rights) -> QuerySet[Report]:
    """Reports of the bodies for which this person writes, of which more was asked: the last decision has the reason."""
    mine = Report.objects.filter(organisation__in=rights.bodies(Permission.WRITE_REPORT))
    mine = mine.filter(open_to(rights, rights.bodies(Permission.WRITE_REPORT), "programme"))
    return mine.filter(ASKED_MORE).select_related("organisation", "programme", "follows")


def to_sign(rights: Rights) -> QuerySet[Report]:
    """Drafts that wait for this person to sign and send them, the longest first."""
    bodies = rights.bodies(Permission.SUBMIT_REPORT)
    mine = Report.objects.filter(organisation__in=bodies, presented_at__isnull=False)
    mine = mine.filter(open_to(rights, bodies, "programme"), state__in=[Report.State.DRAFT, Report.State.RETURNED])
    return mine.select_related("organisation", "programme", "presented_by").order_by("presented_at", "pk")


def answered(owed: QuerySet[Obligation]) -> QuerySet[Obligation]:
    """Those to which a body has said anything, be it in a draft or as progress, or asked for another day: they can no
    longer be taken back.
    """
    said = Answer.objects.filter(
        ~Q(report__state=Report.State.DRAFT)
        | ~Q(text="")
        | Q(nothing_arose=True)
        | Q(report__round__gt=0)
        | Exists(Evidence.objects.filter(answer=OuterRef("pk"))),
        obligation=OuterRef("pk"),
    )
    moved = DateChange.objects.filter(obligation=OuterRef("pk"))
    progress = Progress.objects.filter(obligation=OuterRef("pk"))
    return owed.filter(~Q(state=Obligation.State.OPEN) | Exists(said) | Exists(moved) | Exists(progress))


def without_confirming(owed: QuerySet[Obligation]) -> QuerySet[Obligation]:
    """What nobody can confirm: the reporting body is the only one named to confirm it."""
    return owed.filter(confirming__isnull=True).exclude(state=Obligation.State.CONFIRMED)


def to_confirm(rights: Rights) -> QuerySet[Report]:
    """Reports that wait for the word of a body for which this person confirms; never those of their own bodies."""
    return (
        Report.objects.filter(confirming__in=rights.bodies(Permission.CONFIRM_REPORT), state=Report.State.SUBMITTED)
        .filter(open_to(rights, rights.bodies(Permission.CONFIRM_REPORT), "programme"))
        .exclude(organisation__in=rights.organisations)
        .select_related("organisation", "programme")
    )


@once
def reports_visible_to(rights: Rights) -> QuerySet[Report]:
    """A body's own reports; of others (bodies below, bodies whose heir it is, programmes followed), those that were
    handed in: a draft is its body's own affair.
    """
    bodies = _bodies(rights)
    passed_on = Report.objects.filter(organisation__in=bodies, follows__isnull=False).values("follows")
    inside = open_to(rights, rights.bodies(Permission.SEE_WORK), "programme")
    others = _whole(rights, "programme__") | _below(rights, "programme") | (Q(confirming__in=_read(rights)) & inside)
    own = (Q(organisation__in=bodies) | Q(pk__in=passed_on)) & inside
    return Report.objects.filter(own | (others & ~Q(state=Report.State.DRAFT)))


def signed_late(programme: Programme) -> QuerySet[Duty]:
    """Rows of the programme's document that were signed after it was opened and are no tasks yet."""
    return programme.document.duties.filter(state=Duty.State.SIGNED).exclude(
        pk__in=Task.objects.filter(programme=programme).values("duty")
    )


def waiting_for_a_body(programme: Programme) -> QuerySet[Assignment]:
    """Leads not yet known as a body ("chờ gán"): printed names, and phrases for which no body was named so far."""
    leads = Assignment.objects.on(None).filter(task__programme=programme, role=Assignment.Role.LEAD)
    named = leads.filter(task=OuterRef("task"), party_text=OuterRef("party_text"), organisation__isnull=False)
    return leads.filter(organisation__isnull=True).exclude(Q(group=True) & Exists(named)).select_related("task")


def _bodies(rights: Rights) -> list[int]:
    return [body.pk for body in rights.bodies(Permission.SEE_WORK)]


def _read(rights: Rights) -> list[int]:
    """Ids of the person's bodies, and of those whose heirs they are."""
    bodies = _bodies(rights)
    return [*bodies, *(before.pk for body, before in rights.forebears if body.pk in bodies)]


def _below(
    rights: Rights, programme: str, field: str = "organisation__path", permission: Permission = Permission.SEE_WORK
) -> Q:
    """Rows of bodies over which this right reaches; of an internal `programme` by a post inside it alone."""
    condition = Q(pk__in=[])
    reached = rights.reads() if permission == Permission.SEE_WORK else rights.reaches(permission)
    for body, path in reached:
        condition |= within([path], field) & open_to(rights, [body], programme)
    return condition


def _part(rights: Rights, where: str) -> Q:
    """The rows in which the person's bodies have a part."""
    return reduce(or_, _ways(rights, where))


def _ways(rights: Rights, where: str) -> tuple[Q, ...]:
    """The rows to which a charge of the person's bodies, or a stage that one of them holds, leads by `where`."""
    charges = _leading(rights, Assignment.objects.all(), "organisation", where)
    if _wide(rights):
        return charges, _leading(rights, Stage.objects.all(), "holder", where)
    held = {task if where == "task" else programme for task, programme in stages_held(rights)}
    return (charges, Q(pk__in=held)) if held else (charges,)


def stages_held(rights: Rights) -> tuple[tuple[int, int], ...]:
    """(task, programme) of each stage that the person's bodies hold or held. Few: looked up once a page. One query."""
    if stages_held not in rights.built:
        theirs = Q(pk__in=[])
        for one, path in rights.reads():
            theirs |= within([path], "holder__path") & open_to(rights, [one], "task__programme")
        found = Stage.objects.filter(theirs).order_by().values_list("task", "task__programme")
        rights.built[stages_held] = tuple(found.distinct())
    kept: tuple[tuple[int, int], ...] = rights.built[stages_held]
    return kept


def _leading(rights: Rights, rows: QuerySet[Any], body: str, where: str) -> Q:
    """Who looks after a subtree sees nearly all by `_whole`: there each row left is asked. For the others what they are
    charged with is looked up and the rows taken by their ids: at national size that is some hundred of millions.
    """
    if _wide(rights):
        return Q(Exists(rows.filter(_below(rights, "task__programme", f"{body}__path"), **{where: OuterRef("pk")})))
    theirs = Q(pk__in=[])
    for one, path in rights.reads():
        below = Organisation.objects.filter(within([path])).order_by().values("pk")
        theirs |= Q(**{f"{body}__in": below}) & open_to(rights, [one], "task__programme")
    return Q(pk__in=rows.filter(theirs).order_by().values(where))


def _followed(rights: Rights, *more: Q) -> QuerySet[Programme, Any]:
    """Ids of the programmes of a person's bodies, watched or confirmed by them (or in `more` ways), each way by its own
    index: together in one condition they would be sought among all programmes.
    """
    bodies, seen = _bodies(rights), open_to(rights, rights.bodies(Permission.SEE_WORK), "pk")
    ways = (Q(office__in=bodies), Q(monitor__in=bodies) & seen, Q(confirming__in=bodies) & seen, *more)
    own, *others = (Programme.objects.filter(way).order_by().values("pk") for way in ways)
    return own.union(*others)


def _wide(rights: Rights) -> bool:
    return bool(rights.paths(Permission.SEE_ALL_WORK))


def _whole(rights: Rights, prefix: str = "") -> Q:
    """The condition for seeing all of a programme."""
    bodies = _bodies(rights)
    programme = prefix.removesuffix("__") or "pk"
    follows = Q(**{f"{prefix}monitor__in": bodies}) | Q(**{f"{prefix}confirming__in": bodies})
    return (
        Q(**{f"{prefix}office__in": bodies})
        | (follows & open_to(rights, rights.bodies(Permission.SEE_WORK), programme))
        | _below(rights, programme, f"{prefix}office__path", Permission.SEE_ALL_WORK)
    )


@dataclass(frozen=True, slots=True)
class PeriodDue:
    """One period report that a body owes: all its standing rows of the period on one page."""

    programme: Programme
    organisation: Organisation
    start: date
    cutoff: date
    name: str
    due: date
    rows: int

    @property
    def key(self) -> str:
        return f"{self.start.isoformat()}/{self.cutoff.isoformat()}"


def periods_to_report(rights: Rights) -> list[PeriodDue]:
    """The period reports that the person's bodies still owe, soonest first. Three queries, and one once a page."""
    groups = list(
        to_report(rights)
        .filter(standing=True)
        .select_related(None)
        .order_by("due", "programme", "organisation")
        .values("programme", "organisation", "period_start", "period_end", "period_name", "due")
        .annotate(rows=Count("pk"))
    )
    programmes = Programme.objects.in_bulk({group["programme"] for group in groups})
    bodies = Organisation.objects.in_bulk({group["organisation"] for group in groups})
    return [
        PeriodDue(
            programmes[group["programme"]],
            bodies[group["organisation"]],
            group["period_start"],
            group["period_end"],
            group["period_name"],
            group["due"],
            group["rows"],
        )
        for group in groups
    ]


def alike(assignment: Assignment) -> QuerySet[Assignment]:
    """Rows of the programme that print exactly the same name and have no body, or one that ended."""
    same = Assignment.objects.on(None).filter(
        task__programme=assignment.task.programme_id, party_text=assignment.party_text
    )
    nobodys = Q(organisation__isnull=True) | Q(organisation__ends__isnull=False)
    return same.filter(nobodys, group=False).select_related("task__programme")


def named_alike(assignment: Assignment) -> QuerySet[Assignment]:
    """Rows of the programme that were given to the same body under exactly the same printed name."""
    same = Assignment.objects.on(None).filter(
        task__programme=assignment.task.programme_id, party_text=assignment.party_text
    )
    return same.filter(organisation=assignment.organisation_id, organisation__isnull=False)
