"""Coming in by an invitation, without a sign-in: who invites to what, and a password of one's own."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext

from tiendo.doors.desk.access import page
from tiendo.doors.desk.session import entry
from tiendo.doors.desk.session.addresses import address_of
from tiendo.doors.desk.session.forms import FirstPasswordForm
from tiendo.foundation.accounts import throttle
from tiendo.foundation.accounts.actions import invitations
from tiendo.foundation.accounts.errors import InvitationBusyError, InvitationClosedError
from tiendo.foundation.accounts.models import Invitation
from tiendo.foundation.accounts.permissions import role_names
from tiendo.foundation.accounts.queries import invitation_of_token, invitation_state
from tiendo.foundation.accounts.rules import Invited, network
from tiendo.foundation.audit.errors import TiendoError
from tiendo.foundation.organisations.models import Post

GONE, UNKNOWN = 410, 404


@page("public")
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """What is shown is nobody else's to keep: no cache, no index."""
    answer = _answer(request, token)
    answer.headers["Cache-Control"] = "no-store"
    answer.headers["X-Robots-Tag"] = "noindex, nofollow"
    return answer


def _answer(request: HttpRequest, token: str) -> HttpResponse:
    found = invitation_of_token(token)
    if found is None:
        return _unknown(request)
    state = invitation_state(found, request.now)  # type: ignore[attr-defined]
    if state is not Invited.LIVE:
        return _closed(request, found, state)
    form = FirstPasswordForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            return _accepted(request, found, form.cleaned_data["password"])
        except InvitationClosedError:
            return _closed(request, found, Invited.USED)
        except TiendoError as error:
            form.add_error(None, error.message)
    held = Post.objects.filter(user=found.user).exclude(ends__lt=request.today).select_related("organisation")  # type: ignore[attr-defined]
    context = {
        "invitation": found,
        "posts": [{"post": post, "role": role_names().get(post.role, post.role)} for post in held],
        "form": form,
    }
    return render(request, "desk/session/invitation.html", context, status=422 if form.errors else 200)


def _accepted(request: HttpRequest, found: Invitation, password: str) -> HttpResponse:
    """In at once, as after the password: over a second step, or to where one is set up, when the role asks for it."""
    user = invitations.accept(invitation=found, password=password, at=request.now)  # type: ignore[attr-defined]
    messages.success(
        request, gettext("Đã đặt mật khẩu. Lần sau hãy đăng nhập bằng tên %(name)s.") % {"name": user.username}
    )
    try:
        inside = entry.let_in(request, user, how="invitation", there=reverse("desk:home"))
    except TiendoError as error:
        messages.error(request, error.message)
        return redirect("desk:sign-in")
    return redirect("desk:home" if inside else "desk:second-step")


def _unknown(request: HttpRequest) -> HttpResponse:
    """Guesses are counted by where they come from."""
    who, most = network(address_of(request)), settings.SIGN_IN_TRIES_ADDRESS
    if not throttle.knock(kind="invitation", who=who, most=most, at=request.now):  # type: ignore[attr-defined]
        raise InvitationBusyError
    return render(request, "desk/session/invitation_closed.html", {"state": "unknown"}, status=UNKNOWN)


def _closed(request: HttpRequest, found: Invitation, state: Invited) -> HttpResponse:
    return render(request, "desk/session/invitation_closed.html", {"invitation": found, "state": state}, status=GONE)
