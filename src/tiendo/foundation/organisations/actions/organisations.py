"""Bodies: adding them and the names they are known by."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, datetime

from django.db import transaction

from tiendo.foundation.audit.actions import events
from tiendo.foundation.organisations.actions.parts.seating import seat_new
from tiendo.foundation.organisations.errors import BodyInvalidError, CodeTakenError, NameTakenError
from tiendo.foundation.organisations.models import Kind, Name, Organisation
from tiendo.foundation.organisations.naming import key, told_apart
from tiendo.foundation.organisations.rules.bodies import problems, tidy


def _named(name: str, parent: Organisation, follows: Collection[int]) -> Organisation | None:
    """The living body below `parent` that has this name already: one that ended leaves it to whoever comes after."""
    wanted = key(name)
    living = parent.children.filter(ends=None).exclude(pk__in=follows)
    same = (body for body in living if key(body.name) == wanted)
    return next((body for body in same if not told_apart(body.name, name)), None)


@transaction.atomic
def add(
    *,
    code: str,
    name: str,
    kind: str,
    by: str,
    at: datetime,
    parent: Organisation | None = None,
    short_name: str = "",
    abbreviations: Iterable[str] = (),
    aliases: Iterable[str] = (),
    starts: date | None = None,
    national_code: str = "",
    national_code_old: str = "",
    follows: Collection[int] = (),
) -> Organisation:
    """Add a body below `parent` (None: the root). `follows`: bodies that are about to end, whose name it may take over.

    Raises BodyInvalidError, CodeTakenError, NameTakenError.
    """
    name, short_name = tidy(name), tidy(short_name)
    others = _other_names(abbreviations, aliases)
    words = [text for text, _source in others]
    wrong = problems(
        code=code, name=name, kind=kind, kinds=Kind.values, root=parent is None, short_name=short_name, others=words
    )
    if what := " ".join(wrong):
        raise BodyInvalidError(what=what)
    _free(code, name, parent, follows)
    body = Organisation.objects.create(
        code=code,
        name=name,
        short_name=short_name,
        kind=kind,
        parent=parent,
        path="",
        starts=starts,
        national_code=national_code,
        national_code_old=national_code_old,
    )
    body.path = f"{parent.path if parent else '/'}{body.pk}/"
    body.save(update_fields=["path"])
    seat_new(body)
    for text, source in [(name, "own"), (short_name, "abbreviation"), *others]:
        if text:
            _name(body, text, source)
    _added(body, by, at)
    return body


def _added(body: Organisation, by: str, at: datetime) -> None:
    events.record(
        actor=by,
        verb="organisations.organisation.added",
        subject=f"organisations.organisation:{body.pk}",
        at=at,
        office=body.path,
        data={"code": body.code, "name": body.name},
    )


def _other_names(abbreviations: Iterable[str], aliases: Iterable[str]) -> list[tuple[str, str]]:
    """[(text, source)], tidied, without empty ones."""
    both = [*((text, "abbreviation") for text in abbreviations), *((text, "alias") for text in aliases)]
    return [(tidy(text), source) for text, source in both if tidy(text)]


def _free(code: str, name: str, parent: Organisation | None, follows: Collection[int]) -> None:
    """Raises CodeTakenError, NameTakenError."""
    if Organisation.objects.filter(code=code).exists():
        raise CodeTakenError(code_=code)
    if parent is not None and (same := _named(name, parent, follows)) is not None:
        raise NameTakenError(name=name, code_=same.code)


@transaction.atomic
def add_alias(
    *,
    organisation: Organisation,
    text: str,
    by: str,
    at: datetime,
    office: Organisation | None = None,
    told: bool = True,
) -> bool:
    """Remember that an office took this printed name for this body: it holds for that office (None: for everyone).

    `told`: the audit says the name; not where it stands in an internal document.
    Returns whether it is new: a name the body is known by anyway is not kept again.
    """
    if not key(text) or not _name(organisation, tidy(text), "alias", office):
        return False
    _alias_event("added", organisation, text if told else "", office, by, at)
    return True


@transaction.atomic
def remove_alias(
    *, organisation: Organisation, text: str, office: Organisation, by: str, at: datetime, told: bool = True
) -> bool:
    """Take back what an office remembered; names that everyone knows a body by stay. Returns whether there was one."""
    gone, _ = Name.objects.filter(organisation=organisation, key=key(text), office=office, source="alias").delete()
    if gone:
        _alias_event("removed", organisation, text if told else "", office, by, at)
    return bool(gone)


def _alias_event(
    verb: str, organisation: Organisation, text: str, office: Organisation | None, by: str, at: datetime
) -> None:
    events.record(
        actor=by,
        verb=f"organisations.alias.{verb}",
        subject=f"organisations.organisation:{organisation.pk}",
        at=at,
        office=office.path if office else organisation.path,
        data={"name": text} if text else {},
    )


def _name(body: Organisation, text: str, source: str, office: Organisation | None = None) -> bool:
    if office is not None and Name.objects.filter(organisation=body, key=key(text), office=None).exists():
        return False
    _, made = Name.objects.get_or_create(
        organisation=body, key=key(text), office=office, defaults={"text": text, "source": source}
    )
    return made
