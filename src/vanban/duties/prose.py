"""Running text that orders something of a named body: "Giao Sở A chủ trì, phối hợp với Sở B … trước ngày …".

Precise rather than greedy: a paragraph counts only where it begins with "Giao …" and a body, or, under a heading such as "Tổ chức
thực hiện", with a body and a verb; or where it stands under an item that is nothing but a body's name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from vanban import deadlines, parties
from vanban.duties.draft import Draft
from vanban.fold import fold, same_marks, squeeze
from vanban.lexicon import load
from vanban.model import Outline, Provision

_LONGEST_NAME = 300
_END = re.compile(r"[.;:]|$")
_EDGE = " \t\n,;:-–+."


def drafts(outline: Outline, group: int, taken: frozenset[str]) -> list[Draft]:
    """The orders in the outline's paragraphs, except in provisions already `taken` as lists of tasks."""
    found: list[Draft] = []
    for provision in outline.provisions:
        found.extend(_walk(provision, group, taken, ordering=False, lead=None))
    return found


def _walk(
    node: Provision, group: int, taken: frozenset[str], *, ordering: bool, lead: str | None
) -> Iterator[Draft]:
    if node.id in taken:
        return
    draft = _order(node, group, ordering=ordering, lead=lead)
    if draft:
        yield draft
    ordering = ordering or bool(_patterns()["headings"].search(fold(node.text[:_LONGEST_NAME])))
    name = _only_name(node) if ordering else None
    for child in node.children:
        yield from _walk(child, group, taken, ordering=ordering, lead=name or (lead if not draft else None))


def _order(node: Provision, group: int, *, ordering: bool, lead: str | None) -> Draft | None:
    text = squeeze(node.text)
    if not text or _patterns()["formula"].search(fold(text)):
        return None
    opener = _starting(_lexicon()["openers"], text)
    subject = _subject(text[len(opener) :].strip()) if opener or ordering else None
    if subject:
        return _draft(node, group, text, subject)
    if lead and node.children == () and _starting(_lexicon()["verbs"], text):
        draft = _draft(node, group, text, lead)
        draft.lead_inherited = True
        return draft
    return None


def _draft(node: Provision, group: int, text: str, lead: str) -> Draft:
    draft = Draft("prose", text, [node.span], number=node.label or None, group=group, provision=node.id)
    draft.lead_text = lead
    draft.coordinator_text = _coordinators(text)
    deadline = deadlines.order(text)
    draft.deadline_text = deadline.phrase or "" if deadline else ""
    return draft


def _subject(text: str) -> str | None:
    """The body at the beginning of `text`, if an order verb follows it."""
    verb = _verb(text[:_LONGEST_NAME])
    if verb is None:
        return None
    name = text[: verb.start()].strip(_EDGE)
    return name if name and "." not in name and parties.is_party(name) else None


def _verb(text: str) -> re.Match[str] | None:
    """The first verb that is no part of a name."""
    folded = fold(text)
    names = [match.span() for match in _patterns()["not_verbs"].finditer(folded)]
    for match in _patterns()["verbs"].finditer(folded):
        printed = text[match.start() : match.end()]
        if not printed[0].isupper() and not any(start <= match.start() < end for start, end in names):
            return match
    return None


def _coordinators(text: str) -> str:
    """What stands behind "phối hợp với", up to the next verb or the end of the clause."""
    together = _patterns()["together"].search(fold(text))
    if not together:
        return ""
    rest = text[together.end() :]
    rest = rest[: _END.search(rest).start()]  # type: ignore[union-attr]
    verb = _verb(rest)
    return (rest[: verb.start()] if verb else rest).strip(_EDGE)


def _only_name(node: Provision) -> str | None:
    """`1. Sở Y tế` or `Sở Y tế:` with its tasks below."""
    text = squeeze(node.text).strip(_EDGE)
    if not node.children or len(text) > _LONGEST_NAME or _verb(text) or "." in text:
        return None
    return text if parties.is_party(text) else None


def _starting(words: list[str], text: str) -> str:
    found = [text[: len(word)] for word in words if _starts(text, word)]
    return max(found, key=len, default="")


def _starts(text: str, word: str) -> bool:
    head = text[: len(word)]
    return fold(head) == fold(word) and same_marks(head, word) and not text[len(word) : len(word) + 1].isalnum()


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    lexicon = _lexicon()

    def words(phrases: list[str]) -> re.Pattern[str]:
        longest_first = sorted({fold(phrase) for phrase in phrases}, key=len, reverse=True)
        return re.compile(r"\b(?:" + "|".join(map(re.escape, longest_first)) + r")\b")

    return {
        "verbs": words(lexicon["verbs"]),
        "not_verbs": words(lexicon["not_verbs"]["phrases"]),
        **{name: re.compile(lexicon[name]["pattern"]) for name in ("headings", "formula", "together")},
    }


@cache
def _lexicon() -> dict[str, Any]:
    return load("orders.toml")
