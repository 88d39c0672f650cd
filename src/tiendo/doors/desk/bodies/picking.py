"""One or several bodies chosen among many: a search beside boxes to tick, which works without scripts.

The page is sent back by the button `find`; what was ticked and typed stays. A short register is listed whole.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.forms.utils import ErrorDict
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _

from tiendo.doors.desk.fields import CHOOSE, InOrder
from tiendo.foundation.organisations.finding import find
from tiendo.foundation.organisations.models import Organisation
from tiendo.foundation.organisations.naming import order

SHOWN = 30
"""Bodies that a search offers at once."""
BOXES, OPTIONS = 15, 100
"""Bodies up to which all are listed without a search: as boxes, and in a drop-down list."""


class Listed:
    """A widget of a single choice whose field takes a list."""

    def value_from_datadict(self, data: Any, _files: Any, name: str) -> Any:
        return data.getlist(name) if isinstance(data, MultiValueDict) else data.get(name)


class OneOf(Listed, forms.RadioSelect):
    pass


class OneIn(Listed, forms.Select):
    pass


@dataclass(frozen=True, slots=True)
class Few:
    """Bodies that are so few that all are offered, as a Vietnamese list has them; None: they are too many."""

    bodies: list[Organisation] | None

    @classmethod
    def of(cls, bodies: QuerySet[Organisation], limit: int) -> Few:
        """One query."""
        found = list(bodies.select_related("parent").order_by()[: limit + 1])
        return cls(sorted(found, key=lambda one: order(one.name)) if len(found) <= limit else None)


class PickField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]
    """`single`: only one can be chosen; `nobody`: the word of the choice that means none of them."""

    iterator = InOrder
    searches = True
    """For templates/desk/field.html: it is shown with a search."""
    asked = ""
    """What was searched for."""
    more = 0
    """How many bodies match and are not offered."""
    many = False
    """Whether there are more bodies than are offered at once."""
    near = False
    """Whether those offered merely come near what was searched for."""
    found = 0
    """How many were found."""

    def __init__(self, label: Any, *, single: bool = False, nobody: Any = None, **rest: Any) -> None:
        self.single, self.nobody = single, nobody
        self.empty_label = None  # InOrder asks for it
        super().__init__(Organisation.objects.none(), label=label, widget=forms.CheckboxSelectMultiple, **rest)

    def clean(self, value: Any) -> Any:
        return super().clean([one for one in value or [] if one])

    def offer(
        self, bodies: QuerySet[Organisation], *, chosen: Sequence[Any], asked: str, known: Few | None = None
    ) -> None:
        """Any of `bodies` may be chosen. Of few all are offered (`known`: they were read already); of many those that
        `asked` finds, and the chosen.
        """
        few = known or Few.of(bodies, OPTIONS if self.single else BOXES)
        self.many = few.bodies is None
        self.queryset, self.asked = bodies, asked if self.many else ""
        if self.single:
            self.widget = OneOf() if self.many else OneIn(attrs={"class": "input"})
            self.widget.is_required = self.required
        offered = said(few.bodies) if few.bodies is not None else self._found(bodies, chosen)
        self.widget.choices = [*self._first(), *offered]

    def _first(self) -> list[tuple[str, Any]]:
        if self.nobody is not None:
            return [("", self.nobody)]
        return [("", CHOOSE)] if self.single and not self.many else []

    def _found(self, bodies: QuerySet[Organisation], chosen: Sequence[Any]) -> list[tuple[int, str]]:
        held = _brief(bodies.filter(pk__in={int(one) for one in map(str, chosen) if one.isdecimal()}))
        found = find(bodies.exclude(pk__in=[one.pk for one in held]), self.asked, SHOWN)
        self.found, self.more, self.near = found.total, found.total - len(found.ids), found.near
        named = {one.pk: one for one in _brief(bodies.filter(pk__in=found.ids))}
        offered = [*sorted(held, key=lambda one: order(one.name)), *(named[pk] for pk in found.ids if pk in named)]
        return said(offered)


class BodyField(PickField):
    """One body; None where none is chosen. `empty_label`: the word of the choice that means none."""

    def __init__(self, label: Any, *, empty_label: Any = None, **more: Any) -> None:
        more.setdefault("error_messages", {"required": _("Hãy chọn cơ quan.")})
        super().__init__(label, single=True, nobody=empty_label, **more)

    def clean(self, value: Any) -> Any:
        return super().clean(value if isinstance(value, list) else [value]).first()


class Picking(forms.Form):
    """A form with fields of bodies. Sent back by a button `find` it is shown again as it was typed, and not judged."""

    @property
    def looking(self) -> bool:
        """Whether a body is looked for, and nothing else is asked."""
        return self.is_bound and "find" in self.data

    def full_clean(self) -> None:
        if self.looking:
            self._errors = ErrorDict(renderer=self.renderer)
            self.cleaned_data: dict[str, Any] = {}
        else:
            super().full_clean()

    def is_valid(self) -> bool:
        return not self.looking and super().is_valid()

    def offer(self, bodies: QuerySet[Organisation], *names: str) -> None:
        """Any of these bodies may be chosen in the fields of these names, as far as the form has them."""
        known: dict[bool, Few] = {}
        for name in names:
            field: Any = self.fields.get(name)
            if field is None:
                continue
            if field.single not in known:
                known[field.single] = Few.of(bodies, OPTIONS if field.single else BOXES)
            if self.is_bound:
                chosen = field.widget.value_from_datadict(self.data, self.files, name)
            else:
                chosen = self.get_initial_for_field(field, name)
            held = chosen if isinstance(chosen, list | tuple) else [chosen]
            keys = [getattr(one, "pk", one) for one in held]
            asked = str(self.data.get(f"find-{name}", "")).strip() if self.is_bound else ""
            field.offer(bodies, chosen=keys, asked=asked, known=known[field.single])


def _brief(bodies: QuerySet[Organisation]) -> list[Organisation]:
    return list(bodies.select_related("parent").order_by())


def said(bodies: Sequence[Organisation]) -> list[tuple[int, str]]:
    """Choices; of bodies of one name each says below which one it stands."""
    held = Counter(body.name for body in bodies)
    return [(body.pk, body.name if held[body.name] == 1 else _apart(body)) for body in bodies]


def _apart(body: Organisation) -> str:
    return f"{body.name} ({body.parent.name}, {body.code})" if body.parent else f"{body.name} ({body.code})"


def typed(data: Any, fields: Mapping[str, forms.Field]) -> dict[str, Any]:
    """What stands in a form that is not judged yet, to be shown again."""
    return {
        name: data.getlist(name) if isinstance(field, PickField | forms.MultipleChoiceField) else data.get(name, "")
        for name, field in fields.items()
    }


def pick(form: forms.Form, name: str, bodies: QuerySet[Organisation], data: Any) -> None:
    """Offer bodies in a field of a form; `data`: what was sent, judged or not."""
    field: Any = form.fields.get(name)
    if field is None:
        return
    chosen = data.getlist(name) if data else form.initial.get(name) or []
    field.offer(bodies, chosen=chosen, asked=data.get(f"find-{name}", "").strip() if data else "")
