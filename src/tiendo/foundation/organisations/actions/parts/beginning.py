"""Bodies that begin with a succession."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import ProtectedError

from tiendo.foundation.organisations.actions import organisations
from tiendo.foundation.organisations.models import Organisation


@dataclass(frozen=True, slots=True)
class NewBody:
    """A body that does not exist yet. `code` empty: the next free one below its parent's."""

    name: str
    kind: str
    parent: Organisation
    code: str = ""
    share: str = ""
    """Of a split, which part it takes."""


def begin(new: NewBody, *, on: date, befores: Sequence[Organisation], by: str, at: datetime) -> Organisation:
    """It may bear the name of a body that ends. Until the succession is recorded it is merely planned."""
    body = organisations.add(
        code=new.code or free_code(new.parent),
        name=new.name,
        kind=new.kind,
        parent=new.parent,
        starts=on,
        follows=[body.pk for body in befores],
        by=by,
        at=at,
    )
    Organisation.objects.filter(pk=body.pk).update(planned=True)
    return body


def free_code(parent: Organisation) -> str:
    """The next number below the parent's code that nobody has (`TU.17`)."""
    taken = set(Organisation.objects.filter(code__startswith=f"{parent.code}.").values_list("code", flat=True))
    return next(code for n in range(1, len(taken) + 2) if (code := f"{parent.code}.{n}") not in taken)


def forget(bodies: Sequence[int]) -> None:
    """Bodies that were to begin with what is thrown away go, unless something refers to them already."""
    for body in Organisation.objects.filter(pk__in=bodies):
        try:
            with transaction.atomic():
                body.delete()
        except ProtectedError:  # people have posts there, or it was charged with work: it stays
            continue
