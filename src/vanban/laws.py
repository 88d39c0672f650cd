"""Laws cited by name: `Luật Đất đai`, `Bộ luật Dân sự năm 2015`, `Luật sửa đổi, bổ sung một số điều của Luật …`.

Where a name ends is found by grammar: it begins with a capital, runs on over words and over the commas and `và` inside
it, and ends at punctuation, a number, a date, or a word at which names stop (`lexicon/citations.toml`, [law]).
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
from functools import cache

from msgspec import Struct

from vanban import kinds, tails
from vanban.fold import fold, squeeze

_HEAD = re.compile(r"(?:Bộ [Ll]uật|BỘ LUẬT|Luật|LUẬT|Pháp lệnh|PHÁP LỆNH|Hiến pháp|HIẾN PHÁP)(?!\w)")
_STEP = re.compile(r"(,?)([^\S\t]{1,4})((?:[^\W\d_]|[/&])+(?:-[^\W\d_]+)*)")
_NUMBER_NEXT = re.compile(r"(?:[^\S\t]{1,4}(?:số|SỐ|Số|so|sô|sổ)[^\S\t]{0,3}:?)?[^\S\t]{1,4}")
_IN_BRACKET = re.compile(r"[^\S\t]{1,4}\((?:(?:Bộ luật|Luật|Pháp lệnh)[^\S\t]+)?số[^\S\t]{1,3}")
_WORD, _BLANK = re.compile(r"[^\W\d_]+"), re.compile(r",?[^\S\t]{1,3}")
_CAPITALS = rf"[^\W\d_{tails.LOWER}]{{2,}}"
_SHOUT = re.compile(rf"[^\S\t]*\n[^\S\t]*{_CAPITALS}[^\S\t]+{_CAPITALS}(?!\w)")
_ALSO = re.compile(r"(?:,|,?[^\S\t]+và)[^\S\t]+")
_TOLD_WITHIN = 90
_SOME = r"(?:[^\S\t]+(?i:một số điều|một số nội dung))?(?:[^\S\t]+(?i:của))?[^\S\t]+"
_AMENDING = re.compile(r"[^\S\t]+(?i:sửa đổi,?[^\S\t]+(?:và[^\S\t]+)?bổ sung)" + _SOME)
_STATE = re.compile(" nước Cộng h(?:òa|oà) xã hội chủ nghĩa Việt Nam".replace(" ", r"[^\S\t]+"), re.IGNORECASE)
_BACK = 24
_LONGEST = 40
_CONSTITUTION = "Hiến pháp"


class Name(Struct, frozen=True):
    """A law's name at `text[start:end]`; `symbol_at` is where its number begins, if one follows at once."""

    start: int
    end: int
    kind: str
    name: str
    symbol_at: int | None


def scan(text: str, symbols_at: Container[int]) -> Iterator[Name]:
    """All laws named in a text, in order. `symbols_at`: where document numbers begin."""
    done = 0
    for head in _HEAD.finditer(text):
        if head.start() < done or not _may_begin(text, head.start()):
            continue
        name = _amending(text, head, symbols_at) or _plain(text, head, symbols_at)
        if name is not None:
            done = name.end
            yield name


def spelled_out(name: str) -> str:
    """What two names of laws are compared by: folded, the abbreviations in it written out."""
    short: dict[str, str] = tails.words()["law"]["short"]
    return " ".join(fold(short.get(word.lower(), word)) for word in squeeze(name).split(" "))


def _may_begin(text: str, start: int) -> bool:
    if text[start - 1 : start].isalnum():
        return False
    ending, pattern = _not_after()
    lead = text[max(0, start - _BACK) : start]
    return not (tails.ends_in(lead, ending) and pattern.search(lead))


@cache
def _not_after() -> tuple[tuple[str, ...], re.Pattern[str]]:
    said = tails.words()["law"]["not_after"]
    return tails.last_words(said), re.compile(r"\b" + tails.any_of(said) + r"\s+$", re.IGNORECASE)


