"""Running text that orders something of a named body: "Giao Sở A chủ trì, phối hợp với Sở B … trước ngày …".

Precise rather than greedy: a sentence counts only where it begins with "Giao …" and a body, or, under a heading like
"Tổ chức thực hiện" or behind "… yêu cầu:", with a body and a verb; or where its item stands under nothing but a body's
name. What a sentence says of its body is `subjects`; how a paragraph of several orders is cut is `sentences`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from vanban import deadlines, parties, running, symbols
from vanban.duties import sentences, subjects
from vanban.duties.draft import Draft
from vanban.duties.lists import is_field, printed_label
from vanban.duties.subjects import patterns, phrases
from vanban.fold import fold, squeeze
from vanban.model import Heading, Outline, Provision, Span
from vanban.paragraphs import Paragraph, paragraphs
from vanban.recipients import is_head
from vanban.sheet import Sheet, Table

_LONGEST_TITLE = 120
_OPENING = 600
_RELATED = re.compile(r"liên quan(?= [^\W\d_])(?! và )")
_END = re.compile(r"[.;:]|$")
_EDGE = " \t\n,;:-–+."
_UNDER_PARAGRAPH = frozenset({"paragraph", "dash", "letter"})
"""What may stand under an unlabelled paragraph that ends in a colon."""
_LONGEST_LABEL = 60
_LEAST_WORDS = 6
"""An item with a label, below a body's name, that long says what to do even where its verb is not known."""
_ENDS = re.compile(r"[:.]")
_LABEL = re.compile(r"[^:.,;]{2,40}:\s")


@dataclass(frozen=True, slots=True)
class _Setting:
    """What holds for the sentences at one place of a document."""

    text: str
    group: int
    taken: frozenset[str]
    articles: bool
    """An article that begins with a body and a verb orders."""
    issuer: str
    ordering: bool = False
    """A body and a verb order."""
    lead: str | None = None
    """The body whose name stands alone above."""
    coordinators: str = ""
    common: str | None = None
    """Whom an opening addresses ("… yêu cầu các sở, ngành:"): the lead of items below that name nobody."""
    never: bool = False
    """The document tells or proposes: an opening opens nothing."""
    heard: bool = True
    """A superior or the issuer that orders within a sentence is heard."""
    follows: bool = False
    """An order stands above among the same paragraphs."""


def drafts(sheet: Sheet, outline: Outline, heading: Heading, group: int, taken: frozenset[str]) -> list[Draft]:
    """The orders in the outline's paragraphs, except in provisions already `taken` as lists of tasks, and in what
    stands before them.

    None in general law: a decree, a regulation, a normative decision (`31/2026/QĐ-UBND`) or a regulation in an annex
    lays down duties that bind a body for ever; nobody reports on them as tasks of a programme. None in what only
    proposes.
    """
    always = subjects.lexicon()["always"]
    if is_law(heading) or heading.kind in always["silent"]:
        return []
    laws = _annexed_laws(outline)
    nodes = [
        *_before(sheet, outline),
        *(provision for provision in outline.provisions if not provision.id.startswith(laws)),
    ]
    ordering = heading.kind in always["kinds"] or bool(patterns()["always"].match(fold(heading.title or "")))
    setting = _Setting(sheet.text, group, taken, heading.kind in always["articles"], heading.issuer or "", ordering)
    if heading.kind in always["never"]:
        setting = replace(setting, never=True, heard=False)
    return list(_among(_addressed(nodes), setting))


def is_law(heading: Heading) -> bool:
    """Whether a document is general law, by its kind, its number with a year, or a title like "ban hành Quy chế"."""
    symbol = symbols.parse(heading.symbol or "")
    normative = symbol is not None and symbol.year is not None
    titled = patterns()["law"].match(fold(heading.title or ""))
    return normative or heading.kind in subjects.lexicon()["law"]["kinds"] or bool(titled)


def _annexed_laws(outline: Outline) -> tuple[str, ...]:
    """How the ids of provisions begin that stand in an annexed regulation."""
    titles = ((number, fold(annex.title or "")) for number, annex in enumerate(outline.annexes, 1))
    return tuple(f"annex-{number}/" for number, title in titles if patterns()["law"].match(title))


def _before(sheet: Sheet, outline: Outline) -> Iterator[Provision]:
    """The paragraphs before the first provision, as provisions without an id; all of them where there is none."""
    ends = [outline.provisions[0].span.start] if outline.provisions else []
    end = min([*ends, *(annex.span.start for annex in outline.annexes), len(sheet.text)])
    for block in running.unfold(paragraphs(sheet)):
        if block.span.start >= end or (isinstance(block, Paragraph) and is_head(block.text)):
            return
        if not isinstance(block, Table):
            yield Provision(id="", kind="paragraph", label="", text=squeeze(block.text), span=block.span)


