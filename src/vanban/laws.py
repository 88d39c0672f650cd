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
_SOME = r"(?:[^\S\t]+(?i:một số điều|một số nội dung))?(?:[^\S\t]+(?i:của))?[^\S\t]+"
_AMENDING = re.compile(r"[^\S\t]+(?i:sửa đổi,?[^\S\t]+(?:và[^\S\t]+)?bổ sung)" + _SOME)
_STATE = re.compile(" nước Cộng h(?:òa|oà) xã hội chủ nghĩa Việt Nam".replace(" ", r"[^\S\t]+"))
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
    return Name(head.start(), law.end, _kind(head), squeeze(text[head.start() : law.end]), None)


def _plain(text: str, head: re.Match[str], symbols_at: Container[int]) -> Name | None:
    kind = _kind(head)
    if kind == _CONSTITUTION:
        return _constitution(text, head)
    end = _end(text, head.end(), capitals=head[0].isupper())
    if end == head.end() or _not_name().match(text, head.end()):
        return None
    number = _NUMBER_NEXT.match(text, end)
    at = number.end() if number and number.end() in symbols_at else None
    told = at is not None or tails.year(text, end) is not None or tails.date_after(text, end, end + 60) is not None
    if not told and not _proper(text[head.start() : end]):
        return None
    name = squeeze(text[head.start() : end])
    return Name(head.start(), end, kind, name if not head[0].isupper() else _lowered(kind, name), at)


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
    return re.compile(r"[^\S\t]+" + tails.any_of(tails.words()["law"]["whole"]) + r"(?!\w)", re.IGNORECASE)


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