def _amending(text: str, head: re.Match[str], symbols_at: Container[int]) -> Name | None:
    """`Luật sửa đổi, bổ sung một số điều của Luật X`: one name. Where X bears its number, X is what is cited."""
    opener = _AMENDING.match(text, head.end())
    inner = _HEAD.match(text, opener.end()) if opener else None
    law = _plain(text, inner, symbols_at) if inner else None
    if law is None or law.symbol_at is not None:
        return None
    end = _last_amended(text, law.end, symbols_at)
    return Name(head.start(), end, _kind(head), squeeze(text[head.start() : end]), None)


def _last_amended(text: str, end: int, symbols_at: Container[int]) -> int:
    """`… của Luật A, Luật B và Luật C`: one law may amend several, and is named by all of them."""
    while True:
        also = _ALSO.match(text, end)
        inner = _HEAD.match(text, also.end()) if also else None
        law = _plain(text, inner, symbols_at) if inner and _amendable(text, end) else None
        if law is None or law.symbol_at is not None:
            return end
        end = law.end


def _amendable(text: str, end: int) -> bool:
    """Nothing that tells the law before apart (its year or day) stands in between, so that the name may go on."""
    return tails.year(text, end) is None and tails.date_after(text, end, end + 60) is None


def _plain(text: str, head: re.Match[str], symbols_at: Container[int]) -> Name | None:
    kind = _kind(head)
    if kind == _CONSTITUTION:
        return _constitution(text, head)
    end = _end(text, head.end(), capitals=head[0].isupper())
    if _not_name().match(text, head.end()):
        return None
    small = head.end()
    if text[head.end() + 1 : head.end() + 2].islower() and not head[0].isupper():
        small = _small_end(text, head.end())
        end = max(end, small)
    if end == head.end():
        return None
    at = _number_at(text, end, symbols_at)
    told = at is not None or _told(text, end)
    if not told and (longer := _told_end(text, end, symbols_at)) != end:
        end, told = longer, True
        at = _number_at(text, end, symbols_at)
    if not told and small > head.end():
        end = small
    elif not told and not _proper(text[head.start() : end]):
        return None
    name = squeeze(text[head.start() : end])
    return Name(head.start(), end, kind, name if not head[0].isupper() else _lowered(kind, name), at)


def _number_at(text: str, end: int, symbols_at: Container[int]) -> int | None:
    """Where the law's number begins right behind its name: `số 45/2013/QH13`, `(Luật số 45/2013/QH13)`."""
    number = (_IN_BRACKET if text.startswith(" (", end) else _NUMBER_NEXT).match(text, end)
    return number.end() if number and number.end() in symbols_at else None


def _told(text: str, end: int) -> bool:
    """A year or a day behind the name."""
    return tails.year(text, end) is not None or tails.date_after(text, end, end + 60) is not None


def _told_end(text: str, end: int, symbols_at: Container[int]) -> int:
    """A name that goes on behind an `và` or a comma up to its year, day or number: `Luật Tổ chức X và Y ngày 1/2/2003`.
    Where another law, document or clause begins first, `end` itself.
    """
    also = _ALSO.match(text, end)
    if also is None or _stops()[1].match(text, also.end()) or _HEAD.match(text, also.end()):
        return end
    at = also.end()
    while at < end + _TOLD_WITHIN and (word := _WORD.match(text, at)):
        if _is_kind(text, at) or kinds.pattern().match(text, at):
            return end
        at = word.end()
        if _told(text, at) or _number_at(text, at, symbols_at) is not None:
            return at
        blank = _BLANK.match(text, at)
        if blank is None:
            return end
        at = blank.end()
    return end


def _small_end(text: str, at: int) -> int:
    """The end of a known name written without a capital; `at` where none stands, or where it goes on otherwise."""
    known = _small().match(text, at)
    if known is None:
        return at
    after = _STEP.match(text, known.end())
    goes_on = after and not after[1] and after[3][0].islower() and not _stops()[0].match(text, after.start(3))
    return at if goes_on and after and fold(after[3]) != "va" else known.end()


@cache
def _small() -> re.Pattern[str]:
    return _names("small")


def _names(entry: str) -> re.Pattern[str]:
    """Names of a list, the longest first, in either place of the tone mark."""
    said = kinds.loose(tails.any_of(tails.words()["law"][entry]))
    return re.compile(r"[^\S\t]+" + said + r"(?!\w)", re.IGNORECASE)


