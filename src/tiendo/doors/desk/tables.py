"""The one table (ui/table.html), filled from a queryset: sorted, filtered and paged by what stands in the URL."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, QueryDict

PER_PAGE = 50


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its label, the name it sorts by in the URL, and its order: the ORM's, or a `key` for lists of names,
    which are read whole and sorted as Vietnamese is (organisations.naming.order).
    """

    label: str
    name: str = ""
    order: tuple[str, ...] = ()
    number: bool = False
    key: Callable[[Any], Any] | None = None


class InTurn:
    """Rows by their ids in an order that no database sorts by: those of one page are read, when it is shown."""

    def __init__(self, ids: Sequence[int], rows: QuerySet[Any]) -> None:
        self._ids, self._rows = ids, rows

    def __len__(self) -> int:
        return len(self._ids)

    def __getitem__(self, piece: slice) -> list[Any]:
        ids = self._ids[piece]
        found = self._rows.in_bulk(ids)
        return [found[pk] for pk in ids if pk in found]


class ByPage:
    """Rows of which those of one page are read: the database finds by their ids which these are, and only then reads
    them whole, instead of carrying each row, and what is joined to it, through the sorting of them all.
    """

    def __init__(self, rows: QuerySet[Any]) -> None:
        self._rows, self.count = rows, rows.count

    def __getitem__(self, piece: slice) -> QuerySet[Any]:
        return self._rows.filter(pk__in=self._rows.values("pk")[piece])


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
    request: HttpRequest, name: str, label: str, choices: Iterable[tuple[str, str, int | None]], default: str = ""
) -> dict[str, Any]:
    """A group of filter chips for ui/table.html: "" is all. `default`: the one that holds where the URL says none."""
    current = request.GET.get(name, default)
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
    default: str = "",
    by: Callable[[Any], Any] | None = None,
    light: Sequence[str] = (),
    counted: bool = True,
) -> dict[str, Any]:
    """The context of ui/table.html: one count and one page of rows; not `counted`: the page alone, whose pager knows no
    total (a count walks through all there is, the page does not).

    Where the URL asks for no order: the column `default`, or the key `by` over all the rows, or as they come. `light`:
    the fields that the keys look at; only these are read of all rows, and the rest of those that are shown.
    """
    ordered: Any = _sorted(request, rows, columns, default, by, light)
    if counted:
        whole: Any = ByPage(ordered) if isinstance(ordered, QuerySet) else ordered
        shown = Paginator(whole, PER_PAGE).get_page(request.GET.get("page"))
        found, pager = list(shown), _pager(request, shown) if shown.has_other_pages() else None
    else:
        found, pager = _uncounted(request, ordered)
    return {
        "caption": caption,
        "columns": [_head(request, column, default) for column in columns],
        "rows": found,
        "filters": filters,
        "exports": exports,
        "pager": pager,
        "empty": empty,
    }


def every(
    request: HttpRequest, rows: QuerySet[Any], columns: Sequence[Column], *, by: Callable[[Any], Any], default: str = ""
) -> Iterable[Any]:
    """All rows in the order in which the table has them page by page: for a file of what the list shows."""
    found: Iterable[Any] = _sorted(request, rows, columns, default, None if default else by, ())
    return found


def in_order(request: HttpRequest, rows: QuerySet[Any], columns: Sequence[Column], default: str = "") -> QuerySet[Any]:
    """The rows as the URL sorts them, else as they come. (By a column with a `key` only `table` sorts.)"""
    column, down = _asked(request, columns, default)
    if column is None or not column.order:
        return rows
    order = [f"-{field}" if down else field for field in column.order]
    return rows.order_by(*(field.replace("--", "") for field in order), "pk")


def _sorted(
    request: HttpRequest,
    rows: QuerySet[Any],
    columns: Sequence[Column],
    default: str,
    by: Callable[[Any], Any] | None,
    light: Sequence[str],
) -> Any:
    column, down = _asked(request, columns, default)
    key = by if column is None else column.key
    if key is None:
        return in_order(request, rows, columns, default)
    down = down and column is not None
    if not light:
        return sorted(rows, key=key, reverse=down)
    brief = sorted(rows.order_by().values_list("pk", *light, named=True), key=key, reverse=down)
    return InTurn([one.pk for one in brief], rows)


def _asked(request: HttpRequest, columns: Sequence[Column], default: str) -> tuple[Column | None, bool]:
    wanted = request.GET.get("sort", default)
    name = wanted.lstrip("-")
    found = (column for column in columns if column.name == name and (column.order or column.key))
    return next(found, None), wanted.startswith("-")


def _head(request: HttpRequest, column: Column, default: str = "") -> dict[str, Any]:
    sort = request.GET.get("sort", default)
    order = {column.name: "asc", f"-{column.name}": "desc"}.get(sort, "") if column.name else ""
    sorts = column.order or column.key
    url = link(request, sort=f"-{column.name}" if order == "asc" else column.name) if sorts else ""
    return {"label": column.label, "url": url, "order": order, "number": column.number}


def _to(request: HttpRequest, number: int) -> str:
    asked = request.GET.copy()
    asked["page"] = str(number)
    return f"?{asked.urlencode()}"


FURTHEST = 2000
"""So far one pages without a total: each page walks over those before it."""


def _uncounted(request: HttpRequest, rows: Any) -> tuple[list[Any], dict[str, Any] | None]:
    """One row more than a page shows tells whether there is another page."""
    said = request.GET.get("page", "")
    number = min(max(int(said), 1), FURTHEST) if said.isascii() and said.isdecimal() and len(said) < PER_PAGE else 1
    start = (number - 1) * PER_PAGE
    found = list(rows[start : start + PER_PAGE + 1])
    more, found = len(found) > PER_PAGE, found[:PER_PAGE]
    if number == 1 and not more:
        return found, None
    return found, {
        "first": start + 1,
        "last": start + len(found),
        "total": None,
        "previous_url": _to(request, number - 1) if number > 1 else "",
        "next_url": _to(request, number + 1) if more and number < FURTHEST else "",
    }


def _pager(request: HttpRequest, shown: Any) -> dict[str, Any]:
    def to(number: int) -> str:
        return _to(request, number)

    return {
        "first": shown.start_index(),
        "last": shown.end_index(),
        "total": shown.paginator.count,
        "previous_url": to(shown.previous_page_number()) if shown.has_previous() else "",
        "next_url": to(shown.next_page_number()) if shown.has_next() else "",
    }
