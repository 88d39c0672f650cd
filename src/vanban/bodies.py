"""Names of issuing bodies: from a letterhead in capitals to a readable name (`lexicon/bodies.toml`)."""

from __future__ import annotations

import re
from functools import cache

from vanban.fold import fold, key, same_marks, squeeze
from vanban.lexicon import load

_JOINT = re.compile(r"\s+[-–]\s+|\s?[-–]\s?(?=BỘ\s)")
_LISTED = re.compile(r"\d{1,2}\.\s+")
_CITY = re.compile(r"(?<!\w)TP(?:\. ?| )(?=[^\W\d_a-z]{2})")
_REGION = re.compile(r"(?<=khu vực )[ivx]+(?!\w)")
_RULE = re.compile(r"[-_–—*=.]{3,}|\*")


@cache
def _words(table: str, name: str) -> tuple[str, ...]:
    return tuple(load("bodies.toml")[table][name])


@cache
def _known() -> dict[str, str]:
    return {key(name): name for name in _words("names", "known")}


@cache
def _any(table: str, name: str) -> re.Pattern[str]:
    """One of the words, folded, as whole words; the longest first."""
    words = sorted((fold(word) for word in _words(table, name)), key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, words))})(?!\w)")


def issuer(printed: str) -> str | None:
    """The body that a letterhead names: the last of its lines, written out in normal case.

    `BỘ TÀI CHÍNH CỤC THUẾ` gives `Cục Thuế`; `ỦY BAN MTTQ VIỆT NAM XÃ X BAN THƯỜNG TRỰC` its standing board.
    """
    text = squeeze(_RULE.sub(" ", _expand(printed))).strip(" ,;:.|-•")
    text = _LISTED.sub("", text, count=1) if text[:1].isdigit() else text
    if not text:
        return None
    if whole := _known().get(key(text)):
        return whole
    if len(joint := _joint_bodies(text)) > 1:
        return " - ".join(issuer(part) or part for part in joint)
    text = _own_committee(text)
    cuts = [at for at in _below(text) if at and not _attached(text, at)]
    if not cuts:
        return normal(text)
    above, own = text[: cuts[-1]].strip(" -"), text[cuts[-1] :]
    if key(own) in {key(word) for word in _words("levels", "nameless")}:
        return f"{normal(own)} {normal(above)}"
    return normal(own)


def _joint_bodies(text: str) -> list[str]:
    """The bodies that issued a document together. A dash within a name (BỘ LAO ĐỘNG - THƯƠNG BINH …) parts none."""
    parts: list[str] = []
    for part in _JOINT.split(text):
        if parts and not (starts_body(part) or _any("names", "kinds").match(fold(part))):
            parts[-1] = f"{parts[-1]} - {part}"
        else:
            parts.append(part)
    return parts


def _own_committee(text: str) -> str:
    """`ĐẢNG BỘ TỈNH X HUYỆN ỦY Y`: the committee below the organisation that it belongs to."""
    if not fold(text).startswith("dang bo "):
        return text
    committee = _any("levels", "committees").search(fold(text))
    return text[committee.start() :] if committee else text


def _below(text: str) -> list[int]:
    """Where words of `below` stand, with their marks: the "SỐ" of a name is no "SỞ"."""
    words = _words("levels", "below")
    found = ((at.start(), at[0], text[at.start() : at.end()]) for at in _any("levels", "below").finditer(fold(text)))
    return [at for at, plain, seen in found if any(same_marks(seen, one) for one in words if fold(one) == plain)]


def is_mark(text: str) -> bool:
    """`DỰ THẢO`, `HỎA TỐC`: stands among the lines of a letterhead and names nobody."""
    return key(text).strip(" ():.") in {key(mark) for mark in load("bodies.toml")["marks"]["alone"]}


def of_head(printed: str) -> str | None:
    """The body in a line that names it or its head: `CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH X`, `BỘ TRƯỞNG BỘ X`."""
    text = squeeze(_expand(printed)).strip(" ,;:.")
    if whole := _known().get(key(text)):
        return whole
    head = _any("levels", "heads").match(fold(text))
    rest = text[head.end() :].strip() if head else text
    return normal(rest) if starts_body(rest) else None


