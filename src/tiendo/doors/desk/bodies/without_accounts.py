"""Bodies in which nobody can sign in: those that owe an answer first, with the two ways out."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext

from tiendo.doors.desk import asof
from tiendo.doors.desk.access import page
from tiendo.doors.desk.bodies.files import csv_file, offered, wanted
from tiendo.doors.desk.tables import Column, chips, table
from tiendo.foundation.accounts.errors import NotAllowedError
from tiendo.foundation.accounts.permissions import Permission
from tiendo.foundation.organisations.models import Organisation
from tiendo.foundation.organisations.naming import order
from tiendo.foundation.organisations.queries import own_tree, within
from tiendo.work.programmes.models import Obligation
from tiendo.work.programmes.queries import links, work
from tiendo.work.programmes.queries.internal import kept_from
from tiendo.work.programmes.queries.unserved import without_account


def may_see(request: HttpRequest) -> bool:
    """Whoever keeps accounts, and offices that follow programmes."""
    rights = request.rights  # type: ignore[attr-defined]
    return bool(rights.may(Permission.MANAGE_ACCOUNTS) or rights.may(Permission.ASSIGN))


@page("signed_in")
def index(request: HttpRequest) -> HttpResponse:
    """Now or as of a day (`khi`). As a page, or with `tep=csv` as a file: exactly what is shown."""
    if not may_see(request):
        raise NotAllowedError
    day = asof.day_of(request)
    rows = _rows(request, day)
    if wanted(request):
        return _csv(request, rows, day)
    sorts = [("", gettext("Tất cả"), None), ("viec", gettext("Còn việc phải báo cáo"), None)]
    listed = table(
        request,
        rows,
        [
            Column(gettext("Cơ quan"), "name", key=lambda body: order(body.name)),
            Column(gettext("Mã"), "code", ("code",)),
            Column(gettext("Việc phải báo cáo"), "owed", ("owed",), number=True),
            Column(gettext("Thao tác")),
        ],
        caption=gettext("Cơ quan chưa có tài khoản"),
        filters=[chips(request, "loc", gettext("Lọc"), sorts)],
        exports=offered(request),
        empty={"title": gettext("Cơ quan nào cũng có người đăng nhập được.")},
        by=_owing_first,
    )
    asof.call(listed["rows"], day)
    rights = request.rights  # type: ignore[attr-defined]
    kept = () if day else rights.paths(Permission.MANAGE_ACCOUNTS)
    context = {
        "table": listed,
        "asof": asof.switch(request, None, figures=True),
        "counts": rights.may(Permission.SEE_WORK),
        "adds": {row.pk for row in listed["rows"] if kept and row.path.startswith(kept)},
        "links": set()
        if day
        else set(links.issuable(rights).filter(organisation__in=listed["rows"]).values_list("organisation", flat=True)),
    }
    return render(request, "desk/bodies/without_accounts.html", context)


def _rows(request: HttpRequest, day: date | None) -> QuerySet[Any]:
    rights = request.rights  # type: ignore[attr-defined]
    mine = within(rights.paths(Permission.MANAGE_ACCOUNTS))
    for office in rights.bodies(Permission.ASSIGN):
        mine |= Q(own_tree(office))
    # The administrator learns that something is owed, and no more.
    sees = rights.may(Permission.SEE_WORK)
    kept = kept_from(rights.bodies(Permission.MANAGE_ACCOUNTS))
    owed = work.obligations_visible_to(rights) if sees else Obligation.objects.exclude(programme__in=kept)
    on = day or request.today  # type: ignore[attr-defined]
    rows: QuerySet[Any] = without_account(Organisation.objects.filter(mine), owed, on=on, past=day is not None)
    return rows.filter(owed__gt=0) if request.GET.get("loc") == "viec" else rows


def _owing_first(body: Any) -> Any:
    return -body.owed, order(body.name)


def _csv(request: HttpRequest, rows: QuerySet[Any], day: date | None) -> HttpResponse:
    found = sorted(rows, key=_owing_first)
    asof.call(found, day)
    counts = request.rights.may(Permission.SEE_WORK)  # type: ignore[attr-defined]
    heads = [gettext("Mã"), gettext("Cơ quan"), gettext("Loại"), gettext("Việc phải báo cáo")]
    told = (
        (body.code, body.called if day else body.name, body.get_kind_display(), _told(body, counts=counts))
        for body in found
    )
    return csv_file(request, "co-quan-chua-co-tai-khoan", heads, told, day)


def _told(body: Any, *, counts: bool) -> str:
    if counts:
        return str(body.owed)
    return gettext("có") if body.owed else gettext("không")
