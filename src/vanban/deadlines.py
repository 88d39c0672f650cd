"""`Quý I/2024`, `Thường xuyên`, `trước 30/6/2024` → `Deadline`. The phrases are `lexicon/deadlines.toml`."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, lru_cache
from typing import Any

from vanban.fold import fold, nfc
from vanban.lexicon import load
from vanban.model import Deadline

Bounds = tuple[date | None, date | None]
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_BLANK = re.compile(r"[\s\u00a0]")
_DASH = re.compile(r"[\u2010-\u2015\u2212\u00ad]")
_PART = re.compile(r"\{([A-Z0-9]+)\}")
_EDGE = " .;,:-–+•*"
_CENTURY = 100


@dataclass(frozen=True, slots=True)
class _Rule:
    id: str
    pattern: re.Pattern[str]
    fields: dict[str, Any]
    span: str | None
    whole: bool
    prose: bool


@lru_cache(maxsize=4096)
def parse(text: str, year: int | None = None) -> Deadline:
    """What a deadline cell says. "Trước ngày D" is due on D, "trước năm Y" ends with Y-1 (the due day is not late).

    `year` is the one that the document is about: the one meant by "Quý III" alone (rules `no-year-…`). Empty text is
    `none`; a phrase that no rule knows is `none` with the phrase kept and no rule, so that a doubt can be raised.
    """
    phrase = _BLANK.sub(" ", nfc(text)).strip()
    if not phrase.strip(_EDGE):
        return Deadline()
    return _read(phrase, _rules(), year) or Deadline(phrase=phrase)


def lacks_year(deadline: Deadline) -> bool:
    """Whether the year was not printed with the phrase."""
    return (deadline.rule or "").startswith("no-year-")


def order(sentence: str) -> Deadline | None:
    """The deadline that running text sets ("… xong trước ngày 30/6/2025"); the dates of cited works are none."""
    return _read(_BLANK.sub(" ", nfc(sentence)), tuple(rule for rule in _rules() if rule.prose))


def _read(phrase: str, rules: tuple[_Rule, ...], year: int | None = None) -> Deadline | None:
    """The earliest match wins, then the longest, then the first rule. If it makes no date, nothing is guessed."""
    plain = _DASH.sub("-", fold(phrase))
    matches = ((place, _match(rule, plain)) for place, rule in enumerate(rules))
    found = [(match.start(), -match.end(), place, match) for place, match in matches if match]
    if not found:
        return None
    _, _, place, match = min(found)
    rule = rules[place]
    bounds = _bounds(rule, match.groupdict(), year)
    if bounds is None:
        return None
    start, end = bounds
    return Deadline(start=start, end=end, phrase=phrase[match.start() : match.end()], rule=rule.id, **rule.fields)


def _match(rule: _Rule, plain: str) -> re.Match[str] | None:
    if not rule.whole:
        return rule.pattern.search(plain)
    lead = len(plain) - len(plain.lstrip(_EDGE))
    return rule.pattern.fullmatch(plain, lead, max(lead, len(plain.rstrip(_EDGE))))


@cache
def _rules() -> tuple[_Rule, ...]:
    lexicon = load("deadlines.toml")
    parts: dict[str, str] = lexicon["parts"]

    def rule(entry: dict[str, Any]) -> _Rule:
        body = _PART.sub(lambda part: parts[part[1]], entry["pattern"])
        fields: dict[str, Any] = {name: entry[name] for name in ("kind", "every") if name in entry}
        pattern = re.compile(rf"(?<![\w/])(?:{body})(?![\w/])")
        return _Rule(
            entry["id"], pattern, fields, entry.get("span"), entry.get("whole", False), entry.get("prose", False)
        )

    return tuple(rule(entry) for entry in lexicon["rule"])


def _bounds(rule: _Rule, groups: dict[str, str | None], year: int | None) -> Bounds | None:
    """First and last day, or None where the figures are no dates (31/02), run backwards (2022-2015), or lack a year."""
    if rule.span is None:
        return None, None
    figures = {name: _figure(value) for name, value in groups.items() if value}
    if (known := figures.get("y", figures.get("y2", year))) is None:
        return None
    figures["y"] = known if known >= _CENTURY else _CENTURY * 20 + known
    figures.setdefault("y2", figures["y"])
    if "m2" in figures:
        figures.setdefault("m", figures["m2"])
    try:
        start, end = _SPANS[rule.span](figures)
    except ValueError:
        return None
    return None if start and end and start > end else (start, end)


def _figure(value: str) -> int:
    return _ROMAN[value] if value in _ROMAN else {"dau": 0, "cuoi": 1}[value] if value.isalpha() else int(value)


def _day(f: dict[str, int], suffix: str = "") -> date:
    return date(f["y" + suffix], f["m" + suffix], f["d" + suffix])


def _months(year: int, first: int, year2: int, last: int) -> tuple[date, date]:
    return date(year, first, 1), date(year2, last, monthrange(year2, last)[1])


def _year(f: dict[str, int]) -> tuple[date, date]:
    return _months(f["y"], 1, f.get("y2", f["y"]), 12)


def _quarter(f: dict[str, int]) -> tuple[date, date]:
    return _months(f["y"], 3 * f["q"] - 2, f.get("y2", f["y"]), 3 * f.get("q2", f["q"]))


def _month(f: dict[str, int]) -> tuple[date, date]:
    return _months(f["y"], f["m"], f.get("y2", f["y"]), f.get("m2", f["m"]))


def _before(span: tuple[date, date]) -> Bounds:
    return None, span[0] - timedelta(days=1)


_SPANS: dict[str, Callable[[dict[str, int]], Bounds]] = {
    "day": lambda f: (None, _day(f)),
    "days": lambda f: (_day(f), _day(f, "2")),
    "year": _year,
    "years": _year,
    "quarter": _quarter,
    "quarters": _quarter,
    "month": _month,
    "months": _month,
    "half": lambda f: _months(f["y"], 1 + 6 * f["h"], f["y"], 6 + 6 * f["h"]),
    "nine": lambda f: _months(f["y"], 1, f["y"], 9),
    "school": lambda f: (date(f["y"], 9, 1), date(f["y2"], 5, 31)),
    "from_school": lambda f: (date(f["y"], 9, 1), None),
    "from_day": lambda f: (_day(f), None),
    "from_month": lambda f: (_month(f)[0], None),
    "from_quarter": lambda f: (_quarter(f)[0], None),
    "from_year": lambda f: (_year(f)[0], None),
    "before_month": lambda f: _before(_month(f)),
    "before_quarter": lambda f: _before(_quarter(f)),
    "before_year": lambda f: _before(_year(f)),
    "to_month": lambda f: (None, _month(f)[1]),
    "to_quarter": lambda f: (None, _quarter(f)[1]),
    "to_year": lambda f: (None, _year(f)[1]),
}
