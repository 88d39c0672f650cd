"""What of these matters waits for a person, for Việc của tôi (desk/matters/home.html)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from tiendo.doors.desk.tables import ByPage
from tiendo.foundation.accounts.permissions import Permission
from tiendo.work.programmes.queries import matters, progress
from tiendo.work.programmes.queries.waiting import mine_to_review

SHOWN = 30
WHAT = {
    "progress": _("báo cáo tiến độ"),
    "obstacle": _("vướng mắc"),
    "cause": _("nguyên nhân khách quan"),
    "correction": _("điều chỉnh số liệu"),
}


def lists(request: HttpRequest) -> dict[str, QuerySet[Any]]:
    """Reports on progress, obstacles, causes, corrections that wait for this person's word; tasks to look at again."""
    rights, today = request.rights, request.today  # type: ignore[attr-defined]
    user: Any = request.user
    found: dict[str, QuerySet[Any]] = {}
    if rights.may(Permission.CONFIRM_REPORT) or rights.may(Permission.OPEN_EVENT):
        found["obstacle"] = matters.obstacles_to_decide(rights, today)
    if rights.may(Permission.CONFIRM_REPORT):
        found["progress"] = progress.to_confirm(rights)
        found["cause"] = matters.causes_to_decide(rights)
        found["correction"] = matters.corrections_to_decide(rights, user)
    if rights.may(Permission.OPEN_EVENT):
        found["review"] = mine_to_review(rights, today)
    return found


def to_decide(found: Mapping[str, QuerySet[Any]]) -> list[dict[str, Any]]:
    """The first of each of the lists that are not empty. A query for each."""
    return [
        {"what": WHAT[name], "owed": one.obligation, "url": reverse(f"desk:{name}", args=[one.pk])}
        for name in WHAT
        if name in found
        for one in found[name][:SHOWN]
    ]


def to_review(found: Mapping[str, QuerySet[Any]]) -> list[Any]:
    """Tasks that wait for an event, the first of them."""
    return list(ByPage(found["review"])[:SHOWN]) if "review" in found else []
