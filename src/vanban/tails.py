"""What is printed after a citation's symbol or name: date, issuer, term, title.

Order in print (Guidance 05-HD/VPTW; Decree 30/2020/NĐ-CP): [,] ngày D của ISSUER [(khóa T)] về TITLE; each may be
missing, and the issuer may stand before the date. White space may be a line end, never a table cell's.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from functools import cache
from typing import Any

from msgspec import Struct

from vanban import kinds
from vanban.fold import squeeze
from vanban.lexicon import load

LOWER = "a-zàáâãèéêìíòóôõùúýăđĩũơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ"
"""Small letters, for a class in a pattern."""

_S = r"[^\S\t]*"
_DATE = (
    rf"(?:ngày|NGÀY){_S}([0-9]{{1,2}}){_S}(?:[/.–-]|(?:tháng|THÁNG)){_S}"
    rf"([0-9]{{1,2}}){_S}(?:[/.–-]|,?{_S}(?:năm|NĂM)){_S}([0-9]{{4}})(?![0-9])"
)
_DATE_NEXT = re.compile(r"[^\S\t]*,?[^\S\t]*\(?(?:(?:được )?(?:ký )?ban hành )?" + _DATE)
_DATE_FIRST = re.compile(r"(?i:\b" + _DATE + r")")
_YEAR_NEXT = re.compile(
    r"(?:[^\S\t]+\([A-ZĐ&]{2,12}\))?[^\S\t]+(?=(?:(?:năm|NĂM)[^\S\t]+)?((?:19|20)[0-9]{2})\b(?![/.-][\w]))"
    r"(?P<said>(?:(?:năm|NĂM)[^\S\t]+)?[0-9]{4})"
)
_BRACKET = re.compile(r"[^\S\t]*\((?!(?i:kh[oó][aá]|kh[óo][áa]))[^()\n\t]{2,60}\)(?=[^\S\t])")
_TERM_NEXT = re.compile(r"[^\S\t]*,?[^\S\t]*\(?(?i:kh[oó][aá]|kh[óo][áa])[^\S\t]+([IVXLC]+)\b\)?")
_OF = re.compile(r"[^\S\t]*,?[^\S\t]*(?:của|CỦA|giữa|GIỮA)[^\S\t]+")
_BLANK = re.compile(r"[^\S\t]*,?[^\S\t]*")
_NAME_STOP = re.compile(rf"[;:.()\"“”*<>\t|]|,|\n(?![^\S\n]*[{LOWER}])")
_LISTED = re.compile(r",[^\S\t]\w+(?:[^\S\t]\w+){0,3}[^\S\t]và[^\S\t]\w")
_TITLE_STOP = re.compile(rf"[;\t|]|\.(?=\s|$|[\"”])|\n(?!\s*[{LOWER}\"“])")
_QUOTED = re.compile(r"[\"“]([^\"“”]{1,600})[\"”]")
_ISSUER_REACH = 160
_TITLE_REACH = 600
_SHORTEST_TITLE = 8
_LONGEST_WORD = 12
_ABOUT = re.compile(r"^(?:về việc|về)\s+", re.IGNORECASE)


class Tail(Struct, frozen=True):
    """What follows; `end` is where the mention itself ends (its date, or where it began)."""

    end: int
    date: date | None = None
    date_text: str | None = None
    issuer: str | None = None
    term: str | None = None
    title: str | None = None


def read(text: str, at: int, limit: int, title_limit: int | None = None) -> Tail:
    """Read what follows `at`, never past `limit` (the next citation); a title may go on to `title_limit`."""
    dated, end = _dated(text, at, limit), at
    if dated:
        at = end = dated[0].end()
    term, at = _term(text, at, limit)
    issuer, at = _issuer(text, at, limit, dated=dated is not None)
    if issuer:
        late, at = _term(text, at, limit)
        term = late or term
        if dated is None and (dated := _dated(text, at, limit)):
            at = end = dated[0].end()
    if issuer and text.startswith("(", at + 1) and (bracket := _BRACKET.match(text, at, limit)):  # its abbreviation
        at = bracket.end()
    title = _title(text, at, title_limit or limit, verbs=dated is not None)
    printed = squeeze(dated[0][0].lstrip(" ,(\n\xa0")) if dated else None
    return Tail(end, dated[1] if dated else None, printed, issuer, term, title)


def date_after(text: str, at: int, limit: int) -> date | None:
    """The date alone of what `read` reads."""
    dated = _dated(text, at, limit)
    if dated is None:
        _, at = _term(text, at, limit)
        issuer, at = _issuer(text, at, limit, dated=False)
        dated = _dated(text, _term(text, at, limit)[1], limit) if issuer else None
    return dated[1] if dated else None


def year(text: str, at: int) -> re.Match[str] | None:
    """`năm 2024`, `2024`, `(BLDS) năm 2015` right after a law's name; group `said` without the abbreviation."""
    return _YEAR_NEXT.match(text, at)


def day(found: re.Match[str]) -> date | None:
    """A match of a printed date; None for a day that no calendar has."""
    try:
        return date(int(found[3]), int(found[2]), int(found[1]))
    except ValueError:
        return None


def last_date(text: str) -> re.Match[str] | None:
    """The last printed date of a short stretch, however its first letter is cased."""
    return next(reversed(list(_DATE_FIRST.finditer(text))), None)


@cache
def words() -> dict[str, Any]:
    return load("citations.toml")


def any_of(phrases: list[str]) -> str:
    """A pattern for any of the phrases, the longest first, blanks as any white space."""
    ordered = sorted(phrases, key=len, reverse=True)
    return "(?:" + "|".join(r"\s+".join(map(re.escape, phrase.split(" "))) for phrase in ordered) + ")"


