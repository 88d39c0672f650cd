"""`A; B, C và các cơ quan liên quan` → bodies and groups. Names and nouns are `lexicon/parties.toml`.

A list is cut at ";", line ends and bullets; then at commas and "và", and what was cut wrongly is put together again: a
piece that begins with no head of a body ("…, Thể thao và Du lịch") belongs to the name before it, a noun of the same
family ("sở, ban, ngành") to the group before it, and everything after "các" to that one group.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from itertools import pairwise
from typing import Any

from vanban import bodies
from vanban.fold import fold, nfc, squeeze
from vanban.lexicon import load
from vanban.model import Party
from vanban.phrases import Phrases

_EDGE = " \t.;,:•*+–-"
_LINES = re.compile(
    r"[;\n]+|(?<=\S)(?<!HĐND)\s+[-–+•]\s+(?=(?:Các|Bộ|Sở|Ban|UBND|Ủy ban|HĐND|Cục|Vụ|Văn phòng|Công an|Đảng)\b)"
)
_NUMBERED = re.compile(r"(?:^|(?<=\S)\s+)\d{1,2}[.)]\s+(?=[^\W\d_])")
_WITH = re.compile(r"\s*/\s*|\s+(?:cùng(?: với)?|với)\s+")
"""May stand between two bodies; what follows must be one."""
_CUT = re.compile(r"\s*,\s*(?:và\s+)?|\s+và\s+|\s*&\s+(?=các\b)")
_DOUBLED = re.compile(r"\b(\w+) \1\b")
_AGAIN = re.compile(r"\s(?=(?:Sở|Bộ)\s([^\W\d_]))")
_CAPITAL_HEAD = re.compile(r"(?:Sở|Bộ)\s[A-ZÀ-ỸĐ]")
_LISTED = re.compile(r"^các\s+(sở|bộ|phòng|ban)()(?:\s*:\s*|\s+)(?=[^\W\d_])", re.IGNORECASE)
_PLACES = re.compile(r"^(\S.{0,40}?)\s+các\s+(xã|phường|huyện|tỉnh|thôn)(?:\s*:\s*|\s+)(?=[^\W\d_a-zà-ỹđ])")
_PLACE = re.compile(r"[A-ZÀ-ỸĐ][\w’'-]*(?: [A-ZÀ-ỸĐ][\w’'-]*){1,3}")
_EXPLANATION = re.compile(r"\s*\((?=[^\W\d_])([^()]*)\)")
_RANK = re.compile(r"^(.*\S)\s+(cấp\s+\S+)$", re.IGNORECASE)
_LONGEST_WORD = 60
_LEAST_KNOWN = 3
_COUNT = re.compile(r"\b\d{1,4}\s+")
_NOTE = re.compile(r"\s*[(\[]\d{1,2}[)\]]$")
_OPENED = re.compile(r"các\s+(?:sở|bộ|phòng|ban)\s*:", re.IGNORECASE)
_WORD = re.compile(r"\w+")
_BULLETED = re.compile(r"[-–+•*]|\d+[.)]")
_FULL_LINE = 60
_GLUE = "\ue000"
"""Stands for the comma or "và" inside a known name while the rest is cut."""


@lru_cache(maxsize=4096)
def split(text: str, own: str | None = None) -> tuple[Party, ...]:
    """The bodies and groups that `text` lists, in order, as printed (doubled words dropped, a shared head added).

    `own` is the level of the issuer, if it is one of many: a commune that writes "UBND xã" means itself.
    """
    found: list[Party] = []
    for line in _lines(nfc(text)):
        found.extend(_party(name, own) for name in _names(line))
    return tuple(party for party in found if party.name)


def own_level(issuer: str | None) -> str | None:
    """The level of an issuing body that has many equals ("Ủy ban nhân dân xã X" → "xã"); None for a province."""
    words = fold(issuer or "").split()
    found = {word: level for level in _at(("group", "many")) for word in [fold(level)] if " " not in word}
    return next((found[word] for word in words if word in found), None)


def is_party(text: str) -> bool:
    """Does `text` begin like the name of a body or of a group ("Sở Y tế …", "Các sở, ban, ngành …")?"""
    piece = squeeze(nfc(text)).strip(_EDGE)
    return _is_body(piece) or _opens(piece) or _family(piece) is not None


def is_sure(text: str) -> bool:
    """Like `is_party`, but a bare noun ("đơn vị", "tổ chức") is not enough."""
    piece = squeeze(nfc(text)).strip(_EDGE)
    return _is_body(piece) or _opens(piece)


def names_one(text: str) -> bool:
    """Does `text` name one body of its own ("Sở Y tế"), rather than any body of a kind ("Cơ quan Đảng")?"""
    found = split(text)
    return len(found) == 1 and not found[0].group and _is_body(found[0].name) and not fold(text).startswith("co quan ")


def is_level(text: str) -> bool:
    """Does `text` begin with a level ("tỉnh", "xã Mai Sơn")?"""
    return bool(_phrases("levels").start(text.lower()))


def opener(text: str) -> str:
    """The first word of a phrase that is no single body ("Các", "Những"), empty where there is none."""
    return _phrases("group", "openers").start(text)


def _lines(text: str) -> Iterator[str]:
    """Pieces that surely are apart: at ";", bullets, and line ends that no layout made."""
    pieces = text.splitlines()
    joined = pieces[:1]
    for before, line in pairwise(pieces):
        joined.append((" " if _wrapped(before, line) else ";") + line)
    for line in _LINES.split(_one_list(_NUMBERED.sub(";", "".join(joined)))):
        for piece in _apart_with(line):
            if clean := _DOUBLED.sub(r"\1", squeeze(piece).strip(_EDGE)):
                yield clean


def _one_list(text: str) -> str:
    """`Các sở: Y tế; Nội vụ`: semicolons between the known names below one head are commas."""
    opened = _OPENED.search(text)
    if not opened or ";" not in text:
        return text
    first, *pieces = text[opened.end() :].split(";")
    while pieces and all(_is_field(part) for part in re.split(r",|\svà\s", pieces[0])):
        first = f"{first},{pieces.pop(0)}"
    return text[: opened.end()] + ";".join([first, *pieces])


def _apart_with(line: str) -> Iterator[str]:
    """`Sở A cùng các sở`, `Sở A/Sở B`."""
    at = 0
    for cut in _WITH.finditer(line):
        if line[at : cut.start()].strip() and (_is_body(line[cut.end() :]) or _opens(line[cut.end() :])):
            yield line[at : cut.start()]
            at = cut.end()
    yield line[at:]


def _wrapped(before: str, line: str) -> bool:
    """A line goes on with the one before it where it begins no name, or where that one was full."""
    start = squeeze(line)
    if _BULLETED.match(start):
        return False
    return len(before) >= _FULL_LINE or before.rstrip().endswith((",", " và")) or not (_is_body(start) or _opens(start))


def _names(line: str) -> list[str]:
    """Names in one line, commas and "và" resolved."""
    hidden = _hide(_explained(line))
    pieces: list[tuple[str, str]] = []
    at, mark = 0, ""
    for cut in _CUT.finditer(hidden):
        pieces.append((mark, hidden[at : cut.start()]))
        at, mark = cut.end(), cut[0]
    pieces.append((mark, hidden[at:]))
    return _with_level([_show(name) for name in _joined(list(_apart(pieces)))])


def _with_level(names: list[str]) -> list[str]:
    """`HĐND, UBND tỉnh`: the first is of the level of the second."""
    for number, (name, after) in enumerate(pairwise(names)):
        heads = [_phrases("group", "bare").start(one) for one in (name, after)]
        rest = after[len(heads[1]) :].strip()
        if heads[0] == name and heads[1] and is_level(rest) and not rest.startswith("cấp"):
            names[number] = f"{name} {rest}"
    return names


def _apart(pieces: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """A body's head that stands again without a comma ("Sở A Sở B") starts another name."""
    for mark, piece in pieces:
        starts = [cut.end() for cut in _AGAIN.finditer(piece) if cut[1].isupper()] if _CAPITAL_HEAD.match(piece) else []
        for start, end in pairwise([0, *starts, len(piece)]):
            yield mark if not start else ";", piece[start:end]


