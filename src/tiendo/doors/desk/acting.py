"""A page with several small forms, each of which is one act: which was sent, what came of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest

from tiendo.doors.desk import kept
from tiendo.foundation.accounts.errors import NotAllowedError
from tiendo.foundation.audit.errors import TiendoError

Do = Callable[[dict[str, Any]], str]
"""Does the act with what was typed, and says what was done."""


@dataclass(frozen=True)
class Way:
    """One act that is open to this person: its form, what it does, its words; `help`: a line more."""

    form: type[forms.Form]
    do: Do
    title: Any
    button: Any
    help: Any = ""
    initial: Mapping[str, Any] | None = None
    options: Mapping[str, Any] | None = None
    """For the form's making."""
    unfolded: bool = False
    danger: bool = False


class Nothing(forms.Form):
    """A button alone."""


@dataclass(frozen=True)
class Shown:
    """A way with its form as the page shows it; `wrong`: it was sent and refused."""

    name: str
    way: Way
    form: forms.Form

    @property
    def wrong(self) -> bool:
        return bool(self.form.errors)

    @property
    def open(self) -> bool:
        return self.way.unfolded or self.wrong


@dataclass(frozen=True)
class Outcome:
    """What came of a request. `stale`: an act was sent that is not open any more; what had been typed, to be copied."""

    done: bool
    ways: tuple[Shown, ...]
    stale: tuple[str, ...] | None = None

    @property
    def status(self) -> int:
        if self.stale is not None:
            return HTTPStatus.CONFLICT
        return HTTPStatus.UNPROCESSABLE_ENTITY if any(one.wrong for one in self.ways) else HTTPStatus.OK


def outcome(request: HttpRequest, ways: Mapping[str, Way]) -> Outcome:
    """Do the act that was posted (`act`); else all ways, with what was typed in the one that was sent.

    Raises NotAllowedError, also where this person may do nothing at all.
    """
    sent = request.POST.get("act", "") if request.method == "POST" else ""
    if request.method == "POST" and not ways:
        raise NotAllowedError
    shown = tuple(
        Shown(name, way, _form(name, way, request.POST if name == sent else None)) for name, way in ways.items()
    )
    if request.method == "POST" and sent not in ways:
        typed = kept.of(request)
        return Outcome(done=False, ways=shown, stale=tuple(typed.words if typed else ()))
    for one in shown:
        if one.name == sent and one.form.is_valid():
            try:
                messages.success(request, one.way.do(one.form.cleaned_data))
            except NotAllowedError:
                raise
            except TiendoError as error:
                one.form.add_error(None, error.message)
            else:
                return Outcome(done=True, ways=shown)
    return Outcome(done=False, ways=shown)


def _form(name: str, way: Way, data: Any) -> forms.Form:
    return way.form(data, initial=dict(way.initial or {}), auto_id=f"{name}-%s", **(way.options or {}))
