"""The register as its trees: nested lists that open without scripts, a branch at a time, as of a day."""

from __future__ import annotations

from collections.abc import Iterable

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.text import capfirst
from django.utils.translation import gettext

from tiendo.doors.desk import asof
from tiendo.doors.desk.access import page
from tiendo.doors.desk.tables import link
from tiendo.foundation.organisations.browsing import Branch, Node, branch
from tiendo.foundation.organisations.models import Organisation, Tree

TREE, BELOW = "cay", "tu"


@page("signed_in")
def tree(request: HttpRequest) -> HttpResponse:
    """`?cay=` which tree, `?tu=` from which body down, `?khi=` as of which day."""
    day = asof.day_of(request)
    asked = request.GET.get(TREE, "")
    chosen = asked if asked in Tree.values else Tree.PARTY.value
    top = _top(request)
    found = branch(chosen, day or request.today, top)  # type: ignore[attr-defined]
    asof.call([*found.above, *_bodies(found.nodes)], day)
    _link(request, found)
    trees = [
        {
            "label": capfirst(label),
            "url": link(request, **{TREE: value, BELOW: ""}),
            "current": value == chosen,
            "count": None,
        }
        for value, label in Tree.choices
    ]
    context = {
        "branch": found,
        "top": top,
        "filtering": {"filters": [{"label": gettext("Cây tổ chức"), "chips": trees}]},
        "whole_url": link(request, **{BELOW: ""}),
        "asof": asof.switch(request, None),
    }
    return render(request, "desk/bodies/tree.html", context)


def _top(request: HttpRequest) -> Organisation | None:
    asked = request.GET.get(BELOW, "")
    if not asked:
        return None
    found = Organisation.objects.filter(pk=asked, planned=False).first() if asked.isdecimal() else None
    if found is None:
        raise Http404
    return found


def _bodies(nodes: Iterable[Node]) -> Iterable[Organisation]:
    for node in nodes:
        yield node.body
        yield from _bodies(node.children)


def _link(request: HttpRequest, found: Branch) -> None:
    for body in [*found.above, *_bodies(found.nodes)]:
        body.branch_url = link(request, **{BELOW: str(body.pk)})  # type: ignore[attr-defined]