def _joined(pieces: list[tuple[str, str]]) -> list[str]:
    names: list[str] = []
    listed: str | None = None
    for number, (mark, raw) in enumerate(pieces):
        piece, ahead = raw.strip(_EDGE), pieces[number + 1 :]
        if not piece:
            continue
        if opened := _listing(piece, ahead):
            listed = opened[1][:1].upper() + opened[1][1:]
            listed = f"{listed} {opened[2]}" if opened[2] else listed
            names.append(f"{listed} {piece[opened.end() :]}")
        elif listed and _headless(piece):
            names.append(f"{listed} {piece}")
        elif names and (carried := _carried(names[-1], piece)):
            names.append(carried)
        elif not names or _starts(names[-1], mark, piece, ahead):
            names.append(piece)
            listed = None
        else:
            names[-1] += mark + piece
    return names


def _listing(piece: str, ahead: list[tuple[str, str]]) -> re.Match[str] | None:
    """`Các Sở: Y tế, …`: one head before several names; without the colon only where both names are known."""
    if (opened := _PLACES.match(piece)) and ahead and _headless(piece[opened.end() :]):
        return opened if _headless(ahead[0][1].strip(_EDGE)) else None
    opened = _LISTED.match(piece)
    if not opened or not ahead or not _headless(piece[opened.end() :]):
        return None
    known = _is_field(piece[opened.end() :]) and _is_field(ahead[0][1])
    return opened if known or ":" in opened[0] else None