def _proper(name: str) -> bool:
    """`Luật Đất đai`, not `luật đất đai` or `LUẬT ĐẤT ĐAI`, where nothing but the letters tells a name."""
    rest = name.split(None, 2 if name.lower().startswith(("bộ", "pháp")) else 1)[-1]
    return rest[0].isupper() and not name.isupper()


def before(lead: str) -> tuple[int, str, str] | None:
    """The law whose name ends right before a number, however it is cased: where it begins in `lead`, kind and name."""
    heads = [head for head in _HEAD.finditer(lead) if _kind(head) != _CONSTITUTION]
    if not heads or any(letter in lead[heads[-1].end() :] for letter in ";:.()"):
        return None
    return heads[-1].start(), _kind(heads[-1]), squeeze(lead[heads[-1].start() :])


@cache
def _not_name() -> re.Pattern[str]:
    return re.compile(r"[^\S\t]+" + tails.any_of(tails.words()["law"]["not_names"]) + r"(?!\w)")


def _constitution(text: str, head: re.Match[str]) -> Name | None:
    """Named by the state or the year; `Hiến pháp và pháp luật` names no document."""
    state = _STATE.match(text, head.end())
    end = state.end() if state else head.end()
    if state is None and tails.year(text, end) is None:
        return None
    return Name(head.start(), end, _CONSTITUTION, squeeze(text[head.start() : end]), None)


def _kind(head: re.Match[str]) -> str:
    return kinds.canonical(head[0]) or head[0]


def _lowered(kind: str, name: str) -> str:
    rest = name[len(kind) :].strip().lower()
    return f"{kind} {rest[:1].upper()}{rest[1:]}"


@cache
def _whole() -> re.Pattern[str]:
    return _names("whole")


@cache
def _stops() -> tuple[re.Pattern[str], re.Pattern[str]]:
    said = tails.words()["law"]
    numbered = tails.any_of(said["stops_at_figures"]) + r"(?=\s*:?\s*(?:[\d…_/]|\.{2}))"

    def words(phrases: list[str]) -> re.Pattern[str]:
        return re.compile(rf"(?:{tails.any_of(phrases)}(?!\w)|{numbered})", re.IGNORECASE)

    return words(said["stops"]), words([*said["stops"], *said["new_clause"]])


def _end(text: str, at: int, *, capitals: bool) -> int:
    """Where the name that begins at `at` ends; `at` itself where none begins."""
    whole = _whole().match(text, at)
    if whole and whole[0].lstrip()[0].isupper():
        return whole.end()
    if not capitals and _SHOUT.match(text, at):
        return at
    stop, clause = _stops()
    end, first, after_and = at, True, False
    for _ in range(_LONGEST):
        step = _STEP.match(text, end)
        if step is None:
            break
        comma, blank, word = step[1], step[2], step[3]
        if first and (comma or ((capitals or word[0].islower()) and stop.match(text, step.start(3)))):
            return at
        if (capitals and not word.isupper()) or (
            not first and _ends_here(text, step, stop, clause, after_and=after_and)
        ):
            break
        if "\n" in blank and not first and word[0].isupper() and not text[at:end].isupper():
            break
        end, first, after_and = step.end(), False, fold(word) == "va"
    return _without_and(text, at, end)


def _ends_here(
    text: str, step: re.Match[str], stop: re.Pattern[str], clause: re.Pattern[str], *, after_and: bool
) -> bool:
    """The word that would come next is not part of the name."""
    start = step.start(3)
    if step[1] or after_and:
        own = text[step.start(3) - 40 : start]
        return bool(clause.match(text, start)) or (step[3][0].isupper() and not own.isupper()) or _is_kind(text, start)
    return bool(stop.match(text, start)) or (step[3][0].isupper() and _is_kind(text, start))


def _is_kind(text: str, start: int) -> bool:
    return kinds.pattern().match(text, start) is not None and text[start].isupper()


def _without_and(text: str, at: int, end: int) -> int:
    """`Luật Thương mại và …`: the `và` at which the name broke off is not its own."""
    while (found := re.search(r"(?:,|[^\S\t]+(?i:và))[^\S\t]*$", text[at:end])) is not None:
        end = at + found.start()
    return end
