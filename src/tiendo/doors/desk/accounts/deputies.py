"""Who stands in for whom: named on the page of the person who is away."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext

from tiendo.doors.desk.access import page, posted
from tiendo.doors.desk.accounts.people import candidates, find, own_bodies
from tiendo.doors.desk.accounts.person import show
from tiendo.doors.desk.fields import DeputyForm
from tiendo.foundation.accounts.permissions import Permission
from tiendo.foundation.audit.errors import TiendoError
from tiendo.foundation.organisations.actions import absences
from tiendo.foundation.organisations.models import Absence, Post


@page(Permission.MANAGE_ACCOUNTS)
@posted("desk:account")
def name(request: HttpRequest, pk: int, post: int) -> HttpResponse:
    """A deputy for one of this person's posts."""
    user = find(request, pk)
    rows = Post.objects.filter(pk=post, user=user, organisation__in=own_bodies(request, ended=True))
    found = rows.select_related("organisation").first()
    if found is None:
        raise Http404
    among = candidates(request, [found])[found.pk]
    form = DeputyForm(request.POST, among=among, auto_id=f"deputy{post}_%s")
    if form.is_valid():
        data = form.cleaned_data
        try:
            absences.name_deputy(post=found, **data, by=request.user.actor, at=request.now)  # type: ignore[attr-defined,union-attr]
        except TiendoError as error:
            form.add_error(None, error.message)
        else:
            messages.success(request, gettext("Đã ghi. %(name)s thay trong những ngày đó.") % {"name": data["deputy"]})
            return redirect("desk:account", pk)
    return show(request, user, status=422, deputy_form=(post, form))


@page(Permission.MANAGE_ACCOUNTS)
@posted("desk:account")
def withdraw(request: HttpRequest, pk: int, absence: int) -> HttpResponse:
    """The holder is back earlier, or does not go."""
    rows = Absence.objects.filter(pk=absence, post__user=find(request, pk))
    found = rows.filter(post__organisation__in=own_bodies(request, ended=True)).first()
    if found is None:
        raise Http404
    try:
        absences.end(absence=found, by=request.user.actor, at=request.now)  # type: ignore[attr-defined,union-attr]
    except TiendoError as error:
        messages.error(request, error.message)
    else:
        messages.success(request, gettext("Từ hôm nay không còn ai thay ở chức vụ này."))
    return redirect("desk:account", pk)
