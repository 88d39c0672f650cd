"""Headings against gold, and against the metadata of a publishing site (`headings.csv`)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any

from vanban.fold import key
from vanban.model import Heading
from vanban.scoring.facts import Fact
from vanban.scoring.normal import normal, symbol

_FIELDS = ("kind", "symbol", "number", "date", "issuer", "place", "title", "term", "implements")
_SIGNATURE = ("authority", "position", "name")
_SYMBOLS = ("symbol", "implements")
NOT_PRINTED = "(không in)"
NO_KIND = "Văn bản khác"
"""What the publishing site says where it says nothing."""


def compare(document: str, gold: Mapping[str, Any], found: Heading) -> Iterator[Fact]:
    """One fact for each field that the gold checked; a null there means that the document does not print it."""
    for field in _FIELDS:
        if field in gold:
            yield _fact(document, field, gold[field], getattr(found, field))
    signature = gold.get("signature") or {}
    for field in _SIGNATURE:
        if field in signature:
            yield _fact(document, f"signature.{field}", signature[field], getattr(found.signature, field, None))


def compare_site(document: str, row: Mapping[str, str], found: Heading) -> Iterator[Fact]:
    """A row of `headings.csv`. The site's issuer is a shelf ("Tỉnh X"): right where the printed issuer contains it."""
    yield _fact(document, "symbol", row["symbol"], found.symbol)
    if row["kind"] != NO_KIND:
        yield _fact(document, "kind", row["kind"], found.kind)
    yield _fact(document, "date", datetime.strptime(row["date"], "%d/%m/%Y").date(), found.date)  # noqa: DTZ007
    shelf = key(row["issuer"]) in key(found.issuer or "")
    yield Fact(document, "heading.issuer", "issuer", row["issuer"], found.issuer, right=shelf)


def _fact(document: str, field: str, gold: Any, found: Any) -> Fact:
    expected, actual = _shown(gold), _shown(found)
    if expected is None and actual is None:
        expected = actual = NOT_PRINTED
    form = symbol if field in _SYMBOLS else normal
    return Fact(document, f"heading.{field}", field, expected, actual, right=form(expected) == form(actual))


def _shown(value: Any) -> str | None:
    text = value.isoformat() if isinstance(value, date) else "" if value is None else str(value)
    return text or None
