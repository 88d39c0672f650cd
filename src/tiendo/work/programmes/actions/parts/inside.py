"""What every act asks that gives bodies a part in a programme: do they lie outside it, where it is internal?"""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext

from tiendo.foundation.organisations.models import Organisation
from tiendo.work.directives.models import Document
from tiendo.work.programmes.errors import OutsideError
from tiendo.work.programmes.models import Programme
from tiendo.work.programmes.queries.internal import outside

NAMED = 5
"""So many bodies an error names."""


def hold(pk: int) -> Document:
    """The document as it stands, held: nobody marks it while bodies are given a part, nor the other way round."""
    return Document.objects.select_for_update(of=("self",)).select_related("office").get(pk=pk)


def require_inside(programme: Programme, bodies: Iterable[Organisation | None]) -> None:
    """Hold the programme's document. Raises OutsideError."""
    programme.document = hold(programme.document_id)
    if strangers := outside(programme, [body for body in bodies if body is not None]):
        raise OutsideError(bodies=named(strangers), office=programme.office.name)


def named(bodies: list[Organisation]) -> str:
    """The first by their names, and how many others."""
    names = [body.name for body in bodies[:NAMED]]
    if others := len(bodies) - len(names):
        names.append(gettext("%(n)s cơ quan khác") % {"n": others})
    return "; ".join(names)
