"""Where mentions stand and what they call themselves, before what follows them is read.

Four forms: by symbol (`Nghị quyết số 43-NQ/TW`), a law by name, a Party work by name (`Nghị quyết Trung ương 4 khóa
XII`), and short (`Đề án 06`). Around each rare literal only a bounded stretch is looked at.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from vanban import kinds, laws, symbols, tails
from vanban.fold import fold, squeeze

_BACK = 200
_KIND_BACK = 120
_CAPITAL_BEFORE = re.compile(r"[^\W\d_]+\s[^\W\d_]+\s$")
# OCR loses marks: "so", "sô", "sổ" are read as "số".
_NUMBER_WORDS = frozenset({"số", "SỐ", "Số", "so", "sô", "sổ"})
_LONG_NAME = re.compile(r"(?:[^\S\t]+[^\W\d_A-ZĐ]\w*){1,4}", re.UNICODE)
_SEPARATOR = re.compile(r"(?:[,;:(]|\b(?:và|hoặc|hay|cùng|VÀ))\s*$")
_BROKEN = re.compile(r"\t|[.!?](?=\s+[^\W\d_a-zà-ỹđ])|\n\s*\n")
_FIGURES = re.compile(r"[0-9]+")
_NUMBERS = re.compile(r"(?<!\w)[Ss]ố[^\S\t]{1,3}((?:[0-9]{1,4}(?:,|[^\S\t]và)[^\S\t]{1,3}){1,8})$")
_NUMBERS_REACH = 60
_BEFORE_LAST = frozenset({",", "à"})
"""What stands before the blank before the last number of a list: a comma, or the end of "và"."""
_OF = re.compile(r"[^\S\t]+(?:của|CỦA)[^\S\t]")
_BACK_REACH = 60


class Draft(Struct, frozen=True):
    """A mention without its tail; `text[start:end]` is the kind with the symbol, the name or the number."""

    start: int
    end: int
    kind: str | None
    form: Literal["symbol", "name", "short"]
    kind_text: str | None = None
    symbol: symbols.Symbol | None = None
    name: str | None = None
    term: str | None = None
    chained: bool = False
    """Takes its kind from the head of a list: `các Nghị quyết số 18-NQ/TW, số 19-NQ/TW`."""
    number_word: str | None = None
    """`số` as printed."""
    symbol_at: int = -1
    """Where the symbol begins."""
    back: bool = False
    """Points back to a work of its kind mentioned before: `Nghị quyết nêu trên`."""


def find(text: str) -> list[Draft]:
    """All mentions in order; where two overlap, the one by symbol stands."""
    places = {place.start: place for place in _with_bare_numbers(text)}
    names = list(laws.scan(text, places))
    numbered = {name.symbol_at: name for name in names if name.symbol_at is not None}
    drafts = list(_by_symbol(text, places.values(), numbered))
    plain = (Draft(one.start, one.end, one.kind, "name", name=one.name) for one in names if one.symbol_at is None)
    return _with_what_they_point_to(_apart([*drafts, *plain, *_party_works(text), *_short(text), *_back(text)]))


def _with_bare_numbers(text: str) -> Iterator[symbols.Place]:
    """`số 26, 27 và 28-NQ/TW`: the numbers before share the last one's code."""
    for place in symbols.scan(text):
        if text[max(0, place.start - 2) : place.start - 1] not in _BEFORE_LAST:
            yield place
            continue
        lead = text[max(0, place.start - _NUMBERS_REACH) : place.start]
        if bare := _NUMBERS.search(lead):
            code = place.symbol.text.removeprefix(f"{_FIGURES.match(text, place.start)[0]}")  # type: ignore[index]
            for number in _FIGURES.finditer(bare[1]):
                start = place.start - len(lead) + bare.start(1) + number.start()
                if symbol := symbols.parse(number[0] + code):
                    yield symbols.Place(start, start + len(number[0]), symbol)
        yield place


def _with_what_they_point_to(drafts: list[Draft]) -> list[Draft]:
    """Without the words that point back to a kind of which nothing was mentioned."""
    kept: list[Draft] = []
    seen: set[str | None] = set()
    for draft in drafts:
        if not draft.back:
            seen.add(draft.kind)
        elif not any(kinds.agree(kind, draft.kind) for kind in seen if kind):
            continue
        kept.append(draft)
    return kept


def _apart(drafts: list[Draft]) -> list[Draft]:
    """In order of place, without overlaps."""
    order = {"symbol": 0, "name": 1, "short": 2}
    kept: list[Draft] = []
    for draft in sorted(drafts, key=lambda one: (one.start, order[one.form])):
        if kept and draft.start < kept[-1].end:
            if order[draft.form] >= order[kept[-1].form]:
                continue
            kept.pop()
        kept.append(draft)
    return kept


