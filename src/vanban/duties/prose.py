"""Running text that orders something of a named body: "Giao Sở A chủ trì, phối hợp với Sở B … trước ngày …".

Precise rather than greedy: a paragraph counts only where it begins with "Giao …" and a body, or, under a heading like
"Tổ chức thực hiện", with a body and a verb; or where it stands under an item that is nothing but a body's name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from vanban import bodies, deadlines, parties, symbols
from vanban.duties.draft import Draft
from vanban.duties.lists import is_field, printed_label
from vanban.fold import fold, same_marks, squeeze
from vanban.lexicon import load
from vanban.model import Heading, Outline, Provision
from vanban.phrases import Phrases

_LONGEST_NAME = 300
_LONGEST_PHRASE = 60
_LONGEST_TITLE = 120
_OPENING = 600
_BRACKET = re.compile(r"\([^()]*\)?")
_RELATED = re.compile(r"liên quan(?= [^\W\d_])(?! và )")
_LISTED = re.compile(r"các (?:sở|bộ|ban|phòng|xã|phường|huyện)", re.IGNORECASE)
_END = re.compile(r"[.;:]|$")
_EDGE = " \t\n,;:-–+."


def drafts(text: str, outline: Outline, heading: Heading, group: int, taken: frozenset[str]) -> list[Draft]:
    """The orders in the outline's paragraphs, except in provisions already `taken` as lists of tasks.

    None in general law: a decree, a regulation, a normative decision (`31/2026/QĐ-UBND`) or a regulation in an annex
    lays down duties that bind a body for ever; nobody reports on them as tasks of a programme.
    """
    if is_law(heading):
        return []
    found: list[tuple[Draft, Provision]] = []
    ordering = _orders_all(text, outline, heading)
    laws = _annexed_laws(outline)
    for provision in outline.provisions:
        if not provision.id.startswith(laws):
            found.extend(_walk(provision, group, taken, ordering=ordering, lead=None))
    for draft, node in found:
        draft.number = printed_label(text, node) or None
    return [draft for draft, _ in found]


def is_law(heading: Heading) -> bool:
    """Whether a document is general law, by its kind, its number with a year, or a title like "ban hành Quy chế"."""
    symbol = symbols.parse(heading.symbol or "")
    normative = symbol is not None and symbol.year is not None
    titled = _patterns()["law"].match(fold(heading.title or ""))
    return normative or heading.kind in _lexicon()["law"]["kinds"] or bool(titled)


def _annexed_laws(outline: Outline) -> tuple[str, ...]:
    """How the ids of provisions begin that stand in an annexed regulation."""
    titles = ((number, fold(annex.title or "")) for number, annex in enumerate(outline.annexes, 1))
    return tuple(f"annex-{number}/" for number, title in titles if _patterns()["law"].match(title))


def _orders_all(text: str, outline: Outline, heading: Heading) -> bool:
    """Whether every item orders that begins with a body and a verb, under whatever heading."""
    always = _lexicon()["always"]
    if heading.kind in always["kinds"] or _patterns()["always"].match(fold(heading.title or "")):
        return True
    if heading.kind in always["never"]:
        return False
    first = outline.provisions[0].span.start if outline.provisions else 0
    return bool(_patterns()["opening"].search(fold(text[max(0, first - _OPENING) : first])))


def _walk(
    node: Provision, group: int, taken: frozenset[str], *, ordering: bool, lead: str | None
) -> Iterator[tuple[Draft, Provision]]:
    if node.id in taken:
        return
    text = squeeze(node.text)
    subject = _subject(text, ordering=ordering)
    if draft := _order(node, text, subject, lead, group):
        yield draft, node
    ordering = ordering or bool(_patterns()["headings"].search(fold(text[:_LONGEST_NAME])))
    below = None if draft else (subject or (_only_name(text) if ordering else None) or lead)
    for child in node.children:
        yield from _walk(child, group, taken, ordering=ordering, lead=below)


def _order(node: Provision, text: str, subject: str | None, lead: str | None, group: int) -> Draft | None:
    """The order that this paragraph gives; one that ends in a colon gives its body to those below it."""
    if not (subject or lead) or _patterns()["formula"].search(fold(text)) or (node.children and _announces(text)):
        return None
    if subject:
        return _draft(node, group, text, subject)
    if node.kind == "paragraph" and _patterns()["background"].search(fold(text)):
        return None
    if lead and not node.children and _phrases("verbs").start(text):
        draft = _draft(node, group, text, lead)
        draft.lead_inherited = True
        return draft
    return None


def _announces(text: str) -> bool:
    """A line that only says whose tasks stand below it."""
    return text.endswith(":") or (len(text) <= _LONGEST_TITLE and not text.endswith((".", ";")))


def _draft(node: Provision, group: int, text: str, lead: str) -> Draft:
    draft = Draft("prose", text, [node.span], group=group, provision=node.id)
    draft.lead_text = lead
    draft.coordinator_text = _coordinators(text)
    deadline = deadlines.order(text)
    draft.deadline_text = deadline.phrase or "" if deadline else ""
    return draft


def _subject(text: str, *, ordering: bool) -> str | None:
    """The body at the beginning of `text` (after "Giao …"), if an order verb follows it."""
    opener = _phrases("openers").start(text)
    if not (opener or ordering) or is_field(text):
        return None
    text = text[len(opener) :].strip()
    verb_first = _phrases("verbs").start(text)
    if verb_first and (text[len(verb_first) :].startswith(",") or not parties.is_sure(text)):
        return None
    verb = _verb(text[:_LONGEST_NAME])
    name = _before_colon(text[: verb.start()]) if verb else ""
    if not name or "." in name or not _is_name(name) or _tells(name):
        return None
    return name if len(name) <= _LONGEST_PHRASE or parties.is_sure(name) else None


def _before_colon(text: str) -> str:
    """`Sở A: …`, but the whole of `Các sở: A, B`."""
    name, _, rest = text.partition(":")
    return (text if rest.strip() and _LISTED.fullmatch(name.strip()) else name).strip(_EDGE)


def _verb(text: str) -> re.Match[str] | None:
    """The first verb that is no part of a name."""
    folded = _BRACKET.sub(lambda bracket: " " * len(bracket[0]), fold(text))
    names = [match.span() for match in _patterns()["not_verbs"].finditer(folded)]
    for match in _patterns()["verbs"].finditer(folded):
        printed = text[match.start() : match.end()]
        spelt = any(same_marks(printed, verb, bare=text.isascii()) for verb in _verbs()[match[0]])
        small = not printed[0].isupper() or (match[0] in _sentences() and not printed.isupper())
        if spelt and small and not any(start <= match.start() < end for start, end in names):
            return match
    return None


def _coordinators(text: str) -> str:
    """What stands behind "phối hợp với", up to the next verb or the end of the clause."""
    together = _patterns()["together"].search(fold(text))
    if not together:
        return ""
    rest = text[together.end() :]
    rest = rest[: _clause_end(rest)]
    if not together[0].endswith("voi ") and not parties.is_sure(rest):
        return ""
    if related := _RELATED.search(rest):
        rest = rest[: related.end()]
    verb = _verb(rest)
    return (rest[: verb.start()] if verb else rest).strip(_EDGE).removesuffix(" và")


def _clause_end(text: str) -> int:
    """Before the full stop, colon or semicolon, but behind a semicolon that another body follows."""
    for end in _END.finditer(text):
        if text[end.start() : end.end()] != ";" or not parties.is_party(text[end.end() :]):
            return end.start()
    return len(text)


def _tells(name: str) -> bool:
    """`Sở Y tế đã …`, `Các nội dung …`: no body's name."""
    opener = parties.opener(name)
    if opener and _phrases("things", "nouns").start(name[len(opener) :].lstrip()):
        return True
    return bool(_patterns()["telling"].search(_BRACKET.sub("", name).lower()))


