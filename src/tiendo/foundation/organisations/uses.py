"""What speaks against a correction of a body: days on which it was there already, bodies that sit below it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from itertools import batched
from typing import Any

from django.db.models import Count, Min, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from tiendo.foundation.organisations.models import Name, Organisation, Seat, Tree
from tiendo.foundation.organisations.rules.importing.lines import Line, Plan, What, said
from tiendo.foundation.organisations.rules.sheets import BODIES, SEATS, BodyRow
from tiendo.foundation.organisations.rules.trees import TREES

EACH = 500
Use = tuple[str, str]
"""The day (ISO), and what was there on it."""


def refuse_what_is_used(plan: Plan) -> None:
    """Lines of bodies that would begin after their own work, or leave their tree to others, are refused."""
    told = {line.new.body for line in plan.of(SEATS)}
    changed = plan.of(BODIES, What.CHANGED)
    later = [line for line in changed if line.new.starts and line.new.starts != line.old.starts]
    for lines in batched(later, EACH):
        rows = {line.old.code: line.old for line in lines}
        for line in lines:
            for day, what in uses(rows).get(line.old.code, ()):
                if day < line.new.starts:
                    _too_late(line, day, what)
                    break
    moving = [line for line in changed if leaves_tree(line.old, line.new) and line.old.code not in told]
    for lines in batched(moving, EACH):
        below = _below({line.old.code: TREES[line.old.kind] for line in lines})
        for line in lines:
            if count := below.get(line.old.code, 0):
                _sat_upon(line, count)


def leaves_tree(old: BodyRow, new: BodyRow) -> bool:
    """Whether the kind of a body changes to one that is seated in another tree."""
    return TREES.get(old.kind) != TREES.get(new.kind) and old.kind in TREES and new.kind in TREES


def _too_late(line: Line, day: str, what: str) -> None:
    line.refuse(
        _("“{name}” đã có {what} từ ngày {day}, trước ngày đầu {starts}. Hãy ghi ngày đầu không sau ngày đó.").format(
            name=line.new.name, what=what, day=said(day), starts=said(line.new.starts)
        )
    )


def _sat_upon(line: Line, count: int) -> None:
    line.refuse(
        _(
            "loại mới đứng ở cây {tree}, mà còn {count} cơ quan đứng dưới “{name}” trong cây cũ. "
            "Hãy chuyển các cơ quan ấy trước."
        ).format(tree=Tree(TREES[line.new.kind]).label, count=count, name=line.new.name)
    )


def _below(trees: Mapping[str, str]) -> dict[str, int]:
    """Code → how many sit right below a body in its tree."""
    rows = Seat.objects.on(None).filter(above__code__in=trees).values("above__code", "tree").annotate(n=Count("pk"))
    rows = rows.order_by()
    return {row["above__code"]: row["n"] for row in rows if trees[row["above__code"]] == row["tree"]}


def uses(bodies: Mapping[str, BodyRow]) -> dict[str, list[Use]]:
    """Code → the first day of each sort of rows that need the body, the earliest first. A few queries for all."""
    found: dict[str, list[Use]] = {}
    for model, since in _tables():
        for key in since.keys:
            held = model._base_manager.filter(**{f"{key}__code__in": bodies})  # noqa: SLF001 (Django's own way)
            for code, day in _first_days(held, key, since.days):
                found.setdefault(code, []).append((day, str(since.word)))
    for code, day, what in _own(bodies):
        found.setdefault(code, []).append((day, what))
    return {code: sorted(rows) for code, rows in found.items()}


def _tables() -> Iterator[tuple[Any, Any]]:
    """Every table, of whatever room, that says from which day on it needs a body."""
    ties: list[Any] = [tie for tie in Organisation._meta.get_fields(include_hidden=True) if tie.auto_created]  # noqa: SLF001
    models = {tie.related_model._meta.label: tie.related_model for tie in ties if tie.is_relation}  # noqa: SLF001
    for _label, model in sorted(models.items()):
        if hasattr(model, "SINCE"):
            yield model, model.SINCE


def _first_days(rows: QuerySet[Any], key: str, days: Iterable[str]) -> Iterator[Use]:
    for field in days:
        for code, day in rows.values_list(f"{key}__code").annotate(first=Min(field)).order_by():
            if day is not None:
                yield code, _iso(day)
        rows = rows.filter(**{field: None})


def _own(bodies: Mapping[str, BodyRow]) -> Iterator[tuple[str, str, str]]:
    """Names and seats that were over, or began on another day than the body, do not go along with its first day."""
    for model, what in ((Seat, _("chỗ đứng trong cây tổ chức")), (Name, _("tên gọi"))):
        rows: Any = model.objects.filter(organisation__code__in=bodies)
        for code, starts, ends in rows.values_list("organisation__code", "starts", "ends"):
            begun = starts is not None and starts.isoformat() != bodies[code].starts
            if begun or (ends is not None and ends.isoformat() != bodies[code].ends):
                yield code, _iso(starts if begun else ends), what


def _iso(day: date | datetime) -> str:
    return (timezone.localdate(day) if isinstance(day, datetime) else day).isoformat()
