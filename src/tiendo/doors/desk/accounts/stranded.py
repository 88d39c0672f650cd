"""People whose posts ended with their body: each gets the same post where the body's work went, all in one click."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from tiendo.doors.desk.access import page
from tiendo.doors.desk.accounts.people import own_bodies
from tiendo.doors.desk.documents.forms import date_field
from tiendo.doors.desk.tables import Column, table
from tiendo.foundation.accounts.permissions import Permission, role_names
from tiendo.foundation.audit.errors import TiendoError
from tiendo.foundation.organisations.actions import posts
from tiendo.foundation.organisations.ancestry import heirs_of
from tiendo.foundation.organisations.models import Organisation, Post
from tiendo.foundation.organisations.naming import order, person_order
from tiendo.foundation.organisations.queries import stranded


class FromForm(forms.Form):
    """From which day the posts are held there."""

    on = date_field(_("Giữ chức vụ ở nơi mới từ ngày"), required=True)


def mine(request: HttpRequest) -> QuerySet[Post]:
    """Of bodies that the administrator looks after; not the administrator's own: nobody gives themselves a post."""
    rows = stranded(None, request.today).filter(organisation__in=own_bodies(request, ended=True))  # type: ignore[attr-defined]
    return rows.exclude(user=request.user)  # type: ignore[misc]


@page(Permission.MANAGE_ACCOUNTS)
def index(request: HttpRequest) -> HttpResponse:
    """Where a body has one heir, that is chosen already; whoever is to wait is left out."""
    form = FromForm(request.POST or None, initial={"on": f"{request.today:%d/%m/%Y}"})  # type: ignore[attr-defined]
    if request.method == "POST" and form.is_valid() and _resumed(request, form):
        return redirect("desk:stranded")
    listed = table(
        request,
        mine(request),
        [
            Column(gettext("Họ và tên"), "name", key=lambda post: person_order(post.user.full_name)),
            Column(gettext("Vai trò")),
            Column(gettext("Cơ quan đã kết thúc"), "body", key=lambda post: order(post.organisation.name)),
            Column(gettext("Chuyển đến")),
        ],
        caption=gettext("Người có chức vụ ở cơ quan đã kết thúc"),
        default="body",
        empty={"title": gettext("Không còn ai có chức vụ chỉ ở cơ quan đã kết thúc.")},
    )
    listed["rows"] = _rows(request, listed["rows"])
    status = 422 if form.errors else 200
    return render(request, "desk/accounts/stranded.html", {"table": listed, "form": form}, status=status)


def _rows(request: HttpRequest, rows: list[Post]) -> list[dict[str, Any]]:
    """Each with the bodies to choose from: living heirs that are the administrator's to fill; where there is none, all
    bodies.
    """
    heirs = heirs_of({post.organisation_id for post in rows})
    living = own_bodies(request).filter(planned=False).exclude(kind="root")
    known = living.in_bulk({heir for found in heirs.values() for heir in found})
    everyone = sorted(living, key=lambda body: order(body.name)) if any(not found for found in heirs.values()) else []
    told = []
    for post in rows:
        own = [known[heir] for heir in heirs[post.organisation_id] if heir in known]
        first = str(own[0].pk) if len(own) == 1 else ""
        chosen = request.POST.get(f"to-{post.pk}", first)
        role = role_names().get(post.role, post.role)
        told.append({"post": post, "role": role, "choices": own or everyone, "chosen": chosen})
    return told


def _resumed(request: HttpRequest, form: FromForm) -> bool:
    """One act for all posts that go to the same body; all or nothing."""
    chosen = {post: request.POST.get(f"to-{post.pk}", "") for post in mine(request)}
    bodies = own_bodies(request).in_bulk([int(pk) for pk in chosen.values() if pk.isascii() and pk.isdecimal()])
    groups: dict[Organisation, list[Post]] = {}
    for post, pk in chosen.items():
        if pk.isascii() and pk.isdecimal() and int(pk) in bodies:
            groups.setdefault(bodies[int(pk)], []).append(post)
    if not groups:
        form.add_error(None, gettext("Hãy chọn nơi chuyển đến cho ít nhất một người."))
        return False
    who = {"by": request.user.actor, "at": request.now}  # type: ignore[attr-defined,union-attr]
    try:
        with transaction.atomic():
            begun = [
                post
                for body, some in groups.items()
                for post in posts.resume(posts=some, to=body, on=form.cleaned_data["on"], **who)
            ]
    except TiendoError as error:
        form.add_error(None, error.message)
        return False
    said = ngettext("Đã chuyển %(n)s chức vụ.", "Đã chuyển %(n)s chức vụ.", len(begun))
    messages.success(request, said % {"n": len(begun)})
    return True