def _addressed(nodes: list[Provision]) -> list[Provision]:
    """Without those to whom a letter goes: the dashes behind "Kính gửi:"; what follows them begins the letter."""
    for place, node in enumerate(nodes):
        if node.id or not patterns()["address"].search(fold(node.text)):
            continue
        behind = nodes[place + 1 :]
        dashes = [node.kind == "dash" for node in behind]
        listed = dashes.index(False) if False in dashes else len(dashes)
        letter = (at for at, dash in enumerate(behind[:listed], 1) if any(_is_text(child) for child in dash.children))
        listed = next(letter, listed)
        opened = [child for dash in behind[:listed] for child in dash.children if child.kind == "paragraph"]
        return [*nodes[: place + 1], *opened, *behind[listed:]]
    return nodes


def _is_text(node: Provision) -> bool:
    """The first paragraph of a letter, which stands behind the last of those to whom it goes."""
    return node.kind == "paragraph" and len(node.text) > _LONGEST_TITLE


def _among(nodes: Iterable[Provision], setting: _Setting) -> Iterator[Draft]:
    """The orders of siblings. A paragraph that ends in a colon opens what follows, and names whose tasks these are."""
    above, before = setting, ""
    for node in nodes:
        ended = node.kind not in _UNDER_PARAGRAPH or (node.kind == "paragraph" and before not in ("", "paragraph"))
        if ended:
            setting = replace(setting, lead=above.lead, coordinators=above.coordinators)
        before = node.kind
        found = list(_walk(node, setting))
        yield from found
        if found and node.kind in _UNDER_PARAGRAPH and not setting.never:
            setting = replace(setting, follows=True)
        if node.kind == "paragraph" and node.text.rstrip().endswith(":"):
            text = squeeze(node.text)
            setting = replace(_below(text, _opened(node, text, setting)), articles=setting.articles)


def _walk(node: Provision, setting: _Setting) -> Iterator[Draft]:
    if node.id and node.id in setting.taken:
        return
    text = squeeze(node.text)
    title = bool(node.children) and _announces(text)
    found = [] if title else list(_orders(node, text, setting))
    yield from found
    below = replace(setting, follows=False)
    within = replace(below, lead=None, coordinators="", common=None)
    if setting.articles and node.kind == "article" and text.endswith(":"):
        below = replace(below, ordering=True)
    yield from _among(node.children, within if found else _below(text, _opened(node, text, below)))


def _opened(node: Provision, text: str, setting: _Setting) -> _Setting:
    """What "… yêu cầu các sở, ngành thực hiện các nội dung sau:" says of what stands below it."""
    if not text.endswith(":") or setting.never or node.id.startswith("annex-"):
        return setting
    if not patterns()["before"].search(fold(text[-_OPENING:])):
        return setting
    asked = subjects.commanded(text[text.rfind(". ") + 1 :].strip(), setting.issuer)
    common = asked.name if asked and not _ENDS.search(asked.name) else None
    return replace(setting, ordering=True, heard=True, common=common)


def _below(text: str, setting: _Setting) -> _Setting:
    """What a heading or an opening paragraph says of those below it."""
    folded = fold(text[: subjects.LONGEST_NAME])
    if patterns()["headings"].search(folded):
        setting = replace(setting, ordering=True)
    elif patterns()["quiet"].match(folded) and _announces(text):
        setting = replace(setting, ordering=False, articles=False, heard=False, common=None)
    found = subjects.subject(text, ordering=setting.ordering, issuer=setting.issuer)
    if found and found.name:
        return replace(setting, lead=found.name, coordinators=_coordinators(found.behind))
    if (setting.ordering or subjects.opens(text)) and (name := subjects.only_name(text)):
        return replace(setting, lead=name, coordinators="", ordering=True)
    return setting


def _orders(node: Provision, text: str, setting: _Setting) -> Iterator[Draft]:
    """The orders that this paragraph gives."""
    text = _without_closing(text)
    if patterns()["formula"].search(fold(text)) or text.endswith(":") or text[:1] in '“"':
        return
    ordering = setting.ordering or (setting.articles and node.kind == "article")
    told = _is_told(text)
    found = sentences.orders(
        text,
        ordering=(ordering or _follows(node, text, setting)) and not told,
        several=setting.ordering and not told,
        lead=setting.lead,
        issuer=setting.issuer,
        heard=setting.heard,
    )
    for order, span in zip(found, sentences.places(setting.text, node, found), strict=True):
        yield _draft(node, setting, order, span)
    if not found and not told and (lead := _inherited(node, text, setting)):
        whole = sentences.Order(lead, 0, len(text), text)
        draft = _draft(node, setting, whole, *sentences.places(setting.text, node, [whole]))
        draft.lead_inherited = True
        draft.coordinator_text = draft.coordinator_text or (setting.coordinators if setting.lead else "")
        yield draft


