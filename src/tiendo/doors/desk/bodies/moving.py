"""A body is moved in a tree: looked at first, with all that moves along, then moved."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tiendo.doors.desk.access import page
from tiendo.doors.desk.bodies.kept import mine
from tiendo.doors.desk.bodies.picking import PickField, pick, typed
from tiendo.doors.desk.documents.forms import date_field, text_input
from tiendo.foundation.accounts.errors import NotAllowedError
from tiendo.foundation.accounts.permissions import Permission
from tiendo.foundation.audit.errors import TiendoError
from tiendo.foundation.organisations.actions import moving
from tiendo.foundation.organisations.ancestry import below
from tiendo.foundation.organisations.models import Kind, Organisation, Seat, Tree
from tiendo.foundation.organisations.naming import order
from tiendo.foundation.organisations.rules.trees import TREES

SHOWN = 50
"""Bodies moved along that the page names."""


class MoveForm(forms.Form):
    """Below which body, from when, by which decision."""

    above = PickField(_("Đứng dưới cơ quan"), single=True, error_messages={"required": _("Hãy chọn cơ quan.")})
    on = date_field(_("Từ ngày"), required=True)
    decision = forms.CharField(
        label=_("Số, ký hiệu quyết định"),
        max_length=80,
        widget=text_input(),
        error_messages={"required": _("Hãy ghi số, ký hiệu như in trên quyết định.")},
    )
    register_too = forms.BooleanField(
        label=_("Đổi cả cấp trên trực tiếp trong danh bạ"),
        required=False,
        help_text=_("Quyền xem và quản lý đi theo cấp trên trong danh bạ, từ hôm nay."),
    )

    def __init__(self, *args: Any, body: Organisation, tree: str, request: HttpRequest, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        seats = Seat.objects.on(None).filter(tree=tree)
        found = mine(request).filter(ends=None, planned=False, pk__in=seats.values("organisation"))
        found = found.exclude(pk__in=below(body, tree)).exclude(path__startswith=body.path)
        pick(self, "above", found, request.POST)


@page(Permission.MANAGE_BODIES)
def move(request: HttpRequest, pk: int) -> HttpResponse:
    """`look` shows what would move; only what was looked at is moved."""
    body = get_object_or_404(Organisation.objects.select_related("parent"), pk=pk)
    if not mine(request).filter(pk=pk).exists():
        raise NotAllowedError
    if body.kind == Kind.ROOT or body.ends or body.planned:
        raise Http404
    tree = request.GET.get("tree", TREES[body.kind])
    if tree not in Tree.values:
        raise Http404
    seat = body.seats.on(None).filter(tree=tree).select_related("above").first()
    form, seen = _form(request, body, tree, seat), ""
    if form.is_bound and form.is_valid():
        seen = _seen(form)
        look = "look" in request.POST or request.POST.get("seen") != seen
        moved = _move(request, form, body, tree, only_look=look)
        if moved is not None and not look:
            said = gettext("Đã chuyển %(name)s, tất cả %(count)s cơ quan.") % {"name": body, "count": moved}
            messages.success(request, said)
            return redirect("desk:body", pk)
        seen = seen if moved is not None else ""
    subtree = sorted(below(body, tree).exclude(pk=pk), key=lambda one: order(one.name))
    context = {
        "form": form,
        "body": body,
        "seat": seat,
        "seen": seen,
        "tree": Tree(tree).label,
        "trees": [{"value": value, "word": word, "current": value == tree} for value, word in Tree.choices],
        "subtree": subtree[:SHOWN],
        "more": max(len(subtree) - SHOWN, 0),
        "count": len(subtree) + 1,
        "above": next(iter(form.cleaned_data["above"])) if seen else None,
    }
    return render(request, "desk/bodies/move.html", context, status=422 if form.errors else 200)


def _form(request: HttpRequest, body: Organisation, tree: str, seat: Seat | None) -> MoveForm:
    told: dict[str, Any] = {"body": body, "tree": tree, "request": request}
    if request.method == "POST" and "find" not in request.POST:
        return MoveForm(request.POST, **told)
    if request.method == "POST":
        return MoveForm(initial=typed(request.POST, MoveForm.base_fields), **told)
    same = seat is not None and seat.above_id == body.parent_id
    return MoveForm(initial={"on": request.today, "register_too": same}, **told)  # type: ignore[attr-defined]


def _seen(form: MoveForm) -> str:
    """What was looked at: where to, from when, by which decision."""
    data = form.cleaned_data
    above = next(iter(data["above"]))
    return f"{above.pk}|{data['on']:%Y-%m-%d}|{data['decision']}|{data['register_too']}"


def _move(request: HttpRequest, form: MoveForm, body: Organisation, tree: str, *, only_look: bool) -> int | None:
    """The same act shows what it would do and does it; how many bodies, None: it cannot be done."""
    data = form.cleaned_data
    try:
        with transaction.atomic():
            moved = moving.move(
                organisation=body,
                tree=tree,
                above=next(iter(data["above"])),
                on=data["on"],
                decision=data["decision"],
                register_too=data["register_too"],
                by=request.user,  # type: ignore[arg-type]
                at=request.now,  # type: ignore[attr-defined]
            )
            transaction.set_rollback(only_look)
    except NotAllowedError:
        raise
    except TiendoError as error:
        form.add_error(None, error.message)
        return None
    return moved
