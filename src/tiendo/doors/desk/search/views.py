"""Search: programmes, tasks, documents and bodies, with or without diacritics."""

from __future__ import annotations

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from tiendo.doors.desk.access import page
from tiendo.foundation.accounts.permissions import Permission
from tiendo.foundation.organisations.models import Organisation
from tiendo.foundation.organisations.naming import key
from tiendo.work.directives import queries
from tiendo.work.programmes.queries import searching, work

SHOWN = 30
WORDS = 8


@page(Permission.SEE_WORK)
def search(request: HttpRequest) -> HttpResponse:
    """Everything this person may see that holds all the words (folded). A restricted task is not indexed."""
    asked = request.GET.get("q", "").strip()
    words = key(asked).split()[:WORDS]
    found: dict[str, object] = {}
    if words:
        rights = request.rights  # type: ignore[attr-defined]
        own = Q(names__office__isnull=True) | Q(names__office__in=rights.organisations)
        named = own  # what another office calls a body is that office's affair
        for word in words:
            named &= Q(names__key__contains=word)
        found = {
            "tasks": searching.with_words(rights, asked, SHOWN),
            "programmes": work.visible_to(rights).filter(_holds(words))[:SHOWN],
            "documents": queries.visible_to(rights).filter(_holds(words))[:SHOWN],
            "bodies": Organisation.objects.filter(named).exclude(kind="root").distinct()[:SHOWN],
        }
    return render(request, "desk/search/search.html", {"asked": asked, **found})


def _holds(words: list[str]) -> Q:
    condition = Q()
    for word in words:
        condition &= Q(search_text__contains=word)
    return condition
