"""The administrator's pages for inviting: one person by a form; who was invited and did not come yet."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext, ngettext

from tiendo.doors.desk.access import page, posted
from tiendo.doors.desk.accounts.forms import InviteForm
from tiendo.doors.desk.accounts.people import find, people
from tiendo.doors.ui.templatetags.ui import vn_moment
from tiendo.foundation.accounts.actions import invitations
from tiendo.foundation.accounts.permissions import Permission, role_names
from tiendo.foundation.accounts.queries import invitation_state, waiting_invitations
from tiendo.foundation.audit.errors import TiendoError
from tiendo.foundation.notifications.actions import letters
from tiendo.foundation.organisations.actions import inviting
from tiendo.foundation.organisations.actions.inviting import Invited, Person
from tiendo.foundation.organisations.messages import invitation as words
from tiendo.foundation.organisations.models import Post
from tiendo.foundation.organisations.naming import person_order
from tiendo.foundation.organisations.queries import posts_held


@page(Permission.MANAGE_ACCOUNTS)
def invite(request: HttpRequest) -> HttpResponse:
    """An account without a password, a first post, and the link: sent, or shown this once."""
    asked = request.GET.get("co-quan", "")
    first = {"starts": f"{request.today:%d/%m/%Y}"}  # type: ignore[attr-defined]
    first |= {"organisation": asked} if asked.isascii() and asked.isdecimal() else {}
    form = InviteForm(request.POST or None, rights=request.rights, initial=first)  # type: ignore[attr-defined]
    if request.method == "POST" and form.is_valid():
        try:
            made = inviting.invite(people=[Person(**form.cleaned_data)], by=request.user, at=request.now)  # type: ignore[arg-type, attr-defined]
        except TiendoError as error:
            form.add_error(None, error.message)
        else:
            return handed_out(request, made)
    return render(request, "desk/accounts/invite.html", {"form": form}, status=422 if form.errors else 200)


@page(Permission.MANAGE_ACCOUNTS)
def waiting(request: HttpRequest) -> HttpResponse:
    """Invitations that nobody accepted yet; those that ran out too, to be renewed."""
    found = waiting_invitations(people(request))
    held = posts_held([one.user_id for one in found], request.today)  # type: ignore[attr-defined]
    rows = [
        {
            "invitation": one,
            "state": invitation_state(one, request.now),  # type: ignore[attr-defined]
            "posts": told(held.get(one.user_id, [])),
        }
        for one in sorted(found, key=lambda one: person_order(one.user.full_name))
    ]
    return render(request, "desk/accounts/waiting.html", {"rows": rows})


@page(Permission.MANAGE_ACCOUNTS)
@posted("desk:account")
def again(request: HttpRequest, pk: int) -> HttpResponse:
    """Another invitation for this person (the one before ends); `act=revoke`: none any more."""
    user = find(request, pk)
    who: dict[str, Any] = {"by": request.user, "at": request.now}  # type: ignore[attr-defined]
    if request.POST.get("act") == "revoke":
        invitations.revoke(user=user, **who)
        messages.success(request, gettext("Đã thu hồi lời mời của %(name)s.") % {"name": user})
        return redirect("desk:invitations")
    return handed_out(request, [inviting.renew(user=user, **who)])


def handed_out(request: HttpRequest, made: Sequence[Invited]) -> HttpResponse:
    """Letters to those with an address; the links of the others, and of those whose letter was not taken, are shown on
    this page alone, made to be printed and handed over.
    """
    by = str(request.user)
    rows = [{"one": one, "address": _address(request, one), "posts": told(one.posts)} for one in made]
    mailed = [row for row in rows if row["one"].user.email]  # type: ignore[attr-defined]
    taken = letters.send(letters=[_letter(row["one"], str(row["address"]), by) for row in mailed])  # type: ignore[arg-type]
    sent = [row for row, right in zip(mailed, taken, strict=True) if right]
    if sent:
        said = ngettext("Đã gửi thư mời cho %(n)s người.", "Đã gửi thư mời cho %(n)s người.", len(sent))
        messages.success(request, said % {"n": len(sent)})
    shown = [row for row in rows if row not in sent]
    if not shown:
        return redirect("desk:invitations")
    answer = render(request, "desk/accounts/invited.html", {"rows": shown, "sent": sent, "by": by})
    answer.headers["Cache-Control"] = "no-store"
    return answer


def told(held: Sequence[Post]) -> list[dict[str, str]]:
    """Posts in words."""
    return [{"role": role_names().get(post.role, post.role), "body": post.organisation.name} for post in held]


def _address(request: HttpRequest, one: Invited) -> str:
    return request.build_absolute_uri(reverse("desk:invitation", args=[one.token]))


def _letter(one: Invited, address: str, by: str) -> tuple[str, dict[str, str]]:
    user = one.user
    with translation.override(user.language):
        until = vn_moment(one.invitation.expires_at)
        text = words(name=user.full_name, by=by, posts=one.posts, username=user.username, address=address, until=until)
    return user.email, text