def _only_name(text: str) -> str | None:
    """`1. Sở Y tế` or `Sở Y tế:`, with its tasks below."""
    name = _BRACKET.sub("", text).strip(_EDGE)
    if not name or len(name) > _LONGEST_NAME or "." in name or _verb(name) or _phrases("verbs").start(name):
        return None
    return name if _is_name(name) else None


def _is_name(name: str) -> bool:
    """A title in capitals must be a body's name in small letters too: `TỔ CHỨC` is none."""
    if not name.isupper():
        return parties.is_party(name)
    return bodies.starts_body(name) or parties.is_sure(name.capitalize())


@cache
def _phrases(name: str, *inner: str) -> Phrases:
    words = _lexicon()[name]
    for part in inner:
        words = words[part]
    return Phrases(words)


@cache
def _sentences() -> frozenset[str]:
    return frozenset(map(fold, _lexicon()["sentences"]))


@cache
def _verbs() -> dict[str, list[str]]:
    """Folded verb to its spellings."""
    found: dict[str, list[str]] = {}
    for verb in _lexicon()["verbs"]:
        found.setdefault(fold(verb), []).append(verb)
    return found


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    lexicon = _lexicon()

    def words(phrases: list[str]) -> re.Pattern[str]:
        longest_first = sorted({fold(phrase) for phrase in phrases}, key=len, reverse=True)
        return re.compile(r"\b(?:" + "|".join(map(re.escape, longest_first)) + r")\b")

    return {
        "verbs": words(lexicon["verbs"]),
        "not_verbs": words(lexicon["not_verbs"]["phrases"]),
        **{
            name: re.compile(lexicon[name]["pattern"])
            for name in ("headings", "formula", "together", "telling", "background")
        },
        **{name: re.compile(lexicon[name]["titled"]) for name in ("always", "law")},
        "opening": re.compile(lexicon["always"]["opening"]),
    }


@cache
def _lexicon() -> dict[str, Any]:
    return load("orders.toml")