def _headless(piece: str) -> bool:
    return piece[:1].isupper() and not _is_body(piece) and not _opens(piece)


def _starts(before: str, mark: str, piece: str, ahead: list[tuple[str, str]]) -> bool:
    """Is `piece` a party of its own, rather than a part of the name `before` it?"""
    noun = _opens(before) and piece[:1].islower() and _noun(piece) is not None and not _plural(piece)
    if _opens(piece) or (_is_body(piece) and not noun):
        return True
    family = _family(piece)
    if _opens(before):
        return family in _lexicon()["apart"]["families"]
    many = _plural(before) or _over_levels(before) or _of_level(before)
    if (":" in before and _plural(before)) or (many and _bare_level(piece.partition(":")[0])):
        return False
    if family is not None:
        return family != _family(before) or (piece[0].isupper() and _family(before) is None)
    if not piece[0].isupper():
        return False
    return not ("&" in piece or _goes_on(before, mark, ahead))


def _goes_on(before: str, mark: str, ahead: list[tuple[str, str]]) -> bool:
    """A capital without a head goes on with a name up to its "và" ("Văn hóa, Thể thao và Du lịch")."""
    if "và" in mark:
        return True
    if _is_field(before.partition(" ")[2]):
        return False
    for further, piece in ahead:
        if not _headless(piece):
            return False
        if "và" in further:
            return True
    return False


def _carried(before: str, piece: str) -> str | None:
    """The whole name of `piece` where it shares the head of `before`, or None."""
    for number in map(str, range(len(_lexicon()["shared"]))):
        head = _phrases("shared", number, "head").start(before)
        single = head and not _plural(before) and (not _over_levels(before) or not _bare_level(piece))
        if _of_level(before) and _bare_level(piece):
            return None
        if single and _phrases("shared", number, "next").start(piece):
            return f"{head} {piece}"
        if single and _is_place(piece) and (level := _phrases("levels").start(before[len(head) :].strip())):
            return f"{head} {level} {piece}"
    head = before.split(" ", 1)[0]
    if fold(head) in _folded("fields", "heads") and _is_field(before[len(head) + 1 :]) and _is_field(piece):
        return f"{head} {piece}"
    rank = _RANK.match(before)
    if rank and re.fullmatch(r"cấp\s+\S+(\s+\S+)?", piece, re.IGNORECASE) and _is_body(before):
        return f"{rank[1]} {piece}"
    return None


def _is_place(piece: str) -> bool:
    """`Bình Hòa` behind `UBND xã Ea Bông`: nothing but capitals, and no name of anything known."""
    return bool(_PLACE.fullmatch(piece)) and _headless(piece) and not _is_field(piece)


def _party(name: str, own: str | None) -> Party:
    clean = _NOTE.sub("", squeeze(name).strip(_EDGE))
    itself = (
        own is not None
        and _of_level(clean)
        and clean.endswith(f" {own}")
        and not {"các", "cấp"} & {*clean.lower().split()}
    )
    return Party(name=clean, group=bool(clean) and not itself and _is_group(clean))


def _is_group(name: str) -> bool:
    if _phrases("group", "single").start(name):
        return False
    if _opens(name) or _plural(name) or _over_levels(name):
        return True
    many = "|".join(_folded("group", "many"))
    if re.search(rf"\bcap (?:{many})\b|\bcac cap$", fold(name)):
        return True
    leader = _phrases("group", "leaders").start(name)
    led = name[len(leader) :].lstrip()
    if leader and (not led or (led[0].islower() and _family(led) is not None)):
        return True
    return not _is_body(name) and (_family(name) is not None or name[0].islower())


def _plural(name: str) -> bool:
    """`UBND các huyện`, `Đảng đoàn các tổ chức …`, and any body of several places (`Trạm Y tế các xã`)."""
    head = _phrases("group", "plural").start(name)
    if head and fold(name)[len(head) :].lstrip().startswith("cac "):
        return True
    return any(_bare_level(part) for part in re.split(r"\scác\s", name)[1:])


def _over_levels(name: str) -> bool:
    """`UBND xã, phường`: a head and nothing but levels, more than one or of a rank that has many."""
    head = _phrases("group", "plural").start(name)
    rest = _COUNT.sub("", name[len(head) :])
    parts = [part.strip() for part in re.split(r"[,/]|\svà\s", rest) if part.strip()]
    if not head or (not parts and not _phrases("group", "bare").start(name)):
        return False
    many = not parts or len(parts) > 1 or _phrases("group", "many").start(parts[0]) != ""
    return many and all(_bare_level(part) for part in parts)


