"""One or several bodies chosen among many: a search beside boxes to tick, which works without scripts.

The page is sent back by the button `find`; what was ticked and typed stays.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils.datastructures import MultiValueDict

from tiendo.doors.desk.fields import InOrder
from tiendo.foundation.organisations.models import Organisation
from tiendo.foundation.organisations.naming import key, order

SHOWN = 30
"""Bodies offered at once; more are found by their names."""
WORDS = 8


class OneOf(forms.RadioSelect):
    """One box for a field that takes a list."""

    def value_from_datadict(self, data: Any, _files: Any, name: str) -> Any:
        return data.getlist(name) if isinstance(data, MultiValueDict) else data.get(name)


class PickField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]
    """`single`: of the boxes only one can be ticked; `nobody`: the word of the box that means none of them."""

    iterator = InOrder
    asked = ""
    """What was searched for."""
    more = 0
    """How many bodies match and are not offered."""
    many = False
    """Whether there are more bodies than are offered at once."""

    def __init__(self, label: Any, *, single: bool = False, nobody: Any = None, **rest: Any) -> None:
        self.nobody = nobody
        self.empty_label = None  # InOrder asks for it
        widget = OneOf if single else forms.CheckboxSelectMultiple
        super().__init__(Organisation.objects.none(), label=label, widget=widget, **rest)

    def clean(self, value: Any) -> Any:
        return super().clean([one for one in value or [] if one])

    def offer(self, bodies: QuerySet[Organisation], *, chosen: Sequence[Any], asked: str) -> None:
        """Any of `bodies` may be chosen; those that match `asked` are offered, and those that are chosen already."""
        self.queryset, self.asked = bodies, asked
        ticked = {int(one) for one in map(str, chosen) if one.isdecimal()}
        held = sorted(bodies.filter(pk__in=ticked), key=lambda one: order(one.name))
        found = sorted(_found(bodies, asked).exclude(pk__in=ticked), key=lambda one: order(one.name))
        offered = [*held, *found[: max(SHOWN - len(held), 0)]]
        self.many = bool(asked) or len(held) + len(found) > SHOWN
        self.more = len(held) + len(found) - len(offered)
        nobody = [("", self.nobody)] if self.nobody is not None else []
        self.widget.choices = [*nobody, *((body.pk, body.name) for body in offered)]


def _found(bodies: QuerySet[Organisation], asked: str) -> QuerySet[Organisation]:
    """By any name that everyone knows them by, or their code, with or without diacritics."""
    words = key(asked).split()[:WORDS]
    if not words:
        return bodies
    named = Q(names__office=None)
    for word in words:
        named &= Q(names__key__contains=word)
    return bodies.filter(pk__in=bodies.filter(named | Q(code__iexact=asked.strip())).values("pk"))


def typed(data: Any, fields: Mapping[str, forms.Field]) -> dict[str, Any]:
    """What stands in a form that is not judged yet, to be shown again."""
    return {
        name: data.getlist(name) if isinstance(field, PickField) else data.get(name, "")
        for name, field in fields.items()
    }


def pick(form: forms.Form, name: str, bodies: QuerySet[Organisation], data: Any) -> None:
    """Offer bodies in a field of a form; `data`: what was sent, judged or not."""
    field: Any = form.fields.get(name)
    if field is None:
        return
    chosen = data.getlist(name) if data else form.initial.get(name) or []
    field.offer(bodies, chosen=chosen, asked=data.get(f"find-{name}", "").strip() if data else "")