def _by_symbol(text: str, places: Iterable[symbols.Place], numbered: Mapping[int, laws.Name]) -> Iterator[Draft]:
    before: Draft | None = None
    for place in places:
        law = numbered.get(place.start)
        if law is not None:
            draft: Draft | None = Draft(
                law.start,
                place.end,
                law.kind,
                "symbol",
                symbol=place.symbol,
                name=law.name,
                number_word="số",
                symbol_at=place.start,
            )
        else:
            draft = _headed(text, place, before)
        if draft is not None:
            before = draft
            yield draft


def _headed(text: str, place: symbols.Place, before: Draft | None) -> Draft | None:
    """The mention with the kind printed before it, or its list's, or the one that its code stands for."""
    floor = max(0, place.start - _BACK, before.end if before else 0)
    floor = max(floor, text.rfind("\t", floor, place.start) + 1)
    lead = text[floor : place.start]
    said, body = _number_word(lead)
    start = floor + len(body) if said else place.start
    ending, other = _not_document()
    if tails.ends_in(body, ending) and other.search(body):
        return None
    head = _kind(body, place.symbol, numbered=said is not None)
    if head is not None:
        at, kind, kind_text = head
        return Draft(
            floor + at, place.end, kind, "symbol", kind_text, place.symbol, number_word=said, symbol_at=place.start
        )
    bare = Draft(start, place.end, None, "symbol", None, place.symbol, number_word=said, symbol_at=place.start)
    law = laws.before(body) if place.symbol.family == "assembly" else None
    if law is not None:
        return replace(bare, start=floor + law[0], kind=law[1], name=law[2])
    return _headless(text, place, before, bare)


def _number_word(lead: str) -> tuple[str | None, str]:
    """`số` at the end of a text, as printed, and what stands before it; without it, the text."""
    bare = lead.rstrip().removesuffix(":").rstrip()
    said, before = bare[-2:], bare[-3:-2]
    if said in _NUMBER_WORDS and not (before.isalnum() or before == "_"):
        return said, bare[:-2]
    return None, lead


def _headless(text: str, place: symbols.Place, before: Draft | None, bare: Draft) -> Draft | None:
    coded = kinds.of_code(place.symbol.type) if place.symbol.type else ()
    if before is not None and _same_list(text, before, bare) and _fits(before.kind, place.symbol):
        return _with_kind(bare, before.kind, chained=True)
    if not place.symbol.whole or (not coded and bare.number_word is None):
        return None
    if place.symbol.family == "letter":
        return _with_kind(bare, "Công văn") if bare.number_word else None
    return _with_kind(bare, coded[0] if coded else None)


def _with_kind(bare: Draft, kind: str | None, *, chained: bool = False) -> Draft:
    return replace(bare, kind=kind, chained=chained)


def _same_list(text: str, before: Draft, bare: Draft) -> bool:
    """Nothing ends a sentence or a cell in between, and a comma, `và` … stands right before."""
    between = text[before.end : bare.start]
    if len(between) > 3 * _BACK or before.form != "symbol":
        return False
    return bool(_SEPARATOR.search(between)) and not _BROKEN.search(between)


def _fits(kind: str | None, symbol: symbols.Symbol) -> bool:
    coded = kinds.of_code(symbol.type) if symbol.type else ()
    return not coded or any(kinds.agree(kind, one) for one in coded)


def _kind(body: str, symbol: symbols.Symbol, *, numbered: bool) -> tuple[int, str, str | None] | None:
    """Where the kind begins in `body`, its base word, and the longer name that ends right before the number."""
    body, cut = body[-_KIND_BACK:], max(0, len(body) - _KIND_BACK)
    head = _kind_within(body, symbol, numbered=numbered)
    return head and (head[0] + cut, *head[1:])


def _kind_within(body: str, symbol: symbols.Symbol, *, numbered: bool) -> tuple[int, str, str | None] | None:
    direct = kinds.at_end(body)
    if direct is not None and (both := _both(body, direct[0], direct[1], symbol)):
        return both
    if direct is not None and (body[direct[0]].isupper() or not _CAPITAL_BEFORE.search(body[: direct[0]])):
        return *direct, None
    for match in reversed(_outermost(list(kinds.pattern().finditer(body)))):
        kind, gap = kinds.canonical(match[0]), body[match.end() :].strip(' :\n\xa0"“*')
        if kind is None or any(letter in gap for letter in ',;:.()[]"“”'):
            break
        fits = _fits(kind, symbol)
        if not gap or (fits and _long_name(gap)):
            return match.start(), kind, squeeze(f"{kind} {gap}") if gap else None
        if fits:
            own = numbered and _OF.match(f" {gap} ") and not kinds.pattern().search(gap)
            return (match.start(), kind, None) if own else None
    return None


def _both(body: str, at: int, kind: str, symbol: symbols.Symbol) -> tuple[int, str, str] | None:
    """`Thông báo Kết luận số 12/TB-UBND`: of two kinds that stand side by side the one that the number's code says."""
    outer = None if _fits(kind, symbol) else kinds.at_end(body[:at])
    if outer is None or not _fits(outer[1], symbol) or ":" in body[outer[0] : at]:
        return None
    return *outer, squeeze(body[outer[0] :])