def behind_head(text: str) -> int:
    """Length of a text without the head of a body at its end (`… CHỦ TỊCH`)."""
    folded = fold(text)
    heads = [fold(word) for word in _words("levels", "heads")]
    return len(text) - max((len(head) for head in heads if folded.endswith(f" {head}")), default=0)


def starts_body(text: str) -> bool:
    """Whether a text begins with a known body's name."""
    return bool(_starts().match(fold(_expand(text[:80]))))


def behind_start(text: str) -> str:
    """What follows the known body's name that a text begins with; the whole text where it begins with none."""
    text = squeeze(_expand(text))
    begun = _starts().match(fold(text))
    return text[begun.end() if begun else 0 :].strip()


@cache
def _starts() -> re.Pattern[str]:
    names = sorted({fold(name) for name in _words("names", "known")}, key=len, reverse=True)
    return re.compile(rf"(?:{'|'.join(map(re.escape, names))})(?!\w)")


def normal(text: str) -> str:
    """Running-text case: known names as they are written, places in capitals, the rest small."""
    text = squeeze(_expand(text))
    lowered = text.lower() if text.isupper() or sum(map(str.isupper, text)) > len(text) // 2 else text
    folded = fold(lowered)
    begun = _starts().match(folded)
    if begun:
        lowered = _known()[key(begun[0])] + lowered[begun.end() :]
    else:
        kind = _any("names", "kinds").match(folded)
        at = kind.end() + 1 if kind else 0
        lowered = lowered[:at] + lowered[at : at + 1].upper() + lowered[at + 1 :]
    for place in _any("names", "places").finditer(folded):
        if not _is_place(text, place):
            continue
        lowered = lowered[: place.end()] + _capitalised(lowered[place.end() :])
    for name in _words("names", "proper"):
        at = folded.find(fold(name))
        if at >= 0:
            lowered = lowered[:at] + name + lowered[at + len(name) :]
    lowered = _REGION.sub(lambda region: region[0].upper(), lowered)
    return lowered[:1].upper() + lowered[1:]


def _attached(text: str, at: int) -> bool:
    """The word belongs to the one before it: ỦY BAN THƯỜNG VỤ; or a conjunction or comma joins them."""
    before = text[:at].rstrip().upper()
    if before.endswith((",", "-")):
        return True
    return before.endswith(_words("levels", "joins")) and not before.endswith(_words("levels", "committees"))


def _is_place(text: str, found: re.Match[str]) -> bool:
    """`QUẬN`, and not the "QUẢN" of `BAN QUẢN LÝ`; `XÃ`, and not that of `XÃ HỘI`."""
    if found.string.startswith(" hoi", found.end()):
        return False
    printed = text[found.start() : found.end()]
    return any(same_marks(printed, word) for word in _words("names", "places"))


def _capitalised(text: str) -> str:
    """Each word of a place's name with a capital; the word that says what place it lies in is small."""
    names = re.sub(r"(?<!\w)\w", lambda letter: letter[0].upper(), text)
    for place in _any("names", "places").finditer(fold(names)):
        if place.start() and _is_place(names, place) and " " in names[place.end() :]:
            names = names[: place.start()] + names[place.start() : place.end()].lower() + names[place.end() :]
    return names


def _expand(text: str) -> str:
    """Abbreviations of the letterhead written out; old places of the tone mark made new (UỶ → ỦY)."""
    for short, full in load_expand().items():
        if short in text:
            text = re.sub(rf"(?<!\w){short}(?!\w)", full, text)
    text = _CITY.sub("THÀNH PHỐ ", text).replace("–", "-")
    return text.replace("UỶ", "ỦY").replace("uỷ", "ủy").replace("Uỷ", "Ủy").replace("HOÀ", "HÒA").replace("HOÁ", "HÓA")


@cache
def load_expand() -> dict[str, str]:
    return dict(load("bodies.toml")["expand"])
