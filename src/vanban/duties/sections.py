"""Titles between the rows of a task table that name a body: the lead of what stands below them."""

from __future__ import annotations

import re
from functools import cache

from vanban import bodies, parties
from vanban.duties.columns import is_number
from vanban.fold import fold, squeeze
from vanban.lexicon import load
from vanban.sheet import Row

_BRACKET = re.compile(r"\s*\([^()]*\)")
_EDGE = " \t\n;,.:-–+•*"
_LONGEST = 120


def body_of(title: str) -> str | None:
    """The body that a title names and nothing else: `Sở Y tế (02 nhiệm vụ)`, `NHIỆM VỤ CỦA SỞ Y TẾ`; None for a subject
    (`Chính phủ số`, `Công an nhân dân`).
    """
    text = squeeze(_BRACKET.sub("", title)).strip(_EDGE)
    opened = _opening().match(fold(text))
    text = text[opened.end() if opened else 0 :].strip(_EDGE)
    if not text or len(text) > _LONGEST:
        return None
    name = _small(text) if text.isupper() else text
    found = parties.split(name)
    sure = len(found) == 1 and not found[0].group and parties.is_sure(name) and not _acts().search(fold(name))
    return name if sure and _known(name) else None


def alone(row: Row) -> str | None:
    """The text of a row that has nothing but a number and one cell, or one cell over its whole width."""
    texts = [cell.text.strip() for cell in row.cells if cell.text.strip()]
    if len(texts) > 1 and is_number(texts[0]):
        texts = texts[1:]
    return texts[0] if len(texts) == 1 and not any(cell.above for cell in row.cells) else None


def _known(name: str) -> bool:
    """A capital or a level follows the head of a name: `Thanh tra tỉnh`, but no `Thanh tra, kiểm tra`."""
    return "," not in name or bodies.starts_body(name)


def _small(text: str) -> str:
    """A name in capitals as it is written in running text, where it is known; else all small, which names nobody."""
    known = (bodies.starts_body(text) and _ends_as_name(text)) or parties.is_sure(text.lower())
    return bodies.normal(text) if known else text.lower()


def _ends_as_name(text: str) -> bool:
    rest = bodies.behind_start(text)
    return not rest or parties.is_level(rest)


@cache
def _opening() -> re.Pattern[str]:
    return re.compile(load("columns.toml")["section"]["opening"])


@cache
def _acts() -> re.Pattern[str]:
    return re.compile(load("columns.toml")["section"]["acts"])