def _long_name(gap: str) -> bool:
    """`Báo cáo thẩm tra số …`: a few small words that belong to the document's name, not to the sentence."""
    return bool(_LONG_NAME.fullmatch(" " + gap)) and not _loose_words().search(gap) and "của" not in gap.split()


def _outermost(found: list[re.Match[str]]) -> list[re.Match[str]]:
    """`Thông báo kết luận`: a kind in small letters right after one with a capital belongs to that one's name."""
    kept: list[re.Match[str]] = []
    for match in found:
        joined = kept and match.start() - kept[-1].end() == 1
        if joined and match[0][0].islower() and kept[-1][0][0].isupper():
            continue
        kept.append(match)
    return kept


@cache
def _loose_words() -> re.Pattern[str]:
    return re.compile(r"\b" + tails.any_of(tails.words()["issuer"]["stops"]) + r"\b", re.IGNORECASE)


@cache
def _not_document() -> tuple[tuple[str, ...], re.Pattern[str]]:
    said = tails.words()["before"]["not_documents"]
    return tails.last_words(said), re.compile(r"(?<!\w)" + tails.any_of(said) + r"\s*$", re.IGNORECASE)


@cache
def _party_pattern() -> re.Pattern[str]:
    said = tails.words()["named"]
    kind, body, blank = tails.any_of(said["kinds"]), tails.any_of(said["bodies"]), r"[^\S\t]+"
    place = rf"(?:tỉnh|thành{blank}phố|huyện|thị{blank}xã|quận|xã|phường)(?:{blank}[A-ZĐ][\w-]*){{0,3}}"
    between = rf"Đảng{blank}bộ|Đảng|toàn{blank}quốc|đại{blank}biểu|lần{blank}thứ|{place}"
    term = rf"(?:,?{blank}\(?(?i:khóa|khoá){blank}([IVXLC]+)\b\)?)?"
    return re.compile(
        rf"({kind})(?:{blank}(?:của|số))?{blank}{body}(?:{blank}(?:{between}))*"
        rf"(?:{blank}(?:([0-9]{{1,2}})|([IVXLC]+))\b)?{term}"
    )


_MORE_TERMS = re.compile(r"(?:,|[^\S\t]+và)[^\S\t]+(?:khóa|khoá)[^\S\t]+([IVXLC]+)\b")


def _party_works(text: str) -> Iterator[Draft]:
    """`Nghị quyết Trung ương 4 khóa XI, khóa XII`: two works. Without number and term it names none."""
    for found in _party_pattern().finditer(text):
        if not (found[2] or found[3] or found[4]):
            continue
        kind, name, term = kinds.canonical(found[1]), squeeze(found[0]), found[4]
        yield Draft(found.start(), found.end(), kind, "name", name=name, term=term)
        end = found.end()
        while term and (more := _MORE_TERMS.match(text, end)) is not None:
            yield Draft(end + 1, more.end(), kind, "name", name=name.replace(term, more[1]), term=more[1], chained=True)
            end = more.end()


@cache
def _short_pattern() -> re.Pattern[str]:
    said = tails.words()["short"]
    kind, counts = tails.any_of(said["kinds"]), tails.any_of(said["counts"])
    code = r"[^\S\t]?[-‑–/][^\S\t]?\w|[.,:%&]\w"
    count = rf"[^\S\t]*%|[^\S\t]+{counts}\b"
    return re.compile(rf"({kind})[^\S\t]+(?:số[^\S\t]+)?([0-9]{{2,4}})\b(?!{code})(?!{count})")


_YEAR = re.compile(r"(?:19|20)[0-9]{2}")


def _short(text: str) -> Iterator[Draft]:
    for found in _short_pattern().finditer(text):
        if not _YEAR.fullmatch(found[2]):
            yield Draft(found.start(), found.end(), kinds.canonical(found[1]), "short", name=squeeze(found[0]))


@cache
def _back_patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    said = tails.words()["back"]
    several = re.compile(rf"\b{tails.any_of(said['several'])}\s+$", re.IGNORECASE)
    return re.compile(rf"[^\S\t]+{tails.any_of(said['words'])}\b"), several


def _back(text: str) -> Iterator[Draft]:
    words, several = _back_patterns()
    for found in words.finditer(text):
        low = max(0, found.start() - _BACK_REACH)
        kind = kinds.at_end(text[low : found.start()])
        start = low + kind[0] if kind else 0
        if kind is None or not text[start].isupper() or several.search(text, max(0, start - 12), start):
            continue
        yield Draft(start, found.end(), kind[1], "short", name=squeeze(text[start : found.end()]), back=True)


def in_annex_line(text: str, draft: Draft) -> bool:
    """`(Kèm theo Kế hoạch số …`: a line that opens with a bracket and the words that tie an annex to its document."""
    line = text[max(text.rfind("\n", 0, draft.start), draft.start - _BACK) + 1 : draft.start].lstrip(" \t*_")
    if draft.symbol is None or not line.startswith("("):
        return False
    return any(fold(phrase) in fold(line) for phrase in tails.words()["before"]["annex"])
