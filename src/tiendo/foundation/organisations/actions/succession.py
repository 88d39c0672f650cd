"""What becomes of bodies: prepared as a draft, recorded when it is in force, held against the decision, taken back.

Only the register is touched here. Open work is re-homed by the rooms (handovers.actions.handovers), in the same
transaction.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from tiendo.foundation.accounts.models import User
from tiendo.foundation.accounts.permissions import Permission
from tiendo.foundation.audit.actions import events
from tiendo.foundation.organisations.actions.parts import register
from tiendo.foundation.organisations.actions.parts.beginning import NewBody, begin, forget
from tiendo.foundation.organisations.actions.parts.register import hold
from tiendo.foundation.organisations.ancestry import lives, through_on
from tiendo.foundation.organisations.errors import (
    NotYetError,
    OwnConfirmationError,
    SuccessionInvalidError,
    SuccessionTwiceError,
)
from tiendo.foundation.organisations.models import Heir, Organisation, Succession
from tiendo.foundation.organisations.queries import require_over
from tiendo.foundation.organisations.rules import succession as rules
from tiendo.foundation.organisations.rules.bodies import tidy

Kind, State = Succession.Kind, Succession.State
OF_EACH = {
    "recorded": {"verb": "organisations.organisation.succession_recorded"},
    "undone": {"verb": "organisations.organisation.succession_undone"},
}
"""What is told of each body before, beside the event of the succession."""
NOBODY: tuple[Organisation | None, ...] = (None,)


@transaction.atomic
def draft(
    *,
    kind: str,
    on: date,
    befores: Sequence[Organisation],
    afters: Sequence[Organisation] = (),
    by: User,
    at: datetime,
    decision: str = "",
    decided_on: date | None = None,
    backdated: bool = False,
    note: str = "",
    new_name: str = "",
    new_short_name: str = "",
    shares: Mapping[int, str] | None = None,
    news: Sequence[NewBody] = (),
) -> Succession:
    """Prepare a succession: nothing changes yet but that bodies that begin with it stand in the register from `on`.

    `shares`: of a split, which part each body after takes, by its id; `news`: bodies after that do not exist yet;
    `backdated`: somebody saw that the decision is dated after `on`, and says that it is so.
    Raises NotAllowedError (the register of one of the bodies is another's), SuccessionInvalidError,
    SuccessionTwiceError, BodyInvalidError, NameTakenError.
    """
    _dated(decided_on, on, backdated=backdated)
    befores, afters = _fresh(befores), _fresh(afters)
    places = [new.parent for new in news]
    require_over(by, Permission.MANAGE_BODIES, [*befores, *afters, *places], timezone.localdate(at))
    made = [begin(new, on=on, befores=befores, by=by.actor, at=at) for new in news]
    afters = [*afters, *made]
    succession = Succession(
        kind=kind,
        on=on,
        decision=tidy(decision),
        decided_on=decided_on,
        note=note.strip(),
        new_name=tidy(new_name),
        new_short_name=tidy(new_short_name),
        drafted_by=by,
        drafted_at=at,
        undoing={"new": [body.pk for body in made]},
    )
    _check(succession, befores, afters)
    succession.save()
    parts = {**(shares or {}), **{body.pk: new.share for body, new in zip(made, news, strict=True)}}
    Heir.objects.bulk_create(
        Heir(succession=succession, before=before, after=after, share=parts.get(after.pk, "") if after else "")
        for before in befores
        for after in afters or NOBODY
    )
    _event("drafted", succession, by, at, befores)
    return succession


@transaction.atomic
def discard(*, succession: Succession, by: User, at: datetime) -> None:
    """Throw a draft away, with bodies that were to begin with it. Raises NotAllowedError, SuccessionStateError."""
    succession, befores, _afters = hold(succession, by, at, State.DRAFT)
    _event("discarded", succession, by, at, befores)
    new = succession.undoing.get("new", [])
    succession.delete()
    forget(new)


@transaction.atomic
def record(
    *, succession: Succession, by: User, at: datetime, children: Mapping[int, Organisation] | None = None
) -> Succession:
    """Put a draft in force in the register: bodies end, names change, what stands below them is put below the heir.

    `children`: where bodies below an ended one go, by their ids; else below the one heir, or to the body above.
    Raises NotAllowedError, SuccessionStateError, NotYetError (its day has not come), SuccessionInvalidError (the
    register changed since it was drafted), SuccessionTwiceError.
    """
    succession, befores, afters = hold(succession, by, at, State.DRAFT)
    if succession.on > timezone.localdate(at):
        raise NotYetError(day=f"{succession.on:%d/%m/%Y}")
    _check(succession, befores, afters)
    if succession.kind == Kind.RENAME:
        succession.undoing |= register.rename(
            befores[0], succession.new_name, succession.new_short_name, on=succession.on
        )
    elif succession.kind in rules.ENDING:
        single = afters[0] if len(afters) == 1 else None
        succession.undoing |= register.end_all(
            befores, heir=single, on=succession.on, children=children or {}, by=by.actor, at=at
        )
    Organisation.objects.filter(pk__in=succession.undoing.get("new", [])).update(planned=False)
    succession.state, succession.recorded_by, succession.recorded_at = State.IN_FORCE, by, at
    succession.save(update_fields=["state", "recorded_by", "recorded_at", "undoing"])
    _event("recorded", succession, by, at, befores)
    return succession


@transaction.atomic
def confirm(
    *,
    succession: Succession,
    decision: str,
    decided_on: date | None,
    by: User,
    at: datetime,
    backdated: bool = False,
) -> Succession:
    """A second person held the record against the decision, and writes its number as printed. `backdated`: as in draft.

    Raises NotAllowedError, OwnConfirmationError, SuccessionStateError, SuccessionInvalidError (no number).
    """
    succession, befores, _afters = hold(succession, by, at, State.IN_FORCE)
    if succession.recorded_by_id == by.pk:
        raise OwnConfirmationError
    if not tidy(decision):
        raise SuccessionInvalidError(what=_("chưa ghi số, ký hiệu của quyết định."))
    _dated(decided_on, succession.on, backdated=backdated)
    succession.decision, succession.decided_on = tidy(decision), decided_on
    succession.confirmed_by, succession.confirmed_at = by, at
    succession.save(update_fields=["decision", "decided_on", "confirmed_by", "confirmed_at"])
    _event("confirmed", succession, by, at, befores)
    return succession


@transaction.atomic
def undo(*, succession: Succession, by: User, at: datetime) -> Succession:
    """Take a wrong record back: the register is as it was. Whether nothing was built on it, the caller and
    `register.restore` ask. Raises NotAllowedError, SuccessionStateError, BuiltUponError.
    """
    succession, befores, _afters = hold(succession, by, at, State.IN_FORCE)
    register.restore(succession, by=by.actor, at=at)
    succession.state, succession.undone_by, succession.undone_at = State.UNDONE, by, at
    succession.save(update_fields=["state", "undone_by", "undone_at"])
    new = succession.undoing.get("new", [])
    for line in succession.heirs.filter(after__in=new).select_related("after"):  # the record keeps their names
        assert line.after is not None
        line.share, line.after = " | ".join(filter(None, [line.after.name, line.share]))[:300], None
        line.save(update_fields=["share", "after"])
    forget(new)
    _event("undone", succession, by, at, befores)
    return succession


def _dated(decided_on: date | None, on: date, *, backdated: bool) -> None:
    """Raises SuccessionInvalidError: a decision dated after its effect is taken only from who says that it is so."""
    if decided_on is not None and rules.backdated(decided_on, on) and not backdated:
        raise SuccessionInvalidError(
            what=_("quyết định ký ngày {decided}, sau ngày có hiệu lực {on}; chưa đánh dấu là đã xem.").format(
                decided=f"{decided_on:%d/%m/%Y}", on=f"{on:%d/%m/%Y}"
            )
        )


def _fresh(bodies: Sequence[Organisation]) -> list[Organisation]:
    """As they are now, each once, in the order given."""
    found = Organisation.objects.in_bulk([body.pk for body in bodies])
    return [found[pk] for pk in dict.fromkeys(body.pk for body in bodies)]


def _check(succession: Succession, befores: Sequence[Organisation], afters: Sequence[Organisation]) -> None:
    problems = rules.problems(
        kind=succession.kind,
        on=succession.on,
        befores=lives(befores),
        afters=lives(afters),
        new_name=succession.new_name,
    )
    if wrong := list(problems):
        raise SuccessionInvalidError(what=" ".join(wrong), wrong=wrong)
    _not_gone(succession, befores)
    if succession.kind == Kind.ACTS_THROUGH:
        pairs = [(before.pk, afters[0].pk) for before in befores]
        if rules.circle(list(through_on(succession.on).items()), pairs):
            raise SuccessionInvalidError(what=_("các cơ quan hoạt động qua nhau thành vòng tròn."))
    _once(succession, befores)


def _not_gone(succession: Succession, befores: Sequence[Organisation]) -> None:
    """What became of a body is recorded once: of two plans for it only one is carried out."""
    gone = Heir.objects.filter(
        before__in=befores, succession__state=State.IN_FORCE, succession__kind__in=rules.ENDING
    ).exclude(succession=succession.pk)
    if (found := gone.select_related("before", "succession").first()) is not None:
        said = _("“{name}” đã được sắp xếp ({kind}) từ ngày {day}.").format(
            name=found.before.name,
            kind=found.succession.get_kind_display(),
            day=f"{found.succession.on:%d/%m/%Y}",
        )
        raise SuccessionInvalidError(what=said)


def _once(succession: Succession, befores: Sequence[Organisation]) -> None:
    """The same decision is not recorded twice for a body."""
    if not succession.decision:
        return
    same = Heir.objects.filter(
        succession__state=State.IN_FORCE,
        succession__kind=succession.kind,
        succession__decision__iexact=succession.decision,
        before__in=befores,
    ).exclude(succession=succession.pk)
    if (found := same.select_related("before", "succession").first()) is not None:
        day = f"{found.succession.on:%d/%m/%Y}"
        raise SuccessionTwiceError(decision=succession.decision, name=found.before.name, day=day)


def _late(succession: Succession) -> bool:
    return succession.decided_on is not None and rules.backdated(succession.decided_on, succession.on)


def _event(verb: str, succession: Succession, by: User, at: datetime, befores: Sequence[Organisation]) -> None:
    """One event of the succession; where the register changes, one of each body before, so that its page tells it."""
    data = {
        "succession": succession.pk,
        "kind": succession.kind,
        "on": succession.on.isoformat(),
        "decision": succession.decision,
        **({"decided_on": succession.decided_on.isoformat()} if _late(succession) and succession.decided_on else {}),
    }
    events.record(
        actor=by.actor,
        verb=f"organisations.succession.{verb}",
        subject=f"organisations.succession:{succession.pk}",
        at=at,
        office=befores[0].path,
        data=data,
    )
    for body in befores if verb in OF_EACH else ():
        subject = f"organisations.organisation:{body.pk}"
        events.record(actor=by.actor, subject=subject, at=at, office=body.path, data=data, **OF_EACH[verb])
