"""Bodies: adding them and the names they are known by."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction

from tiendo.foundation.audit.actions import events
from tiendo.foundation.organisations.errors import BodyInvalidError, CodeTakenError, NameTakenError
from tiendo.foundation.organisations.models import Kind, Name, Organisation
from tiendo.foundation.organisations.naming import key
from tiendo.foundation.organisations.rules import problems, tidy


def _named(name: str, parent: Organisation) -> Organisation | None:
    """The body below `parent` that has this name already."""
    wanted = key(name)
    return next((body for body in parent.children.all() if key(body.name) == wanted), None)


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
) -> Organisation:
    """Add a body below `parent` (None: the root). Raises BodyInvalidError, CodeTakenError, NameTakenError."""
    name, short_name = tidy(name), tidy(short_name)
    abbreviations, aliases = list(filter(None, map(tidy, abbreviations))), list(filter(None, map(tidy, aliases)))
    wrong = problems(
        code=code,
        name=name,
        kind=kind,
        kinds=Kind.values,
        root=parent is None,
        short_name=short_name,
        others=[*abbreviations, *aliases],
    )
    if what := " ".join(wrong):
        raise BodyInvalidError(what=what)
    if Organisation.objects.filter(code=code).exists():
        raise CodeTakenError(code_=code)
    if parent is not None and (same := _named(name, parent)) is not None:
        raise NameTakenError(name=name, code_=same.code)
    body = Organisation.objects.create(
        code=code, name=name, short_name=short_name, kind=kind, parent=parent, path="", starts=starts
    )
    body.path = f"{parent.path if parent else '/'}{body.pk}/"
    body.save(update_fields=["path"])
    own = [(name, "own"), *([(short_name, "abbreviation")] if short_name else [])]
    for text, source in [*own, *((t, "abbreviation") for t in abbreviations), *((t, "alias") for t in aliases)]:
        _name(body, text, source)
    events.record(
        actor=by,
        verb="organisations.organisation.added",
        subject=f"organisations.organisation:{body.pk}",
        at=at,
        office=body.path,
        data={"code": code, "name": name},
    )
    return body


@transaction.atomic
def add_alias(
    *, organisation: Organisation, text: str, by: str, at: datetime, office: Organisation | None = None
) -> bool:
    """Remember that an office took this printed name for this body: it holds for that office (None: for everyone).

    Returns whether it is new: a name the body is known by anyway is not kept again.
    """
    if not _name(organisation, text, "alias", office):
        return False
    _alias_event("added", organisation, text, office, by, at)
    return True


@transaction.atomic
def remove_alias(*, organisation: Organisation, text: str, office: Organisation, by: str, at: datetime) -> bool:
    """Take back what an office remembered; names that everyone knows a body by stay. Returns whether there was one."""
    gone, _ = Name.objects.filter(organisation=organisation, key=key(text), office=office, source="alias").delete()
    if gone:
        _alias_event("removed", organisation, text, office, by, at)
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
        data={"name": text},
    )


def _name(body: Organisation, text: str, source: str, office: Organisation | None = None) -> bool:
    if office is not None and Name.objects.filter(organisation=body, key=key(text), office=None).exists():
        return False
    _, made = Name.objects.get_or_create(
        organisation=body, key=key(text), office=office, defaults={"text": text, "source": source}
    )
    return made
