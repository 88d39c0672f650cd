"""The one table (ui/table.html), filled from a queryset: sorted, filtered and paged by what stands in the URL."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, QueryDict

PER_PAGE = 50


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its label, the name it sorts by in the URL and the ORM's order for it."""

    label: str
    name: str = ""
    order: tuple[str, ...] = ()
    number: bool = False


def link(request: HttpRequest, **changes: object) -> str:
    """The page's query string with changes, back on the first page; an empty value takes a name out."""
    asked: QueryDict = request.GET.copy()
    asked.pop("page", None)
    for name, value in changes.items():
        asked.pop(name, None)
        if value not in {None, ""}:
            asked[name] = str(value)
    return f"?{asked.urlencode()}"


def chips(
    request: HttpRequest, name: str, label: str, choices: Iterable[tuple[str, str, int | None]]
) -> dict[str, Any]:
    """A group of filter chips for ui/table.html: "" is all."""
    current = request.GET.get(name, "")
    return {
        "label": label,
        "chips": [
            {"label": text, "url": link(request, **{name: value}), "current": value == current, "count": count}
            for value, text, count in choices
        ],
    }


def table(
    request: HttpRequest,
    rows: QuerySet[Any],
    columns: Sequence[Column],
    *,
    caption: str,
    empty: Mapping[str, str],
    filters: Sequence[Mapping[str, Any]] = (),
    exports: Sequence[Mapping[str, str]] = (),
) -> dict[str, Any]:
    """The context of ui/table.html: one count and one page of rows."""
    shown = Paginator(in_order(request, rows, columns), PER_PAGE).get_page(request.GET.get("page"))
    return {
        "caption": caption,
        "columns": [_head(request, column) for column in columns],
        "rows": list(shown),
        "filters": filters,
        "exports": exports,
        "pager": _pager(request, shown) if shown.has_other_pages() else None,
        "empty": empty,
    }


def in_order(request: HttpRequest, rows: QuerySet[Any], columns: Sequence[Column]) -> QuerySet[Any]:
    """The rows as the URL sorts them, else as they come."""
    order = _order(request, columns)
    return rows.order_by(*order) if order else rows


def _order(request: HttpRequest, columns: Sequence[Column]) -> list[str]:
    wanted = request.GET.get("sort", "")
    down, name = wanted.startswith("-"), wanted.lstrip("-")
    column = next((column for column in columns if column.name == name and column.order), None)
    if column is None:
        return []
    order = [f"-{field}" if down else field for field in column.order]
    return [field.replace("--", "") for field in order] + ["pk"]


def _head(request: HttpRequest, column: Column) -> dict[str, Any]:
    sort = request.GET.get("sort", "")
    order = {column.name: "asc", f"-{column.name}": "desc"}.get(sort, "") if column.name else ""
    url = link(request, sort=f"-{column.name}" if order == "asc" else column.name) if column.order else ""
    return {"label": column.label, "url": url, "order": order, "number": column.number}


def _pager(request: HttpRequest, shown: Any) -> dict[str, Any]:
    def to(number: int) -> str:
        asked = request.GET.copy()
        asked["page"] = str(number)
        return f"?{asked.urlencode()}"

    return {
        "first": shown.start_index(),
        "last": shown.end_index(),
        "total": shown.paginator.count,
        "previous_url": to(shown.previous_page_number()) if shown.has_previous() else "",
        "next_url": to(shown.next_page_number()) if shown.has_next() else "",
    }
