"""Several posts go to another body in one click: all of one person, or those of one body."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from tiendo.doors.desk.access import page
from tiendo.doors.desk.accounts.people import find, own_bodies
from tiendo.doors.desk.bodies.picking import BodyField, Picking
from tiendo.doors.desk.documents.forms import date_field
from tiendo.foundation.accounts.permissions import Permission, role_names
from tiendo.foundation.audit.errors import TiendoError
from tiendo.foundation.organisations.actions import posts
from tiendo.foundation.organisations.models import Organisation, Post


class MoveForm(Picking):
    """Which posts, to where, from when."""

    posts = forms.ModelMultipleChoiceField(
        Post.objects.none(),
        label=_("Chức vụ chuyển đi"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Hãy chọn ít nhất một chức vụ.")},
    )
    to = BodyField(_("Chuyển đến cơ quan"))
    on = date_field(_("Từ ngày"), required=True)

    def __init__(self, *args: Any, held: QuerySet[Post], bodies: QuerySet[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen: Any = self.fields["posts"]
        chosen.queryset = held
        chosen.label_from_instance = _told
        self.offer(bodies, "to")

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if data.get("to") and any(post.organisation_id == data["to"].pk for post in data.get("posts") or ()):
            self.add_error("to", _("Có chức vụ đang ở chính cơ quan này. Hãy chọn cơ quan khác."))
        return data


@page(Permission.MANAGE_ACCOUNTS)
def move_of_person(request: HttpRequest, pk: int) -> HttpResponse:
    """The posts of a person stand ticked; those that stay are unticked."""
    user = find(request, pk)
    return _move(request, _living(request).filter(user=user), user, reverse("desk:account", args=[pk]))


@page(Permission.MANAGE_ACCOUNTS)
def move_of_body(request: HttpRequest, pk: int) -> HttpResponse:
    """The posts in a body stand ticked; those that stay are unticked."""
    body = own_bodies(request, ended=True).filter(pk=pk).first()
    if body is None:
        raise Http404
    return _move(request, _living(request).filter(organisation=body), body, reverse("desk:body", args=[pk]))


def _move(request: HttpRequest, held: QuerySet[Post], of: object, back: str) -> HttpResponse:
    today = request.today  # type: ignore[attr-defined]
    first = {"on": f"{today:%d/%m/%Y}", "posts": [post.pk for post in held]}
    form = MoveForm(request.POST or None, held=held, bodies=own_bodies(request), initial=first)
    if request.method == "POST" and form.is_valid():
        data, now = form.cleaned_data, request.now  # type: ignore[attr-defined]
        try:
            begun = posts.move(posts=list(data["posts"]), to=data["to"], on=data["on"], by=request.user.actor, at=now)  # type: ignore[union-attr]
        except TiendoError as error:
            form.add_error(None, error.message)
        else:
            said = ngettext("Đã chuyển %(n)s chức vụ.", "Đã chuyển %(n)s chức vụ.", len(begun))
            messages.success(request, said % {"n": len(begun)})
            return redirect(back)
    context = {"form": form, "of": of, "back": back, "any": bool(held)}
    return render(request, "desk/accounts/move.html", context, status=422 if form.errors else 200)


def _living(request: HttpRequest) -> QuerySet[Post]:
    """Posts that are not over, in the bodies that the administrator looks after."""
    today = request.today  # type: ignore[attr-defined]
    bodies = own_bodies(request, ended=True)
    rows = Post.objects.filter(Q(ends__isnull=True) | Q(ends__gte=today), organisation__in=bodies, user__is_active=True)
    return rows.select_related("user", "organisation", "scope")


def _told(post: Post) -> str:
    title = f" ({post.title})" if post.title else ""
    return gettext("%(person)s: %(role)s%(title)s, %(body)s") % {
        "person": post.user.full_name,
        "role": role_names().get(post.role, post.role),
        "title": title,
        "body": post.organisation.label,
    }
