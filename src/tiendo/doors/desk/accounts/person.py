"""The page of a person, as it stands and with the form that was just refused."""

from __future__ import annotations

from typing import Any

from django.forms import Form
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render

from tiendo.doors.desk.accounts.forms import CorrectEndForm, EndForm, LastDayForm, NewPasswordForm, PostForm
from tiendo.doors.desk.accounts.people import candidates, standing_in, to_come
from tiendo.doors.desk.accounts.signing_in import ways_in
from tiendo.doors.desk.fields import DeputyForm
from tiendo.doors.desk.history.sentences import sentences
from tiendo.foundation.accounts.models import User
from tiendo.foundation.accounts.permissions import role_names
from tiendo.foundation.accounts.queries import invitation_state
from tiendo.foundation.audit import queries as audit
from tiendo.foundation.organisations.models import Post
from tiendo.work.programmes.queries.drafts import drafts_by_body, writers
from tiendo.work.programmes.queries.rivals import rivals

RECENT = 20
"""Events of an account that its page shows."""


def show(
    request: HttpRequest,
    user: User,
    status: int = 200,
    *,
    post_form: PostForm | None = None,
    refused_end: tuple[int, EndForm] | None = None,
    password_form: NewPasswordForm | None = None,
    leave_form: LastDayForm | None = None,
    deputy_form: tuple[int, DeputyForm] | None = None,
    refused_correction: tuple[int, CorrectEndForm] | None = None,
    refused_withdrawal: Form | None = None,
) -> HttpResponse:
    """The page of a person; `status` and the forms that were refused."""
    today = request.today  # type: ignore[attr-defined]
    day = {"last_day": f"{today:%d/%m/%Y}"}
    held = list(Post.objects.filter(user=user).select_related("organisation", "scope").order_by("-starts", "-pk"))
    subjects = [f"accounts.user:{user.pk}", *(f"organisations.post:{post.pk}" for post in held)]
    first = {"starts": f"{today:%d/%m/%Y}"}
    rows = [row_form[1] for row_form in (refused_end, deputy_form, refused_correction) if row_form]
    drafts = drafts_by_body(user)
    mates = _mates(request, user, drafts)
    away, among = to_come(held, today), candidates(request, held)
    return render(
        request,
        "desk/accounts/person.html",
        {
            "person": user,
            "ways": ways_in(request, user),
            "invited": _invited(request, user),
            "rivals": rivals(post for post in held if post.ends is None or post.ends >= today),
            "drafts": sum(drafts.values()),
            "self": user == request.user,
            "standing_in": standing_in(user, today),
            "refused": next(filter(None, [post_form, password_form, leave_form, refused_withdrawal, *rows]), None),
            "posts": [
                {
                    "post": post,
                    "role": role_names().get(post.role, post.role),
                    "over": post.ends is not None and post.ends < today,
                    "form": _refused(refused_end, post) or _end_form(post, drafts, mates, None, initial=day),
                    "correct_form": _refused(refused_correction, post)
                    or CorrectEndForm(auto_id=f"correct{post.pk}_%s"),
                    "away": away.get(post.pk, []),
                    "deputy_form": _refused(deputy_form, post)
                    or DeputyForm(among=among[post.pk], initial=first, auto_id=f"deputy{post.pk}_%s"),
                }
                for post in held
            ],
            "post_form": post_form or PostForm(rights=request.rights, initial=first, auto_id="post_%s"),  # type: ignore[attr-defined]
            "password_form": password_form or NewPasswordForm(auto_id="password_%s"),
            "leave_form": leave_form or LastDayForm(initial=day, auto_id="leave_%s"),
            "events": sentences(audit.about(subjects).order_by("-sequence")[:RECENT], request.rights),  # type: ignore[attr-defined]
        },
        status=status,
    )


def _invited(request: HttpRequest, user: User) -> dict[str, Any] | None:
    """The invitation of somebody who has no password yet."""
    last = None if user.has_usable_password() else user.invitations.first()
    return {"invitation": last, "state": invitation_state(last, request.now)} if last else None  # type: ignore[attr-defined]


def _refused[F: Form](refused: tuple[int, F] | None, post: Post) -> F | None:
    """The form that was refused, where it was this post's."""
    return refused[1] if refused and refused[0] == post.pk else None


def end_form(request: HttpRequest, post: Post, data: QueryDict) -> EndForm:
    """The form by which a post ends, as it was filled in."""
    drafts = drafts_by_body(post.user)
    return _end_form(post, drafts, _mates(request, post.user, drafts), data)


def _end_form(
    post: Post, drafts: dict[int, int], mates: dict[int, list[User]], data: QueryDict | None, **more: Any
) -> EndForm:
    there = post.organisation_id
    return EndForm(data, drafts=drafts.get(there, 0), writers=mates.get(there, []), auto_id=f"end{post.pk}_%s", **more)


def _mates(request: HttpRequest, user: User, drafts: dict[int, int]) -> dict[int, list[User]]:
    """Who could go on with the drafts, in each body; never whoever keeps the accounts."""
    if not drafts:
        return {}
    return writers(drafts, but=[user.pk, request.user.pk], on=request.today)  # type: ignore[attr-defined,list-item]
