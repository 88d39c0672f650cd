"""One cell for two roles: "Chủ trì: Sở A; phối hợp: Sở B", "Sở A chủ trì, phối hợp với Sở B", "A (chủ trì), B"."""

from __future__ import annotations

import re
from functools import cache

from vanban.fold import fold
from vanban.lexicon import load

_EDGE = " \t\n;,.:-–+•"


def shares(text: str) -> tuple[str, str]:
    """Who leads and who coordinates by the words of one cell; the second is empty where the cell says no such thing."""
    folded = fold(text)
    words = _words()
    if found := words["coordinator"].search(folded):
        lead, rest = text[: found.start()], text[found.end() :]
        opened = words["lead"].match(fold(lead.lstrip(_EDGE)))
        lead = lead.lstrip(_EDGE)[opened.end() if opened else 0 :]
    elif found := words["with"].search(folded):
        lead, rest = text[: found.start()], text[found.end() :]
    elif len(marks := list(words["marked"].finditer(folded))) == 1:
        lead, rest = text[: marks[0].start()], text[marks[0].end() :]
    else:
        opened = words["lead"].match(folded.lstrip(_EDGE))
        start = len(text) - len(text.lstrip(_EDGE)) + opened.end() if opened else 0
        return _without(words["tail"], text[start:].strip()), ""
    lead, rest = _without(words["tail"], lead.strip(_EDGE)), _without(words["tail"], rest.strip(_EDGE))
    return (lead, rest) if lead else (text, "")


def _without(tail: re.Pattern[str], text: str) -> str:
    found = tail.search(fold(text))
    return text[: found.start()].rstrip(_EDGE) if found and found.start() else text


@cache
def _words() -> dict[str, re.Pattern[str]]:
    return {name: re.compile(pattern) for name, pattern in load("columns.toml")["shares"].items()}
