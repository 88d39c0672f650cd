"""The second step of signing in, signing in with a passkey, and opening a locked session."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from tiendo.doors.desk import kept
from tiendo.doors.desk.access import page, ways
from tiendo.doors.desk.session import ceremony, entry, gate
from tiendo.doors.desk.session.addresses import address_of
from tiendo.doors.desk.session.after import go_on, ours, sign_in_page, wanted
from tiendo.doors.desk.session.forms import CodeForm, SignInForm, UnlockForm
from tiendo.foundation.accounts.actions import factors, sessions
from tiendo.foundation.accounts.errors import WrongPasskeyError
from tiendo.foundation.accounts.models import User
from tiendo.foundation.accounts.queries import factors_of
from tiendo.foundation.audit.errors import TiendoError


@page("public")
def passkey_options(request: HttpRequest) -> HttpResponse:
    """What the browser's own dialogue is asked for: a passkey of who waits for the second step, or any it holds."""
    waiting = None if request.user.is_authenticated else entry.pending(request)
    return JsonResponse(ceremony.to_show(waiting.user if waiting else None))


@page("public")
@require_POST
def passkey(request: HttpRequest) -> HttpResponse:
    """Sign in with a passkey alone: it has asked for a PIN or a finger, and so is two factors."""
    sent = kept.opened(request.POST.get("kept", ""))
    if request.user.is_authenticated:
        return go_on(request, wanted(request), sent)
    try:
        user, factor = ceremony.shown(request.POST.get("credential", ""))
    except WrongPasskeyError as error:
        return sign_in_page(request, SignInForm(request), sent, said=error.message, status=error.status)
    factors.passkey_used(factor=factor, at=request.now)  # type: ignore[attr-defined]
    entry.enter(request, user, how="passkey", strong=True)
    return go_on(request, wanted(request), sent)


@page("public")
def second_step(request: HttpRequest) -> HttpResponse:
    """A code of the app, a recovery code, or a passkey, by who has shown the password."""
    sent = kept.opened(request.POST.get("kept", ""))
    if request.user.is_authenticated:
        return go_on(request, wanted(request), sent)
    waiting = entry.pending(request)
    if waiting is None:
        said = gettext("Đã quá 10 phút kể từ khi nhập mật khẩu. Hãy đăng nhập lại.")
        return sign_in_page(request, SignInForm(request), sent, said=said, status=422)
    if request.method != "POST":
        return second_step_page(request, sent)
    return _take(request, waiting, sent)


def _take(request: HttpRequest, waiting: entry.Pending, sent: kept.Kept | None) -> HttpResponse:
    form = CodeForm(request.POST)
    try:
        shown = _second_factor(request, waiting.user, form)
    except TiendoError as error:
        return second_step_page(request, sent, form=form, refused=error)
    if not shown:
        return second_step_page(request, sent, form=form)
    entry.enter(request, waiting.user, how=f"{waiting.how}+{shown}", strong=True)
    return go_on(request, ours(request, waiting.next), sent)


@page("signed_in", through=frozenset({gate.LOCKED, gate.OUTSIDE, gate.GIVEN, gate.SET_UP}))
def unlock(request: HttpRequest) -> HttpResponse:
    """Who is there? After a pause, from outside the office's networks, and before one changes how one is recognised."""
    sent = kept.opened(request.POST.get("kept", ""))
    outside = request.gate == gate.OUTSIDE  # type: ignore[attr-defined]
    form = (CodeForm if outside else UnlockForm)(request.POST or None)
    refused = None
    if request.method == "POST":
        try:
            if _shown_again(request, form, outside=outside):
                return go_on(request, wanted(request), sent, unlocked=True)
        except TiendoError as error:
            refused = error
    status = refused.status if refused else 422 if form.is_bound else 200
    context = ways(request) | {"form": _blank(form, refused), "refused": refused}
    context |= {"next": wanted(request), "kept": sent}
    return render(request, "desk/session/unlock.html", context, status=status)


def second_step_page(
    request: HttpRequest,
    sent: kept.Kept | None,
    *,
    form: CodeForm | None = None,
    refused: TiendoError | None = None,
) -> HttpResponse:
    waiting = entry.pending(request)
    kinds = {factor.type for factor in factors_of(waiting.user)} if waiting else set()
    context = {
        "form": _blank(form or CodeForm(), refused),
        "refused": refused,
        "kept": sent,
        "by_app": factors.Kind.TOTP in kinds,
        "by_passkey": factors.Kind.WEBAUTHN in kinds,
    }
    status = refused.status if refused else 422 if form else 200
    return render(request, "desk/session/second_step.html", context, status=status)


def _second_factor(request: HttpRequest, user: User, form: CodeForm) -> str:
    """Which second factor was shown; "" for an empty form. Raises what `check_code` and `shown` do."""
    at = request.now  # type: ignore[attr-defined]
    if credential := request.POST.get("credential"):
        _, factor = ceremony.shown(credential, user)
        factors.passkey_used(factor=factor, at=at)
        return "passkey"
    if not form.is_valid():
        return ""
    kind = factors.check_code(user=user, code=form.cleaned_data["otp"], address=address_of(request), at=at)
    if kind == factors.Kind.RECOVERY_CODES:
        messages.warning(request, gettext("Bạn vừa dùng một mã dự phòng. Mục Bảo mật cho biết còn bao nhiêu mã."))
    return kind


def _shown_again(request: HttpRequest, form: CodeForm | UnlockForm, *, outside: bool) -> bool:
    """Whether the person of the session has proved to be there; a TiendoError says why not."""
    user: User = request.user  # type: ignore[assignment]
    at = request.now  # type: ignore[attr-defined]
    if isinstance(form, CodeForm):
        how = _second_factor(request, user, form)
        if not how:
            return False
        sessions.unlocked(user=user, how=how, at=at)
    elif credential := request.POST.get("credential"):
        owner, factor = ceremony.shown(credential)
        if owner != user:
            raise WrongPasskeyError
        factors.passkey_used(factor=factor, at=at)
        sessions.unlocked(user=user, how="passkey", at=at)
        outside = True
    elif form.is_valid():
        sessions.unlock(user=user, password=form.cleaned_data["password"], address=address_of(request), at=at)
    else:
        return False
    gate.recognised(request, strong=outside)
    return True


def _blank(form: CodeForm | UnlockForm, refused: TiendoError | None) -> CodeForm | UnlockForm:
    """A code or a password that was refused is not shown again, and what is missing beside a passkey is no slip."""
    return type(form)() if refused else form
