"""The administrator's pages: who may sign in, and which posts they hold. Nothing of the work is shown here."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.db import transaction
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext

from tiendo.doors.desk.access import page, posted
from tiendo.doors.desk.accounts.forms import CorrectEndForm, LastDayForm, NewPasswordForm, PersonForm, PostForm
from tiendo.doors.desk.accounts.people import find, people
from tiendo.doors.desk.accounts.person import end_form, show
from tiendo.doors.desk.accounts.stranded import mine
from tiendo.doors.desk.tables import Column, chips, table
from tiendo.foundation.accounts.actions import users
from tiendo.foundation.accounts.models import User
from tiendo.foundation.accounts.permissions import Permission, role_names
from tiendo.foundation.audit.errors import TiendoError
from tiendo.foundation.organisations.actions import posts
from tiendo.foundation.organisations.models import Post
from tiendo.foundation.organisations.naming import person_order
from tiendo.foundation.organisations.queries import posts_held, within
from tiendo.work.programmes.actions import drafts

STATES = {"active": {"is_active": True}, "left": {"is_active": False}}


@page(Permission.MANAGE_ACCOUNTS)
def index(request: HttpRequest) -> HttpResponse:
    """People and their posts, by their own names."""
    wanted = request.GET.get("state", "active")
    found = people(request).filter(**STATES.get(wanted, {}))
    asked = request.GET.get("name", "").strip()
    if asked:
        words = [Q(full_name__icontains=word) | Q(username__icontains=word.casefold()) for word in asked.split()]
        found = found.filter(*words)
    listed = table(
        request,
        found,
        [
            Column(gettext("Họ và tên"), "name", key=lambda user: person_order(user.full_name)),
            Column(gettext("Tên đăng nhập"), "username", ("username",)),
            Column(gettext("Chức vụ đang giữ")),
            Column(gettext("Tình trạng")),
        ],
        caption=gettext("Người có tài khoản"),
        filters=[
            chips(
                request,
                "state",
                gettext("Tài khoản"),
                [("active", gettext("đang hoạt động"), None), ("left", gettext("đã ngừng"), None)],
                default="active",
            )
        ],
        empty={"title": gettext("Không có tài khoản nào ở mục này.")},
        default="name",
    )
    held = posts_held([user.pk for user in listed["rows"]], request.today)  # type: ignore[attr-defined]
    listed["rows"] = [{"user": user, "posts": _told(held.get(user.pk, []))} for user in listed["rows"]]
    return render(
        request, "desk/accounts/index.html", {"table": listed, "asked": asked, "stranded": mine(request).count()}
    )


@page(Permission.MANAGE_ACCOUNTS)
def add(request: HttpRequest) -> HttpResponse:
    """A person with a first post: both or neither."""
    today = f"{request.today:%d/%m/%Y}"  # type: ignore[attr-defined]
    asked = request.GET.get("co-quan", "")
    first = {"starts": today} | ({"organisation": asked} if asked.isascii() and asked.isdecimal() else {})
    form = PersonForm(request.POST or None, rights=request.rights, initial=first)  # type: ignore[attr-defined]

    def act(by: str) -> User:
        data = form.cleaned_data
        person = {name: data[name] for name in ("username", "full_name", "email", "password")}
        user = users.add(**person, by=by, at=request.now)  # type: ignore[attr-defined]
        posts.appoint(user=user, **_post(data), by=by, at=request.now)  # type: ignore[attr-defined]
        return user

    if request.method == "POST" and (user := _done(request, form, act)):
        messages.success(request, gettext("Đã thêm %(name)s.") % {"name": user})
        return redirect("desk:account", user.pk)
    return render(request, "desk/accounts/add.html", {"form": form}, status=422 if form.errors else 200)


@page(Permission.MANAGE_ACCOUNTS)
def person(request: HttpRequest, pk: int) -> HttpResponse:
    return show(request, find(request, pk))


@page(Permission.MANAGE_ACCOUNTS)
@posted("desk:account")
def appoint(request: HttpRequest, pk: int) -> HttpResponse:
    user = find(request, pk)
    form = PostForm(request.POST, rights=request.rights, auto_id="post_%s")  # type: ignore[attr-defined]
    if form.looking:
        return show(request, user, post_form=form)
    given = _done(
        request,
        form,
        lambda by: posts.appoint(user=user, **_post(form.cleaned_data), by=by, at=request.now),  # type: ignore[attr-defined]
    )
    return _after(request, user, gettext("Đã giao chức vụ."), post_form=None if given else form)


@page(Permission.MANAGE_ACCOUNTS)
@posted("desk:account")
def end(request: HttpRequest, pk: int, post: int) -> HttpResponse:
    """A post ends; `act=mistaken`: it was given by mistake and goes; `act=correct`: its last day was a slip."""
    user = find(request, pk)
    found = Post.objects.filter(pk=post, user=user).filter(_mine(request)).select_related("organisation").first()
    if found is None:
        raise Http404
    if request.POST.get("act") == "correct":
        return _correct_end(request, user, found)
    if request.POST.get("act") == "mistaken":
        return _withdraw(request, user, found)
    form = end_form(request, found, request.POST)

    def act(by: str) -> bool:
        if receiver := form.receiver():
            to = User.objects.get(pk=receiver)
            drafts.entrust(of=user, organisation=found.organisation, to=to, by=request.user, at=request.now)  # type: ignore[arg-type,attr-defined]
        posts.end(post=found, last_day=form.cleaned_data["last_day"], by=by, at=request.now)  # type: ignore[attr-defined]
        return True

    done = _done(request, form, act)
    return _after(request, user, gettext("Đã ghi ngày thôi giữ chức vụ."), refused_end=None if done else (post, form))


def _correct_end(request: HttpRequest, user: User, post: Post) -> HttpResponse:
    form = CorrectEndForm(request.POST, auto_id=f"correct{post.pk}_%s")

    def act(by: str) -> bool:
        posts.set_end(post=post, last_day=form.cleaned_data["last_day"], by=by, at=request.now)  # type: ignore[attr-defined]
        return True

    done = _done(request, form, act)
    said = gettext("Đã sửa ngày thôi giữ chức vụ.")
    return _after(request, user, said, refused_correction=None if done else (post.pk, form))


def _withdraw(request: HttpRequest, user: User, post: Post) -> HttpResponse:
    form = forms.Form({})

    def act(by: str) -> bool:
        posts.withdraw(post=post, by=by, at=request.now)  # type: ignore[attr-defined]
        return True

    done = _done(request, form, act)
    said = gettext("Đã gỡ chức vụ giao nhầm. Việc giao và việc gỡ vẫn còn trong nhật ký.")
    return _after(request, user, said, refused_withdrawal=None if done else form)


@page(Permission.MANAGE_ACCOUNTS)
@posted("desk:account")
def set_password(request: HttpRequest, pk: int) -> HttpResponse:
    user = find(request, pk)
    form = NewPasswordForm(request.POST, auto_id="password_%s")

    def act(by: str) -> bool:
        users.set_password(user=user, password=form.cleaned_data["password"], by=by, at=request.now)  # type: ignore[attr-defined]
        return True

    done = _done(request, form, act)
    said = gettext("Đã đặt mật khẩu mới. Hãy trao tận tay; người dùng phải đổi ở lần đăng nhập tới.")
    return _after(request, user, said, password_form=None if done else form)


@page(Permission.MANAGE_ACCOUNTS)
@posted("desk:account")
def deactivate(request: HttpRequest, pk: int) -> HttpResponse:
    """Leaves with the given day, or comes back (`act=activate`)."""
    user = find(request, pk)
    if request.POST.get("act") == "activate":
        users.activate(user=user, by=request.user.actor, at=request.now)  # type: ignore[attr-defined,union-attr]
        return _after(request, user, gettext("Tài khoản hoạt động trở lại. Hãy giao chức vụ nếu cần."))
    form = LastDayForm(request.POST, auto_id="leave_%s")

    def act(by: str) -> bool:
        posts.leave(user=user, last_day=form.cleaned_data["last_day"], by=by, at=request.now)  # type: ignore[attr-defined]
        return True

    done = _done(request, form, act)
    said = gettext("Đã ngừng tài khoản; các chức vụ đang giữ thôi từ ngày đã ghi.")
    return _after(request, user, said, leave_form=None if done else form)


def _mine(request: HttpRequest) -> Q:
    return within(request.rights.paths(Permission.MANAGE_ACCOUNTS), "organisation__path")  # type: ignore[attr-defined]


def _told(held: list[Post]) -> list[dict[str, str]]:
    return [{"role": role_names().get(post.role, post.role), "body": post.organisation.label} for post in held]


def _post(data: dict[str, Any]) -> dict[str, Any]:
    return {name: data[name] for name in ("organisation", "role", "title", "scope", "starts")}


def _done[T](request: HttpRequest, form: forms.Form, act: Callable[[str], T]) -> T | None:
    """What the act gives; None where the form or the house refuses, which the form then says."""
    if not form.is_valid():
        return None
    try:
        with transaction.atomic():
            return act(request.user.actor)  # type: ignore[union-attr]
    except TiendoError as error:
        form.add_error(None, error.message)
        return None


def _after(request: HttpRequest, user: User, said: str, **refused: Any) -> HttpResponse:
    if any(refused.values()):
        return show(request, user, status=422, **refused)
    messages.success(request, said)
    return redirect("desk:account", user.pk)