def _is_told(text: str) -> bool:
    """`Kết quả đạt được: …`: what its label says is told."""
    label, colon, _ = text.partition(":")
    return bool(colon) and len(label) <= _LONGEST_LABEL and bool(patterns()["quiet"].match(fold(label)))


def _follows(node: Provision, text: str, setting: _Setting) -> bool:
    """Behind an order, a paragraph that begins with a body and says what it is charged with."""
    if not setting.follows or node.kind not in _UNDER_PARAGRAPH:
        return False
    found = subjects.subject(text, ordering=True, issuer=setting.issuer)
    if found is None or not parties.is_sure(found.name):
        return False
    return bool(patterns()["follows"].match(fold(found.behind)))


def _inherited(node: Provision, text: str, setting: _Setting) -> str | None:
    """Whose task an item is that names nobody: the body's above, or theirs whom the opening addresses."""
    if not all(child.kind == "paragraph" for child in node.children):
        return None
    if setting.lead:
        return setting.lead if _is_task(node, text) else None
    asked = setting.common and node.kind != "paragraph" and subjects.acts(text) and _is_task(node, text)
    return setting.common if asked else None


def _without_closing(text: str) -> str:
    """Without a formula for a last sentence: "… . Văn phòng … thông báo để các sở biết"."""
    while end := text.rstrip("./ ").rfind(". ") + 1:
        if not patterns()["formula"].search(fold(text[end:].lstrip())):
            break
        text = text[:end]
    return text


def _is_task(node: Provision, text: str) -> bool:
    """Whether an item below a body's name says what that body is to do; an unlabelled one must begin with a verb."""
    folded = fold(text)
    if is_field(text) or patterns()["told"].match(text.lower()) or patterns()["approving"].match(folded):
        return False
    if node.kind == "paragraph" and (patterns()["background"].search(folded) or not subjects.acts(text)):
        return False
    if subjects.acts(text):
        return True
    if not text[:1].isupper() or patterns()["described"].match(folded) or phrases("things", "nouns").start(text):
        return False
    if parties.is_party(text) or _LABEL.match(text):
        return False
    return subjects.first_verb(text) is not None or (node.kind != "paragraph" and len(text.split()) >= _LEAST_WORDS)


def _announces(text: str) -> bool:
    """A line that only says whose tasks stand below it."""
    return text.endswith(":") or (len(text) <= _LONGEST_TITLE and not text.endswith((".", ";")))


def _draft(node: Provision, setting: _Setting, order: sentences.Order, span: Span) -> Draft:
    draft = Draft("prose", order.text, [span], group=setting.group, provision=node.id or None)
    draft.number = printed_label(setting.text, node) or None
    draft.lead_text, draft.coordinator_text = _together(order.lead, order.text)
    deadline = deadlines.order(order.text)
    draft.deadline_text = deadline.phrase or "" if deadline else ""
    return draft


def _together(lead: str, text: str) -> tuple[str, str]:
    """`Sở A cùng với Sở B`: who leads and who coordinates."""
    found = patterns()["beside"].search(fold(lead))
    if found and found.start() and subjects.is_sure(lead[found.end() :]):
        return lead[: found.start()].strip(_EDGE), lead[found.end() :].strip(_EDGE)
    return lead, _coordinators(text)


def _coordinators(text: str) -> str:
    """What stands behind "phối hợp với", up to the next verb or the end of the clause."""
    folded = fold(text)
    if joined := patterns()["joined"].search(folded):
        named = text[joined.start(1) : joined.end(1)].strip(_EDGE)
        if parties.is_sure(named) and subjects.first_verb(named) is None:
            return named
    together = patterns()["together"].search(folded)
    if not together:
        return ""
    rest = text[together.end() :]
    rest = rest[: _clause_end(rest)]
    if not together[0].endswith("voi ") and not parties.is_sure(rest):
        return ""
    if related := _RELATED.search(rest):
        rest = rest[: related.end()]
    if time := patterns()["times"].search(fold(rest)):
        rest = rest[: time.start()]
    verb = subjects.first_verb(rest)
    return (rest if verb is None else rest[:verb]).strip(_EDGE).removesuffix(" và")


def _clause_end(text: str) -> int:
    """Before the full stop, colon or semicolon, but behind a semicolon that another body follows."""
    for end in _END.finditer(text):
        if text[end.start() : end.end()] != ";" or not parties.is_party(text[end.end() :]):
            return end.start()
    return len(text)
