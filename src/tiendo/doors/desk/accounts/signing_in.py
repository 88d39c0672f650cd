"""The administrator helps people to sign in: lost devices, slips, sessions, the name at the province's sign-on."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext, ngettext

from tiendo.doors.desk.access import page, posted
from tiendo.doors.desk.accounts.people import find
from tiendo.doors.desk.session import gate
from tiendo.foundation.accounts import throttle
from tiendo.foundation.accounts.actions import factors, identities, sessions
from tiendo.foundation.accounts.errors import NotAllowedError
from tiendo.foundation.accounts.models import User
from tiendo.foundation.accounts.permissions import Permission
from tiendo.foundation.accounts.queries import count_sessions, factors_of, sso_tie
from tiendo.foundation.audit.errors import TiendoError


@page(Permission.MANAGE_ACCOUNTS)
@posted("desk:account")
def help_in(request: HttpRequest, pk: int) -> HttpResponse:
    """`act`: `tries`, `reset` (a second factor; not one's own, that is done on one's own page), `end`."""
    user = find(request, pk)
    by, at = request.user.actor, request.now  # type: ignore[attr-defined,union-attr]
    act = request.POST.get("act")
    if act == "tries":
        sessions.forget_tries(user=user, by=by, at=at)
        messages.success(request, gettext("%(name)s đăng nhập lại được ngay.") % {"name": user})
    elif act == "end":
        _ended(request, sessions.end_all(user=user, by=by, at=at))
    elif act == "reset":
        if user == request.user:
            raise NotAllowedError
        if not gate.fresh(request):
            return redirect(f"{reverse('desk:unlock')}?{urlencode({'next': reverse('desk:account', args=[pk])})}")
        factors.reset(user=user, by=by, at=at)
        messages.success(request, gettext("Đã gỡ. Người này đăng nhập bằng mật khẩu và thiết lập lại."))
    return redirect("desk:account", pk)


@page(Permission.MANAGE_ACCOUNTS)
@posted("desk:account")
def sso_name(request: HttpRequest, pk: int) -> HttpResponse:
    """What the province's sign-on calls this person; nothing: the tie ends."""
    if not settings.SSO.issuer:
        raise Http404
    user = find(request, pk)
    try:
        identities.set_name(
            user=user,
            name=request.POST.get("sso_name", ""),
            by=request.user.actor,  # type: ignore[union-attr]
            at=request.now,  # type: ignore[attr-defined]
        )
    except TiendoError as error:
        messages.error(request, error.message)
    else:
        messages.success(request, gettext("Đã lưu."))
    return redirect("desk:account", pk)


def ways_in(request: HttpRequest, user: User) -> dict[str, object]:
    """How a person signs in, for the account's page: how many factors and sessions, never which."""
    return {
        "factors": len(factors_of(user)),
        "sessions": count_sessions(user, request.now),  # type: ignore[attr-defined]
        "locked": throttle.locked_until(username=user.username, at=request.now),  # type: ignore[attr-defined]
        "sso": settings.SSO,
        "tie": sso_tie(user) if settings.SSO.issuer else None,
    }


def _ended(request: HttpRequest, count: int) -> None:
    said = ngettext("Đã kết thúc %(n)s phiên đăng nhập.", "Đã kết thúc %(n)s phiên đăng nhập.", count)
    messages.success(request, said % {"n": count})