def _of_level(name: str) -> bool:
    """`UBND tỉnh`, with no name of a place."""
    head = _phrases("group", "plural").start(name)
    return bool(head) and _bare_level(_COUNT.sub("", name[len(head) :].strip()))


def _bare_level(piece: str) -> bool:
    """`thành phố trực thuộc trung ương`, but not `thành phố Mai Sơn`."""
    return bool(_phrases("levels").start(piece)) and piece.replace("Trung ương", "").replace("TW", "").islower()


def _opens(piece: str) -> bool:
    """`Các …`, and those who lead them (`Thủ trưởng các …`)."""
    leader = _phrases("group", "leaders").start(piece)
    return bool(_phrases("group", "openers").start(piece[len(leader) :].lstrip()))


def _is_body(printed: str) -> bool:
    """Does `printed` begin with the name of one body?"""
    piece = _show(printed)
    if person := _phrases("persons").start(piece):
        return piece[len(person) :].lstrip()[:1].isupper()
    if not piece[:1].isupper():
        return " " in _phrases("group", "plural").start(piece) or _in_small_letters(piece)
    if _phrases("alone").start(piece):
        return True
    head = _phrases("heads").start(piece)
    if not head:
        return False
    rest = piece[len(head) :].strip()
    if (" " in head or piece[: len(head)].isupper()) and _noun(piece) is None:
        return True
    return rest[:1].isupper() or bool(rest and _phrases("levels").start(rest)) or _in_small_letters(piece)


def _in_small_letters(piece: str) -> bool:
    """A known name without its capitals, at most a level behind it: `Sở tài chính`, `Hội cựu chiến binh tỉnh`."""
    head, _, rest = piece.partition(" ")
    field = _phrases("fields", "names").start(rest) if fold(head) in _folded("fields", "heads") else ""
    behind = rest[len(field) :].strip() if field else bodies.behind_start(piece)
    known = field or (piece[:1].isupper() and len(piece.split()) - len(behind.split()) >= _LEAST_KNOWN)
    return bool(known) and (not behind or is_level(behind))


def _family(piece: str) -> str | None:
    """The family of nouns that `piece` begins with, where it names no body."""
    return None if _is_body(piece) else _noun(piece)


def _noun(piece: str) -> str | None:
    """The family of the longest noun that `piece` begins with."""
    found = {family: _phrases("families", family).start(piece) for family in _lexicon()["families"]}
    family = max(found, key=lambda name: len(found[name]))
    return family if found[family] else None


def _is_field(text: str) -> bool:
    return fold(_show(text)).strip(_EDGE) in _folded("fields", "names")


@cache
def _phrases(*path: str) -> Phrases:
    """The lexicon's list at `path`."""
    return Phrases(_at(path))


def _at(path: tuple[str, ...]) -> list[str]:
    words: Any = _lexicon()
    for name in path:
        words = words[int(name)] if isinstance(words, list) else words[name]
    return list(words)


def _explained(line: str) -> str:
    """Brackets are kept (a short form, a unit), but not those that say what a body does ("(chủ trì phần …)")."""
    return _EXPLANATION.sub(lambda bracket: "" if bracket[1][0].islower() else bracket[0], line)


def _hide(line: str) -> str:
    """Commas and "và" inside brackets and known names are no places to cut at."""
    line = re.sub(r"\([^()]*\)", lambda bracket: _mask(bracket[0]), line)
    return _known().sub(lambda name: _mask(name[0]), line)


def _mask(text: str) -> str:
    return text.replace(",", _GLUE).replace(" và ", f" {_GLUE}v ").replace(" & ", f" {_GLUE}a ")


def _show(text: str) -> str:
    return text.replace(f" {_GLUE}v ", " và ").replace(f" {_GLUE}a ", " & ").replace(_GLUE, ",")


@cache
def _known() -> re.Pattern[str]:
    lexicon = _lexicon()
    names = sorted([*lexicon["fields"]["names"], *lexicon["names"]["whole"]], key=len, reverse=True)
    inner = [re.escape(name) for name in names if re.search(r",| và ", name)]
    for printed, spelt in ((r"\ ", r"\s+"), (r"\-", "[-–]"), ("óa", "(?:óa|oá)"), ("ủy", "(?:ủy|uỷ)")):
        inner = [name.replace(printed, spelt) for name in inner]
    return re.compile(r"\b(?:" + "|".join(inner) + r")\b", re.IGNORECASE)


@cache
def _folded(*path: str) -> frozenset[str]:
    return frozenset(fold(word) for word in _at(path))


@cache
def _lexicon() -> dict[str, Any]:
    return load("parties.toml")
