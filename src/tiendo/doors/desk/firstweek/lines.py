"""A register's rows as the preview shows them: what will be opened, for whom, by when, and what is not clear."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, cast

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext

from tiendo.doors.desk.tables import Column, chips, table
from tiendo.foundation.organisations.matching import Matcher
from tiendo.foundation.organisations.models import Organisation
from tiendo.work.directives.intake.rows import Entry
from tiendo.work.directives.models import Document
from tiendo.work.directives.registers import Preview
from tiendo.work.directives.rules import DEADLINE_KINDS


def preview_table(request: HttpRequest, document: Document, seen: Preview) -> dict[str, Any]:
    """Refused rows first; then each row of the register, with the bodies that its names are exactly the names of."""
    today: date = request.today  # type: ignore[attr-defined]
    matched = _matched(document, seen.taken.entries, today)
    shown = [_refused(one.row, one.why) for one in seen.taken.refused]
    shown += [_line(entry, matched, today) for entry in seen.taken.entries]
    kinds = [
        ("", gettext("Tất cả"), len(shown)),
        *((kind, label, n) for kind, label in _kinds() if (n := sum(kind in line["kinds"] for line in shown))),
    ]
    wanted = request.GET.get("xem", "")
    found = [line for line in shown if not wanted or wanted in line["kinds"]]
    return table(
        request,
        cast("QuerySet[Any]", found),
        [
            Column(gettext("Dòng của tệp")),
            Column(gettext("Nhiệm vụ")),
            Column(gettext("Cơ quan")),
            Column(gettext("Thời hạn")),
            Column(gettext("Sẽ mở thành")),
        ],
        caption=gettext("Từng dòng của sổ"),
        filters=[chips(request, "xem", gettext("Dòng"), kinds)],
        empty={"title": gettext("Không có dòng nào ở mục này.")},
    )


def _kinds() -> list[tuple[str, str]]:
    return [
        ("refused", gettext("chưa nhận được")),
        ("notes", gettext("cần xem lại")),
        ("unmatched", gettext("chưa khớp cơ quan")),
        ("undated", gettext("không có ngày")),
        ("past", gettext("ngày đã qua")),
        ("done", gettext("đã xong")),
    ]


Bodies = dict[str, tuple[str, tuple[str, ...]]]
"""Printed name → the body's name (empty: none), and names that come near."""


def _matched(document: Document, entries: Sequence[Entry], today: date) -> Bodies:
    matcher = Matcher(document.office, on=document.issued_on or today)
    printed = {party.name for entry in entries for party in (*entry.leads, *entry.coordinators) if not party.group}
    exact = {name: matcher.exact(name) for name in printed}
    called = dict(Organisation.objects.filter(pk__in=[pk for pk in exact.values() if pk]).values_list("pk", "name"))
    return {
        name: (called[pk], ()) if pk is not None else ("", tuple(matcher.near(name, 1))) for name, pk in exact.items()
    }


def _refused(row: int, why: str) -> dict[str, Any]:
    return {"row": row, "why": why, "kinds": {"refused"}}


def _line(entry: Entry, matched: Bodies, today: date) -> dict[str, Any]:
    leads = [_party(party.name, matched, group=party.group) for party in entry.leads]
    past = entry.deadline.end is not None and entry.deadline.end < today
    undated = entry.deadline.end is None and entry.deadline.kind not in {"continuous", "recurring"}
    marks = {
        "notes": bool(entry.notes),
        "unmatched": not leads or any(not one["body"] for one in leads),
        "undated": undated and not entry.done,
        "past": past and not entry.done,
        "done": entry.done,
    }
    return {
        "entry": entry,
        "row": entry.row,
        "leads": leads,
        "coordinators": [_party(party.name, matched, group=party.group) for party in entry.coordinators],
        "deadline": _deadline(entry),
        "opens": _opens(entry, past=past, undated=undated),
        "kinds": {kind for kind, there in marks.items() if there},
    }


def _party(name: str, matched: Bodies, *, group: bool) -> dict[str, Any]:
    body, near = matched.get(name, ("", ()))
    return {"name": name, "body": body, "near": near, "group": group}


def _deadline(entry: Entry) -> str:
    read = entry.deadline
    if read.kind == "none":
        return gettext("không có ngày")
    days = " – ".join(f"{day:%d/%m/%Y}" for day in (read.start, read.end) if day)
    return " ".join(filter(None, (str(DEADLINE_KINDS[read.kind]), days)))


def _opens(entry: Entry, *, past: bool, undated: bool) -> str:
    if entry.done:
        day = f" ({entry.done_on:%d/%m/%Y})" if entry.done_on else ""
        return gettext("việc đã xong trước khi theo dõi%(day)s: đóng, không tính số liệu") % {"day": day}
    if past:
        return gettext("việc chưa có số liệu: ngày đã qua, chờ cơ quan cho ngày mới")
    return gettext("việc chờ sự kiện có ngày") if undated else gettext("việc được theo dõi từ hôm nay")
