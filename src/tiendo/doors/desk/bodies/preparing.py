"""A succession is prepared: first its kind is chosen, then what that kind needs is asked."""

from __future__ import annotations

from typing import Any, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext

from tiendo.doors.desk.access import page
from tiendo.doors.desk.bodies.forms import MEANING, SuccessionForm
from tiendo.doors.desk.bodies.kept import mine
from tiendo.doors.desk.bodies.picking import typed
from tiendo.foundation.accounts.errors import NotAllowedError
from tiendo.foundation.accounts.permissions import Permission
from tiendo.foundation.audit.errors import TiendoError
from tiendo.foundation.organisations.actions import succession as successions
from tiendo.foundation.organisations.errors import SuccessionInvalidError
from tiendo.foundation.organisations.models import Organisation, Succession

TOLD = ("kind", "on", "decision", "decided_on", "backdated", "note")


@page(Permission.MANAGE_BODIES)
def add(request: HttpRequest) -> HttpResponse:
    """A rejected form, and one that only looks for bodies, keep what was typed."""
    kind = request.POST.get("kind") or request.GET.get("kind", "")
    if kind not in Succession.Kind.values:
        return render(request, "desk/bodies/succession_kinds.html", {"kinds": _kinds(request)})
    if request.method == "POST" and "find" not in request.POST:
        form = SuccessionForm(request.POST, kind=kind, mine=mine(request))
        if form.is_valid() and (made := _drafted(request, form)) is not None:
            messages.success(request, gettext("Đã lưu bản chuẩn bị. Chưa có gì thay đổi cho đến khi bấm Thực hiện."))
            return redirect("desk:succession", made.pk)
    else:
        sent = request.POST or None
        form = SuccessionForm(kind=kind, mine=mine(request), sent=sent, initial=_first(request, kind))
    context = {
        "form": form,
        "kind": kind,
        "word": Succession.Kind(kind).label,
        "meaning": MEANING[kind],
        "kinds_url": _address(request),
        "gone": _gone(request),
    }
    return render(request, "desk/bodies/succession_add.html", context, status=422 if form.errors else 200)


def _first(request: HttpRequest, kind: str) -> dict[str, Any]:
    if request.method == "POST":
        return typed(request.POST, SuccessionForm.base_fields)
    return {"kind": kind, "befores": request.GET.getlist("before"), "on": request.today}  # type: ignore[attr-defined]


def _gone(request: HttpRequest) -> list[Organisation]:
    """Bodies that were chosen on the way here and have ended: they are not offered, and that is said."""
    asked = [pk for pk in request.GET.getlist("before") if pk.isdecimal()]
    return list(mine(request).filter(pk__in=asked, ends__isnull=False).order_by("name")) if asked else []


def _drafted(request: HttpRequest, form: SuccessionForm) -> Succession | None:
    data = form.cleaned_data
    try:
        return successions.draft(
            befores=list(data["befores"]),
            afters=list(data.get("afters") or ()),
            news=form.new_bodies(),
            new_name=data.get("new_name", ""),
            new_short_name=data.get("new_short_name", ""),
            **{name: data[name] for name in TOLD},
            by=request.user,  # type: ignore[arg-type]
            at=request.now,  # type: ignore[attr-defined]
        )
    except NotAllowedError:
        raise
    except SuccessionInvalidError as error:
        for said in cast("list[str]", error.data.get("wrong", [error.data["what"]])):
            form.add_error(None, f"{said[:1].upper()}{said[1:]}")
        return None
    except TiendoError as error:
        form.add_error(None, error.message)
        return None


def _kinds(request: HttpRequest) -> list[dict[str, Any]]:
    """Each leads to its form, with the bodies that were chosen already."""
    return [
        {"word": label, "meaning": MEANING[value], "url": _address(request, kind=value)}
        for value, label in Succession.Kind.choices
    ]


def _address(request: HttpRequest, **more: str) -> str:
    asked = QueryDict(mutable=True)
    asked.setlist("before", request.GET.getlist("before") or request.POST.getlist("befores"))
    asked.update(more)
    return f"?{asked.urlencode()}"