def last_words(phrases: Iterable[str]) -> tuple[str, ...]:
    """The last word of each phrase, in small letters, for `ends_in`."""
    return tuple({phrase.split(" ")[-1].lower() for phrase in phrases})


def ends_in(text: str, words: tuple[str, ...]) -> bool:
    """Whether a text may end with one of the phrases, blanks apart: quicker to ask than a pattern."""
    return text.rstrip()[-_LONGEST_WORD:].lower().endswith(words)


def _dated(text: str, at: int, limit: int) -> tuple[re.Match[str], date] | None:
    found = _DATE_NEXT.match(text, at, limit)
    value = day(found) if found else None
    return (found, value) if found and value else None


def _term(text: str, at: int, limit: int) -> tuple[str | None, int]:
    found = _TERM_NEXT.match(text, at, limit)
    return (found[1], found.end()) if found else (None, at)


@cache
def _issuer_words() -> tuple[re.Pattern[str], re.Pattern[str]]:
    said = words()["issuer"]
    return re.compile(any_of(said["heads"]) + r"\b"), re.compile(r"\s" + any_of(said["stops"]) + r"\b")


def _issuer(text: str, at: int, limit: int, *, dated: bool) -> tuple[str | None, int]:
    """`của Ban Bí thư`, or a body's name straight after the date. Returns it and where it ends."""
    heads, stops = _issuer_words()
    of = _OF.match(text, at, limit)
    start = of.end() if of else _blank_end(text, at, limit)
    bare = of is None and dated and "," not in text[at:start] and heads.match(text, start, limit)
    if not text[start : start + 1].isupper() or not (of or bare):
        return None, at
    reach = text[start : min(limit, start + _ISSUER_REACH)]
    if reach.split(" ", 1)[0].isupper() and reach[:80].isupper():
        reach = reach.lower()
    ends = [_name_end(reach), *(found.start() for found in (stops.search(reach), _kind_inside(reach)) if found)]
    end = min(ends)
    name = text[start : start + end].rstrip(" ,-\n")
    name = name.removesuffix(" và").rstrip(" ,")
    return (squeeze(name), start + len(name)) if name else (None, at)


def _kind_inside(reach: str) -> re.Match[str] | None:
    """`Tỉnh ủy Quy định tạm thời …`: a kind with a capital begins the title."""
    return kinds.capital_pattern().search(reach, 1)


def _blank_end(text: str, at: int, limit: int) -> int:
    found = _BLANK.match(text, at, limit)
    return found.end() if found else at


def _name_end(reach: str) -> int:
    """Punctuation ends a name; not the commas of `Bộ Văn hóa, Thể thao và Du lịch`, nor a line end after its head."""
    at = 0
    while found := _NAME_STOP.search(reach, at):
        listed = _LISTED.match(reach, found.start()) if found[0] == "," else None
        broken = found[0] == "\n" and reach[: found.start()].strip().isalpha()
        if not listed and not broken:
            return found.start()
        at = listed.end() if listed else found.end()
    return len(reach)


@cache
def _openers() -> tuple[re.Pattern[str], re.Pattern[str]]:
    said = words()["title"]
    blank = r"[^\S\t]*,?[^\S\t]*"
    return (
        re.compile(blank + any_of(said["openers"]) + r"[^\S\t]+", re.IGNORECASE),
        re.compile(blank + "(?=" + any_of(said["verbs"]) + r"[,\s])", re.IGNORECASE),
    )


def _title(text: str, at: int, limit: int, *, verbs: bool) -> str | None:
    about, verb = _openers()
    quoted = _QUOTED.match(text, _blank_end(text, at, limit), limit)
    if quoted:
        return _bare(quoted[1])
    opener = about.match(text, at, limit) or (verb.match(text, at, limit) if verbs else None)
    if opener is None:
        return None
    quoted = _QUOTED.match(text, opener.end(), limit)
    if quoted:
        return _bare(quoted[1])
    reach = text[opener.end() : min(limit, opener.end() + _TITLE_REACH)]
    stop = _TITLE_STOP.search(reach)
    return _bare(_before_main_clause(_closed(reach[: stop.start()] if stop else reach)))


@cache
def _main_clause() -> re.Pattern[str]:
    said = words()["title"]
    body = rf",\s+{any_of(said['main_heads'])}\b[^,;.:]{{0,90}}?\s{any_of(said['main_verbs'])}(?!\w)"
    return re.compile(rf"{body}|,?\s+{any_of(said['stops'])}(?!\w)")


@cache
def _ends_of_title() -> re.Pattern[str]:
    said = words()["title"]
    return re.compile(any_of([*said["stops"], *said["main_verbs"]]))


def _may_go_on(title: str) -> bool:
    """Quicker to ask than the clause itself: few titles hold one of its verbs."""
    return _ends_of_title().search(title) is not None


def _before_main_clause(title: str) -> str:
    """`… về việc phòng, chống bão, Ban Chỉ huy yêu cầu`: behind the comma the sentence itself begins."""
    clause = _main_clause().search(title) if _may_go_on(title) else None
    return title[: clause.start()] if clause else title


def _closed(title: str) -> str:
    """Cut at the end of a bracket that was opened before the title."""
    if ")" not in title:
        return title
    depth = 0
    for place, letter in enumerate(title):
        depth += (letter == "(") - (letter == ")")
        if depth < 0:
            return title[:place]
    return title


def _bare(title: str) -> str | None:
    said = squeeze(title)
    if said.rfind("(") > said.rfind(")"):
        said = said[: said.rfind("(")]
    said = said.strip(' ,;:.-*"“”').removesuffix(" và").rstrip(" ,")
    said = _ABOUT.sub("", said)
    return said if len(said) >= _SHORTEST_TITLE else None
