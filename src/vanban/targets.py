"""`đến năm 2030 …`, `đạt 95 %`, `giảm 2–3 %/năm`, `ít nhất 01 mô hình` → `Target`. The words: `lexicon/targets.toml`.

Figures are looked for first, since they are rare, then their words around them: linear in the length of the text.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from vanban.fold import fold, squeeze
from vanban.lexicon import load
from vanban.model import Outline, Span, Target
from vanban.sheet import Line, Sheet

Comparison = Literal["exactly", "at_least", "at_most", "between", "over", "under"]
_BEHIND = 40
"""How far before a figure its comparison may stand."""
_LONGEST = 1200
"""Characters of a sentence that are told with each of its targets: longer are only lists without stops."""
_STEP = 300
"""What stands around a target in a longer one begins and ends at steps, so that neighbours share one text."""
_DIGIT = re.compile(r"\d")
_SENTENCE = re.compile(r"[^.;!?\n]+(?:[.,]\d[^.;!?\n]*)*[.;!?]?")
_DASH = re.compile(r"[\u2010-\u2015\u2212]")
_UNIT = re.compile(r"\s*%(?:\s*/\s*(?:năm|quý|tháng)|\s*(?:mỗi|một|hằng|hàng) năm)?", re.IGNORECASE)
_NOUN = re.compile(r"\s+([^\W\d_]+(?:\s+[^\W\d_]+){0,2})")
_QUOTED = re.compile(r"[“\"«][^”\"»\n]*[”\"»]")


@dataclass(frozen=True, slots=True)
class _Words:
    milestone: re.Pattern[str]
    own: re.Pattern[str]
    money: re.Pattern[str]
    reached: re.Pattern[str]
    count: re.Pattern[str]
    figure: re.Pattern[str]
    comparisons: tuple[tuple[Comparison, re.Pattern[str]], ...]
    upward: re.Pattern[str]
    change: re.Pattern[str]
    level: re.Pattern[str]
    cited: re.Pattern[str]
    reach: int


def find(sheet: Sheet, outline: Outline) -> tuple[Target, ...]:
    """Targets in running text, in its order: tables speak of tasks, recipients' lines of nobody's level."""
    shut = [recipient.span for recipient in outline.recipients]
    found: list[Target] = []
    for block in sheet.blocks:
        if not isinstance(block, Line) or not _DIGIT.search(block.text):
            continue
        if not any(span.start <= block.span.start < span.end for span in shut):
            found.extend(_in_line(block))
    return tuple(found)


def _in_line(line: Line) -> Iterator[Target]:
    folded = _DASH.sub("-", fold(line.text))
    quoted = [(match.start() + line.span.start, match.end() + line.span.start) for match in _QUOTED.finditer(line.text)]
    for sentence in _SENTENCE.finditer(line.text):
        start, end = sentence.span()
        place = _Place(line, folded, start, end, tuple(_words().milestone.finditer(folded, start, end)), {})
        targets = sorted((*_milestones(place), *_figures(place)), key=lambda target: target.span.start)
        for target in targets:
            if not _within(quoted, target.span.start):
                yield target


def _within(spans: Sequence[tuple[int, int]], at: int) -> bool:
    """Whether a place lies in one of the spans, which stand in order and apart."""
    index = bisect_right(spans, at, key=lambda span: span[0]) - 1
    return index >= 0 and at < spans[index][1]


@dataclass(frozen=True, slots=True)
class _Place:
    """A sentence of a line; offsets are the line's."""

    line: Line
    folded: str
    start: int
    end: int
    milestones: tuple[re.Match[str], ...]
    told: dict[tuple[int, int], str]
    """Pieces of the line that were told, kept once however many targets they hold."""

    def span(self, start: int, end: int) -> Span:
        at = self.line.span
        return Span(start=at.start + start, end=at.start + end, page=at.page)

    def text(self, start: int, end: int) -> str:
        """The sentence, or what stands around the target where it is endless."""
        first, last = self.start, self.end
        if last - first > _LONGEST:
            first = max(first, (start // _STEP - 1) * _STEP)
            last = min(last, (end // _STEP + 2) * _STEP)
        if (first, last) not in self.told:
            self.told[first, last] = squeeze(self.line.text[first:last])
        return self.told[first, last]

    def year_before(self, at: int) -> int | None:
        """Of the last milestone that ends before a figure."""
        index = bisect_right(self.milestones, at, key=re.Match.end)
        return int(self.milestones[index - 1]["year"]) if index else None


def _milestones(place: _Place) -> Iterator[Target]:
    words = _words()
    for match in place.milestones:
        before = place.folded[max(place.start, match.start() - words.reach) : match.start()]
        own = words.own.match(place.folded[place.start : match.start()])
        if words.cited.search(before) and not own:
            continue
        said, span = place.text(*match.span()), place.span(*match.span())
        yield Target(kind="milestone", text=said, year=int(match["year"]), span=span)


def _figures(place: _Place) -> Iterator[Target]:
    for match in _words().figure.finditer(place.folded, place.start, place.end):
        target = _figure(place, match)
        if target:
            yield target


def _figure(place: _Place, match: re.Match[str]) -> Target | None:
    low, high = _number(match["low"]), _number(match["high"]) if match["high"] else None
    behind = place.folded[max(place.start, match.start() - _BEHIND) : match.start()]
    unit = _UNIT.match(place.line.text, match.end())
    if unit is None and _words().reached.search(behind):
        unit = _words().money.match(place.folded, match.end(), place.end)
    comparison = _comparison(behind, place.folded[match.end() : min(place.end, match.end() + _BEHIND)])
    changed = _words().change.search(behind)
    if unit is None:
        noun = _NOUN.match(place.line.text, match.end())
        counted = comparison in {"at_least", "at_most"} or (
            _words().count.search(behind) is not None and place.year_before(match.start()) is not None
        )
        if not counted or noun is None or noun.end() > place.end:
            return None
        return _target(place, match, "count", low, high, noun[1], comparison, noun.end())
    printed = place.line.text[unit.start() : unit.end()]
    heads_sentence = not behind.strip(" -+")
    if not (changed or heads_sentence or comparison != "exactly" or _words().level.search(behind)):
        return None
    return _target(place, match, "change" if changed else "level", low, high, squeeze(printed), comparison, unit.end())


def _target(
    place: _Place,
    match: re.Match[str],
    kind: Literal["level", "change", "count"],
    low: float,
    high: float | None,
    unit: str,
    comparison: Comparison,
    end: int,
) -> Target:
    return Target(
        kind=kind,
        text=place.text(match.start(), end),
        year=place.year_before(match.start()),
        low=None if comparison in {"at_most", "under"} and high is None else low,
        high=low if comparison in {"at_most", "under", "exactly"} and high is None else high,
        unit=unit,
        comparison="between" if high is not None else comparison,
        span=place.span(match.start(), end),
    )


def _comparison(behind: str, ahead: str) -> Comparison:
    if _words().upward.match(ahead):
        return "at_least"
    return next((name for name, pattern in _words().comparisons if pattern.search(behind)), "exactly")


def _number(printed: str) -> float:
    return float(printed.replace(".", "").replace(",", "."))


@cache
def _words() -> _Words:
    lexicon = load("targets.toml")
    number = lexicon["parts"]["N"]
    comparisons: list[tuple[Comparison, re.Pattern[str]]] = [
        (name, _ending(lexicon["comparison"][name])) for name in ("at_least", "at_most", "over", "under")
    ]
    return _Words(
        own=re.compile(lexicon["milestone"]["own"]),
        money=re.compile(lexicon["money"]["pattern"]),
        reached=_ending(lexicon["money"]["words"]),
        count=re.compile(rf"\b(?:{'|'.join(lexicon['count']['words'])}) $"),
        milestone=re.compile(rf"\b(?:{lexicon['milestone']['pattern']})(?!\d)"),
        figure=re.compile(rf"(?<![\w/.,-])(?P<low>{number})(?: ?%? ?- ?(?P<high>{number}))?(?![\d/])"),
        comparisons=tuple(comparisons),
        upward=re.compile(rf" ?%?[^,;%\d]{{0,20}}\b(?:{'|'.join(lexicon['comparison']['upward'])})\b"),
        change=re.compile(rf"\b(?:{'|'.join(lexicon['change']['words'])})\b[^,;]*$"),
        level=_ending(lexicon["level"]["words"]),
        cited=re.compile(rf"\b(?:{'|'.join(lexicon['cited']['kinds'])})\b(?:[^,;]*|[^;]*\bve\b[^;]*)$"),
        reach=lexicon["cited"]["reach"],
    )


def _ending(words: list[str]) -> re.Pattern[str]:
    """One of the words, with at most a few words between it and the figure."""
    return re.compile(rf"\b(?:{'|'.join(words)})\b(?: \w+)?(?: \w+)? ?$")
