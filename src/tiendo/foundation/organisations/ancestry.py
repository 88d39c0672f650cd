"""Bodies through time: how one was called, what it came from, who holds what was its own."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date

from django.db.models import F, Prefetch, Q, QuerySet

from tiendo.foundation.organisations.models import Heir, Name, Organisation, Seat, Succession
from tiendo.foundation.organisations.queries import through
from tiendo.foundation.organisations.rules.succession import ENDING, Life, problems

IN_FORCE = Q(succession__state=Succession.State.IN_FORCE)


def lives(bodies: Iterable[Organisation]) -> list[Life]:
    """What the rules of succession ask of bodies."""
    return [Life(body.pk, body.name, body.starts, body.ends, root=body.kind == "root") for body in bodies]


def names_on(bodies: Collection[int], day: date) -> dict[int, str]:
    """How bodies were called on a day: id → full name. One query; who had no dated name keeps the present one."""
    rows = Name.objects.on(day).filter(organisation__in=bodies, source="own", office=None)
    return dict(rows.order_by("pk").values_list("organisation", "text"))


def below(body: Organisation, tree: str, day: date | None = None) -> QuerySet[Organisation]:
    """A body and all that stood below it in a tree on a day (None: now). One query."""
    seats = Seat.objects.on(day).filter(tree=tree)
    top = seats.filter(organisation=body).first()
    if top is None:
        return Organisation.objects.none()
    inside = seats.filter(path__startswith=top.path).values("organisation")
    return Organisation.objects.filter(pk__in=inside)


def heirs_of(bodies: Collection[int], day: date | None = None) -> dict[int, tuple[int, ...]]:
    """Who holds on a day (None: now) what was each body's: id → ids, the body itself while it lives.

    Followed from heir to heir; a body that was dissolved has nobody: (). One query for each step of succession.
    """
    steps: dict[int, list[int]] = {}
    wanted = set(bodies)
    while wanted:
        rows = Heir.objects.filter(IN_FORCE, before__in=wanted, succession__kind__in=ENDING)
        if day is not None:
            rows = rows.filter(succession__on__lte=day)
        found: set[int] = set()
        for before, after in rows.order_by("pk").values_list("before", "after"):
            steps.setdefault(before, [])
            if after is not None:
                steps[before].append(after)
                found.add(after)
        wanted = found - steps.keys()
    return {body: tuple(dict.fromkeys(_ends(body, steps, frozenset()))) for body in bodies}


def _ends(body: int, steps: dict[int, list[int]], seen: frozenset[int]) -> Iterable[int]:
    if body not in steps:
        return (body,)
    if body in seen:  # the register refuses circles; whatever wrote one past it does not hang the house
        return ()
    return [end for after in steps[body] for end in _ends(after, steps, seen | {body})]


def through_on(day: date) -> dict[int, int]:
    """Bodies that act through another on a day: id → the one they act through."""
    rows = through(day)
    return {
        before: after
        for before, after in rows.order_by("succession__on", "pk").values_list("before", "after")
        if after is not None
    }


def history(body: Organisation) -> QuerySet[Succession]:
    """Every succession in which a body stands, before or after, oldest first, of one day as they were
    recorded; drafts are left out.
    """
    mine = Heir.objects.filter(Q(before=body) | Q(after=body)).values("succession")
    lines = Heir.objects.select_related("before", "after")
    return (
        Succession.objects.filter(pk__in=mine)
        .exclude(state=Succession.State.DRAFT)
        .select_related("recorded_by", "confirmed_by")
        .prefetch_related(Prefetch("heirs", lines))
        .order_by("on", F("recorded_at").asc(nulls_first=True), "pk")
    )


def sides(succession: Succession) -> tuple[list[Organisation], list[Organisation]]:
    """The bodies before and after, each once, in the order in which they were given."""
    rows = list(succession.heirs.select_related("before", "after"))
    befores = {row.before_id: row.before for row in rows}
    afters = {row.after_id: row.after for row in rows if row.after is not None}
    return list(befores.values()), list(afters.values())


def why_stale(draft: Succession, befores: Iterable[Organisation], afters: Iterable[Organisation]) -> str:
    """Why a plan can no longer be carried out, whatever was right when it was prepared; "": it can."""
    said = problems(kind=draft.kind, on=draft.on, befores=lives(befores), afters=lives(afters), new_name=draft.new_name)
    return " ".join(f"{one[:1].upper()}{one[1:]}" for one in said)
