"""Citation mentions against gold, and whether works that share a symbol were told apart."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from vanban.model import Citation, WorkRef
from vanban.scoring.facts import Fact
from vanban.scoring.normal import normal, symbol

Gold = Mapping[str, Any]

_DATE = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")
_TERM = re.compile(r"khóa\s+([IVXLC]+)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Mention:
    kind: str
    symbol: str
    dates: frozenset[date | None]
    """Every date that is right (gold), or the one that was read after the symbol."""
    said: str

    def agrees(self, other: Mention) -> int:
        """3 all, 2 date only, 1 kind only, 0 the symbol alone."""
        return 2 * bool(self.dates & other.dates) + (self.kind == other.kind)


def compare(document: str, gold: Gold, found: tuple[Citation, ...]) -> Iterator[Fact]:
    """`citation`: kind, symbol and date right; `citation.symbol`, `.kind`, `.date` one by one.

    Scored are mentions by symbol. The document's own symbol, numbers without a symbol, laws by name, standards and
    corrupt prints are in neither count.
    """
    wanted = _by_symbol(mention for entry in gold["citations"] for mention in _gold_mentions(entry))
    seen = _by_symbol(_found_mention(citation) for citation in found if _counts(citation))
    for sign, count in _unscored(gold).items():
        seen[sign] = _without(seen[sign], wanted[sign], count)
    for sign in sorted({*wanted, *seen}):
        yield from _pair(document, sign, wanted[sign], seen[sign])


def compare_self(document: str, gold: Gold, found: tuple[Citation, ...]) -> Iterator[Fact]:
    """The document's own symbol must be marked as such, or it would count as a work it cites."""
    own = Counter(symbol(citation.symbol) for citation in found if citation.self_mention)
    for entry in gold.get("self_mentions", ()):
        sign = symbol(entry["symbol"])
        right = own[sign] >= entry["mentions"]
        yield Fact(
            document, "citation.self", sign, entry["symbol"], entry["symbol"] if own[sign] else None, right=right
        )


def compare_works(document: str, gold: Gold, works: tuple[WorkRef, ...]) -> Iterator[Fact]:
    """`works.apart`: a symbol of several works has them all; `works.together`: short forms joined the dated one."""
    named = defaultdict(list)
    for work in works:
        if work.symbol and work.mentions:
            named[symbol(work.symbol)].append(work)
    for entry in gold.get("same_symbol_different_work", ()):
        same = named[symbol(entry["symbol"])]
        wanted = entry.get("dates") or entry["works"]
        right = len(same) == len(wanted) and all(any(_is(work, said) for work in same) for said in wanted)
        yield Fact(document, "works.apart", entry["symbol"], "; ".join(wanted), _identities(same), right=right)
    for sign in gold.get("short_forms_of_a_dated_work", ()):
        same = named[symbol(sign)]
        right = len(same) == 1 and same[0].date is not None
        yield Fact(document, "works.together", sign, "one dated work", _identities(same), right=right)


def _counts(citation: Citation) -> bool:
    return citation.form == "symbol" and not citation.self_mention


def _gold_mentions(entry: Gold) -> Iterator[Mention]:
    if entry.get("uncertain"):
        return
    before = entry.get("date_before") or {}
    for index in range(entry["mentions"]):
        dates = {_day(entry["date"]), _day(entry.get("shared_date") or entry["date"])}
        if index < before.get("mentions", 0):
            dates.add(_day(before["date"]))
        yield _mention(entry["kind"], entry["symbol"], frozenset(dates))


def _found_mention(citation: Citation) -> Mention:
    return _mention(citation.kind, citation.symbol, frozenset({citation.date}))


def _mention(kind: str | None, sign: str | None, dates: frozenset[date | None]) -> Mention:
    said = "/".join(sorted(day.isoformat() if day else "-" for day in dates))
    return Mention(normal(kind), symbol(sign), dates, f"{kind} {sign} {said}")


def _by_symbol(mentions: Iterator[Mention]) -> dict[str, list[Mention]]:
    result: dict[str, list[Mention]] = defaultdict(list)
    for mention in mentions:
        result[mention.symbol].append(mention)
    return result


def _unscored(gold: Gold) -> Counter[str]:
    """How many found mentions of a symbol are in no count."""
    entries = [
        *(entry for entry in gold["citations"] if entry.get("uncertain")),
        *gold.get("self_mentions", ()),
        *gold.get("standards", ()),
    ]
    result: Counter[str] = Counter()
    for entry in entries:
        result[symbol(entry["symbol"])] += entry["mentions"]
    return result


def _without(seen: list[Mention], wanted: list[Mention], count: int) -> list[Mention]:
    """Drop at most `count` mentions that nothing wanted accounts for."""
    spare = max(0, min(count, len(seen) - len(wanted)))
    return sorted(seen, key=lambda mention: -max((mention.agrees(want) for want in wanted), default=0))[
        : len(seen) - spare
    ]


def _pair(document: str, sign: str, wanted: list[Mention], seen: list[Mention]) -> Iterator[Fact]:
    """Pair the mentions of one symbol, the best agreement first, and of equal ones the choosiest."""
    wanted, seen, number = sorted(wanted, key=lambda mention: len(mention.dates)), list(seen), 0
    for agreement in (3, 2, 1, 0):
        for want in list(wanted):
            have = next((mention for mention in seen if want.agrees(mention) == agreement), None)
            if have is None:
                continue
            wanted.remove(want)
            seen.remove(have)
            number += 1
            yield from _facts(document, f"{sign} #{number}", want, have)
    for want in wanted:
        number += 1
        yield from _facts(document, f"{sign} #{number}", want, None)
    for have in seen:
        number += 1
        yield from _facts(document, f"{sign} #{number}", None, have)


def _facts(document: str, item: str, want: Mention | None, have: Mention | None) -> Iterator[Fact]:
    agreement = want.agrees(have) if want and have else -1
    gold, found = want.said if want else None, have.said if have else None
    for field, right in (
        ("citation", agreement == 3),  # noqa: PLR2004
        ("citation.symbol", agreement >= 0),
        ("citation.kind", agreement in {1, 3}),
        ("citation.date", agreement >= 2),  # noqa: PLR2004
    ):
        yield Fact(document, field, item, gold, found, right=right)


def _is(work: WorkRef, said: str) -> bool:
    """A gold work is told by its date or its term ("khóa X, công tác phụ nữ (cited without a date)")."""
    day, term = _DATE.search(said), _TERM.search(said)
    if day:
        return work.date == _day(day[0])
    return term is not None and normal(work.term) == normal(term[1])


def _identities(works: list[WorkRef]) -> str | None:
    return "; ".join(f"{work.kind} {work.date or '-'} {work.term or '-'}" for work in works) or None


def _day(said: str | None) -> date | None:
    match = _DATE.fullmatch(said or "")
    return date(int(match[3]), int(match[2]), int(match[1])) if match else None
