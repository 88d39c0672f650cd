"""A person says who stands in while they are away: somebody of the same body, until a day."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext

from tiendo.doors.desk.access import page
from tiendo.doors.desk.fields import DeputyForm
from tiendo.foundation.accounts.models import User
from tiendo.foundation.accounts.permissions import Permission, role_names, roles
from tiendo.foundation.audit.errors import TiendoError
from tiendo.foundation.organisations.actions import absences
from tiendo.foundation.organisations.models import Absence, Post
from tiendo.foundation.organisations.naming import person_order
from tiendo.foundation.organisations.queries import administering, posts_of


@page("signed_in")
def index(request: HttpRequest) -> HttpResponse:
    """One's own posts, who stands in, and a form for each."""
    held = list(posts_of(request.user, request.today))  # type: ignore[arg-type, attr-defined]
    if "back" in request.POST:
        return _end(request)
    refused: DeputyForm | None = None
    asked = request.POST.get("post", "")
    if request.method == "POST":
        post = next((one for one in held if str(one.pk) == asked), None)
        if post is None:
            raise Http404
        form = _form(request, post, request.POST)
        if form.is_valid() and _named(request, post, form):
            return redirect("desk:own-deputies")
        refused = form
    mine = Absence.objects.filter(post__in=held, ends__gte=request.today).select_related("deputy")  # type: ignore[attr-defined]
    rows = [
        {
            "post": post,
            "role": role_names().get(post.role, post.role),
            "away": [one for one in mine if one.post_id == post.pk],
            "form": refused if refused is not None and asked == str(post.pk) else _form(request, post),
        }
        for post in held
    ]
    context = {"rows": rows, "form": refused}
    return render(request, "desk/security/deputies.html", context, status=422 if refused is not None else 200)


def _end(request: HttpRequest) -> HttpResponse:
    """Back earlier, or not going."""
    asked = request.POST["back"]
    mine = Absence.objects.filter(post__user=request.user)  # type: ignore[misc]
    found = mine.filter(pk=asked).first() if asked.isdecimal() else None
    if found is None:
        raise Http404
    try:
        absences.end(absence=found, by=request.user.actor, at=request.now)  # type: ignore[attr-defined, union-attr]
    except TiendoError as error:
        messages.error(request, error.message)
    else:
        messages.success(request, gettext("Từ hôm nay không còn ai thay ở chức vụ này."))
    return redirect("desk:own-deputies")


def _form(request: HttpRequest, post: Post, data: Any = None) -> DeputyForm:
    today: date = request.today  # type: ignore[attr-defined]
    first = {"starts": f"{today:%d/%m/%Y}"}
    return DeputyForm(data, among=_mates(request, post), initial=first, auto_id=f"deputy{post.pk}_%s")


def _mates(request: HttpRequest, post: Post) -> list[User]:
    """Who has a post in the same body today; nobody who administers, where the post sees the work."""
    today = request.today  # type: ignore[attr-defined]
    held = Post.objects.filter(organisation=post.organisation, starts__lte=today).exclude(ends__lt=today)
    users = User.objects.filter(pk__in=held.values("user"), is_active=True).exclude(pk=request.user.pk or 0)
    if Permission.SEE_WORK in roles().get(post.role, ()):
        users = users.exclude(pk__in=administering(today).values("user"))
    return sorted(users, key=lambda one: person_order(one.full_name))


def _named(request: HttpRequest, post: Post, form: DeputyForm) -> bool:
    data = form.cleaned_data
    try:
        absences.name_own_deputy(post=post, **data, by=request.user, at=request.now)  # type: ignore[attr-defined, arg-type]
    except TiendoError as error:
        form.add_error(None, error.message)
        return False
    messages.success(request, gettext("Đã ghi. %(name)s thay trong những ngày đó.") % {"name": data["deputy"]})
    return True
