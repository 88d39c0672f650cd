"""Numbers and letters that begin a provision: Phần, Chương, Mục, Điều, I, 1, 1.1, a), -."""

from __future__ import annotations

import re
from dataclasses import dataclass

_GAP = r"[ ]{0,4}"
_ROMAN = "[IVXLC]{1,7}"
_ORDINAL = "(?:thứ[ ])?(?:nhất|hai|ba|tư|năm|sáu|bảy|tám|chín|mười)"
_NAMED = re.compile(
    rf"(?P<word>Phần|Chương|Mục|Tiểu mục)[ ]+(?P<label>{_ORDINAL}|{_ROMAN}|[0-9]{{1,3}}|[A-ZĐ])(?![\w/])(?P<rest>.*)",
    re.IGNORECASE | re.DOTALL,
)
_ARTICLE = re.compile(r"(?:Điều|ĐIỀU)[ ]+(?P<label>[0-9]{1,3}[a-zđ]?)(?:[ ]*[.:][ ]*|[ ]*$)")
_ROMANS = re.compile(rf"(?P<label>{_ROMAN}){_GAP}(?:[-–.)]{{1,2}}{_GAP}|/[ ]+)(?=\S)")
_CAPITAL = re.compile(r"(?P<label>[A-ZĐ])[ ]?[-–./)]{1,2}[ ]+(?=[\w“\"])")
_DECIMAL = re.compile(r"(?P<label>[0-9]{1,2}(?:\.[0-9]{1,2}){1,4})(?:[.)/]+[ ]*|[ ]+)(?=[^\W\d]|[“\"(])")
_NUMBER = re.compile(r"(?P<label>[0-9]{1,3})[ ]?(?:(?:[.)][-–]?[ ]*|[-–/][ ]+)(?=[^\W\d_]|[“\"(])|[.)][ ]+(?=[0-9]))")
_BRACKET = re.compile(r"\((?P<label>[0-9]{1,2}|[ivx]{1,4}|[a-zđ])\)[ ]*(?=\S)")
_LETTER = re.compile(r"(?P<label>[a-zđ])[ ]?(?:\)[.]?[ ]*|[./][ ]+)(?=\S)")
_LETTER_NUMBER = re.compile(r"(?P<label>[a-zđ]\.?[0-9]{1,2})[.)][ ]*(?=\S)")
_DASH = re.compile(r"(?P<label>[-–—•+*●])(?:[ ]+|(?<![*+])(?=[^\W\d_]))(?=[\w“\"(])")

_LEVELS = {"phần": ("part", 1), "chương": ("chapter", 2), "mục": ("section", 3), "tiểu mục": ("section", 4)}
_INNER = (
    (_ROMANS, "roman", 6),
    (_CAPITAL, "part", 1),
    (_DECIMAL, "decimal", 8),
    (_NUMBER, "number", 7),
    (_LETTER_NUMBER, "decimal", 14),
    (_LETTER, "letter", 13),
    (_BRACKET, "number", 15),
    (_DASH, "dash", 16),
)
_SUB_DASHES = frozenset("+*●")
_PARTS = frozenset({"part", "chapter", "section", "roman"})


@dataclass(frozen=True, slots=True)
class Label:
    kind: str
    """As `Provision.kind`."""
    label: str
    level: int
    """The lower, the further out; only the order counts."""
    length: int
    """Characters up to the text behind it."""


def read_label(text: str) -> Label | None:
    """The label a paragraph begins with; None for running text ("Mục 2 Chương I", "Điều 5 Luật …")."""
    first = text[:1]
    if not first or not (first.isalnum() or first in "-–—•+*●("):
        return None
    return _named(text) or _article(text) or _inner(text)


def titles_part(text: str) -> bool:
    """`II. TITLE`, `A. Title`: what may stand between the rows of a table and title those below it."""
    label = read_label(text.strip())
    return label is not None and label.kind in _PARTS


def _named(text: str) -> Label | None:
    if text[0] not in "PpCcMmTt" or not (found := _NAMED.match(text)):
        return None
    rest = found["rest"].strip()
    if rest and not (rest[0] in ".:-–" or rest.isupper()):
        return None
    word = found["word"].lower()
    kind, level = _LEVELS[word]
    label = found["label"] if len(found["label"]) < len("nhất") else found["label"].lower()
    skip = len(found["rest"]) - len(found["rest"].lstrip(" .:-–"))
    return Label(kind, f"{word.capitalize()} {label}", level, found.start("rest") + skip)


def _article(text: str) -> Label | None:
    found = _ARTICLE.match(text) if text[0] == "Đ" else None
    return Label("article", f"Điều {found['label']}", 5, found.end()) if found else None


def _inner(text: str) -> Label | None:
    for pattern, kind, level in _INNER:
        if found := pattern.match(text):
            label = found["label"]
            deeper = label.count(".") if kind == "decimal" else int(label in _SUB_DASHES)
            return Label(kind, label, level + deeper, found.end())
    return None
