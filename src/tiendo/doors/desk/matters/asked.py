"""A page with one form for one act: opened, refused with what was typed, or done and back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext

from tiendo.foundation.accounts.errors import NotAllowedError
from tiendo.foundation.audit.errors import TiendoError
from tiendo.work.programmes.models import Obligation, Task
from tiendo.work.programmes.queries import work

Facts = Sequence[tuple[str, Any]]


def seen_owed(request: HttpRequest, pk: int) -> Obligation:
    """An obligation that this person may see, else 404."""
    found = (
        work.obligations_visible_to(request.rights)  # type: ignore[attr-defined]
        .filter(pk=pk)
        .select_related("task", "organisation", "confirming", "programme__office")
        .first()
    )
    if found is None:
        raise Http404
    return found


def who(request: HttpRequest) -> dict[str, Any]:
    """By whom and when."""
    return {"by": request.user, "at": request.now}  # type: ignore[attr-defined]


def facts_of(owed: Obligation) -> list[tuple[str, Any]]:
    """What every form about an obligation says first."""
    return [
        (gettext("Cơ quan báo cáo"), owed.organisation.name),
        (gettext("Hạn"), owed.owed_by),
    ]


def asked(
    request: HttpRequest,
    task: Task,
    form: forms.Form | None,
    act: Callable[[], str],
    *,
    title: str,
    button: str = "",
    facts: Facts = (),
    about: str = "",
    buttons: Sequence[tuple[str, str]] = (),
    to: tuple[str, int] | None = None,
) -> HttpResponse:
    """GET shows the form, POST does the `act`, which says what was done, and leads `to` a page: the task's, or Việc của
    tôi for whoever does not see the task (a body that is asked for its word alone). What is refused is shown again as
    it was typed. `buttons`: [(value of `act`, label)] where there are several.
    """
    opens = work.tasks_visible_to(request.rights).filter(pk=task.pk).exists()  # type: ignore[attr-defined]
    if request.method == "POST" and (form is None or form.is_valid()):
        try:
            messages.success(request, act())
        except NotAllowedError:
            raise
        except TiendoError as error:
            if form is None:
                messages.error(request, error.message)
                return redirect(request.path)
            form.add_error(None, error.message)
        else:
            return redirect(*(to or (("desk:task", task.pk) if opens else ("desk:home",))))
    context = {
        "task": task, "form": form, "title": title, "button": button, "facts": facts, "about": about,
        "buttons": buttons, "wide": bool(form or buttons), "opens": opens,
    }  # fmt: skip
    return render(request, "desk/matters/form.html", context, status=422 if form is not None and form.errors else 200)
