"""Programmes, tasks and obligations as a person may see them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from tiendo.foundation.accounts.permissions import Permission
from tiendo.foundation.organisations.models import Organisation
from tiendo.foundation.organisations.queries import Rights, within
from tiendo.work.directives.models import Duty
from tiendo.work.programmes.models import Answer, Assignment, Evidence, Obligation, Programme, Report, Task


def visible_to(rights: Rights) -> QuerySet[Programme]:
    """The programmes of a person's office, watched or confirmed by it, or in which a body of theirs has a part."""
    charged = Assignment.objects.filter(_charged(rights), task__programme=OuterRef("pk"))
    return Programme.objects.filter(_whole(rights) | Exists(charged)).select_related("office", "document")


def tasks_visible_to(rights: Rights) -> QuerySet[Task]:
    """Whole programmes for office, monitor and confirming body; else the tasks in which the body has a part."""
    charged = Assignment.objects.filter(_charged(rights), task=OuterRef("pk"))
    return Task.objects.filter(_whole(rights, "programme__") | Exists(charged)).select_related("programme__office")


def obligations_visible_to(rights: Rights) -> QuerySet[Obligation]:
    """As tasks: all of a programme, or what the person's own bodies owe or confirm."""
    own = within(rights.paths(Permission.SEE_WORK), "organisation__path") | Q(confirming__in=_bodies(rights))
    return Obligation.objects.filter(_whole(rights, "programme__") | own)


def to_report(rights: Rights) -> QuerySet[Obligation]:
    """What the bodies for which this person writes still owe, soonest first; reports sent back stand in `sent_back`."""
    return (
        Obligation.objects.filter(organisation__in=rights.bodies(Permission.WRITE_REPORT), state=Obligation.State.OPEN)
        .exclude(answer__report__state=Report.State.RETURNED)
        .select_related("task__programme", "organisation", "confirming")
    )


def sent_back(rights: Rights) -> QuerySet[Report]:
    """Reports of the bodies for which this person writes, of which more was asked: the last decision has the reason."""
    return Report.objects.filter(
        organisation__in=rights.bodies(Permission.WRITE_REPORT), state=Report.State.RETURNED
    ).select_related("organisation", "programme")


def answered(owed: QuerySet[Obligation]) -> QuerySet[Obligation]:
    """Those to which a body has said anything, be it in a draft: they can no longer be taken back."""
    said = Answer.objects.filter(
        ~Q(report__state=Report.State.DRAFT)
        | ~Q(text="")
        | Q(nothing_arose=True)
        | Q(report__round__gt=0)
        | Exists(Evidence.objects.filter(answer=OuterRef("pk"))),
        obligation=OuterRef("pk"),
    )
    return owed.filter(~Q(state=Obligation.State.OPEN) | Exists(said))


def without_confirming(owed: QuerySet[Obligation]) -> QuerySet[Obligation]:
    """What nobody can confirm: the reporting body is the only one named to confirm it."""
    return owed.filter(confirming__isnull=True).exclude(state=Obligation.State.CONFIRMED)


def to_confirm(rights: Rights) -> QuerySet[Report]:
    """Reports that wait for the word of a body for which this person confirms; never those of their own bodies."""
    return (
        Report.objects.filter(confirming__in=rights.bodies(Permission.CONFIRM_REPORT), state=Report.State.SUBMITTED)
        .exclude(organisation__in=rights.organisations)
        .select_related("organisation", "programme")
    )


def reports_visible_to(rights: Rights) -> QuerySet[Report]:
    """A body's own reports; of others (bodies below, programmes followed), those that were handed in: a draft is its
    body's own affair.
    """
    bodies = _bodies(rights)
    below = within(rights.paths(Permission.SEE_WORK), "organisation__path")
    others = below | _whole(rights, "programme__") | Q(confirming__in=bodies)
    return Report.objects.filter(Q(organisation__in=bodies) | (others & ~Q(state=Report.State.DRAFT)))


def signed_late(programme: Programme) -> QuerySet[Duty]:
    """Rows of the programme's document that were signed after it was opened and are no tasks yet."""
    return programme.document.duties.filter(state=Duty.State.SIGNED).exclude(
        pk__in=Task.objects.filter(programme=programme).values("duty")
    )


def waiting_for_a_body(programme: Programme) -> QuerySet[Assignment]:
    """Leads not yet known as a body ("chờ gán"): printed names, and phrases for which no body was named so far."""
    leads = Assignment.objects.filter(task__programme=programme, role=Assignment.Role.LEAD)
    named = leads.filter(task=OuterRef("task"), party_text=OuterRef("party_text"), organisation__isnull=False)
    return leads.filter(organisation__isnull=True).exclude(Q(group=True) & Exists(named)).select_related("task")


def _bodies(rights: Rights) -> list[int]:
    return [body.pk for body in rights.bodies(Permission.SEE_WORK)]


def _charged(rights: Rights) -> Q:
    return within(rights.paths(Permission.SEE_WORK), "organisation__path")


def _whole(rights: Rights, prefix: str = "") -> Q:
    """The condition for seeing all of a programme."""
    bodies = _bodies(rights)
    return (
        Q(**{f"{prefix}office__in": bodies})
        | Q(**{f"{prefix}monitor__in": bodies})
        | Q(**{f"{prefix}confirming__in": bodies})
        | within(rights.paths(Permission.SEE_ALL_WORK), f"{prefix}office__path")
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
    """The period reports that the person's bodies still owe, soonest first. Three queries."""
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
    """Rows of the programme that print exactly the same name and have no body yet."""
    same = Assignment.objects.filter(task__programme=assignment.task.programme_id, party_text=assignment.party_text)
    return same.filter(organisation__isnull=True, group=False)


def named_alike(assignment: Assignment) -> QuerySet[Assignment]:
    """Rows of the programme that were given to the same body under exactly the same printed name."""
    same = Assignment.objects.filter(task__programme=assignment.task.programme_id, party_text=assignment.party_text)
    return same.filter(organisation=assignment.organisation_id, organisation__isnull=False)
