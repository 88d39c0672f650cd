"""Itemised tasks with labelled fields: "- Cơ quan chủ trì: …", "c) Thời gian thực hiện: …" under a numbered item."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from vanban import parties
from vanban.duties import inline
from vanban.duties.columns import Role, heads_field, role_of
from vanban.duties.draft import Draft
from vanban.fold import fold, squeeze
from vanban.model import Outline, Provision, Span

_FIELD = re.compile(
    r"^[-–+*•\s]*(?=[^:\n]{3,60}:)(?P<label>(?:(?!\. )(?:\([^():]*\)|[^:\n(])){3,60}):(?P<value>.*)$", re.DOTALL
)
_MARKS = re.compile(r"[.)/:-]*")
_ROLES: frozenset[Role] = frozenset({"lead", "coordinator", "deadline", "product", "content"})
_NUMBERED = {"number", "decimal", "letter"}
_UNNUMBERED = {"dash", "paragraph"}


@dataclass(frozen=True, slots=True)
class _Item:
    """A field of a task, or (role None) a paragraph that describes it."""

    role: Role | None
    text: str
    span: Span


def drafts(text: str, outline: Outline, group: int) -> list[Draft]:
    """Every item that names a lead in a labelled field, in document order. `text` is the sheet's."""
    found: list[Draft] = []
    for provision in outline.provisions:
        _walk(text, provision, None, group, found)
    return found


def _walk(text: str, node: Provision, parent: Provision | None, group: int, found: list[Draft]) -> None:
    if _field(node):
        return
    items = list(_items(node))
    if any(item.role == "lead" for item in items):
        found.extend(_tasks(text, node, parent, items, group))
    elif draft := _inline(text, node, parent, group):
        found.append(draft)
    for child in node.children:
        _walk(text, child, node, group, found)


def _inline(text: str, node: Provision, parent: Provision | None, group: int) -> Draft | None:
    """A task that names its lead at the end of its paragraph, or in a bracket that stands alone below it."""
    fields = inline.read(node.text)
    if fields is None or not fields.content:
        alone = (inline.read(child.text) for child in node.children if child.kind == "paragraph")
        fields = next((found for found in alone if found and not found.content), None)
        if fields is None or not squeeze(node.text):
            return None
        fields.content = squeeze(node.text)
    number = printed_label(text, node) if node.kind not in _UNNUMBERED else ""
    draft = Draft("list", fields.content, [node.span], number=number or None, group=group)
    draft.provision = node.id
    draft.section = _heading(text, parent) if parent and parent.kind in _NUMBERED else None
    draft.lead_text, draft.coordinator_text = fields.lead, fields.coordinator
    draft.deadline_text, draft.product_text = fields.deadline, fields.product
    return draft


def _field(node: Provision) -> tuple[Role, str] | None:
    """Role and value of "Cơ quan chủ trì: Sở A"."""
    if node.children and node.kind in _NUMBERED and heads_field(node.text):
        return role_of(node.text), ""
    match = _FIELD.match(node.text)
    role = _role(match["label"]) if match else None
    if match is None or role is None or role not in _ROLES:
        return None
    value = match["value"].strip()
    return role, value if role == "content" else value.rstrip(".;").rstrip()


def is_field(text: str) -> bool:
    """`Đơn vị phối hợp: …`: a label and a value, not a sentence."""
    match = _FIELD.match(text)
    return match is not None and _role(match["label"]) in _ROLES - {"content"}


def _role(label: str) -> Role | None:
    """None for a sentence: "Sở A chủ trì, phối hợp với Sở B: …"."""
    if (parties.is_sure(label) and not parties.opener(label)) or "phoi hop voi" in fold(label):
        return None
    return role_of(label)


def printed_label(text: str, node: Provision) -> str:
    """The label with the marks that stand behind it: `1.`, `a)`."""
    at = text.find(node.label, node.span.start, node.span.end) if node.label else -1
    if at < 0:
        return node.label
    marks = _MARKS.match(text, at + len(node.label))
    return text[node.span.start : marks.end() if marks else at + len(node.label)].strip()


def _items(node: Provision) -> Iterator[_Item]:
    for child in node.children:
        field = _field(child)
        several = [] if child.children else inline.labelled(child.text)
        if len(several) > 1:
            yield from (_Item(role, value, child.span) for role, value in several)
            continue
        if field is None:
            if not any(_field(below) for below in child.children):
                yield _Item(None, _printed(child), child.span)
            continue
        role, value = field
        if value or not child.children:
            yield _Item(role, "\n".join([value, *map(_printed, child.children)]).strip(), child.span)
        elif any(_field(below) for below in child.children):
            yield from _items(child)
        else:
            yield _Item(role, "\n".join(map(_printed, child.children)), child.span)


def _printed(node: Provision) -> str:
    """The node's own text and all below it, with its marks as printed."""
    own = f"{node.label} {node.text}" if node.kind != "paragraph" else node.text
    return "\n".join([own.strip(), *map(_printed, node.children)])


def _tasks(text: str, node: Provision, parent: Provision | None, items: list[_Item], group: int) -> Iterator[Draft]:
    """One draft; or one for each list item that is followed by fields of its own."""
    parts = _parts(items)
    number = printed_label(text, node) if node.kind not in _UNNUMBERED else ""
    title = squeeze(node.text).rstrip(":;")
    above = _heading(text, parent) if parent and parent.kind in _NUMBERED else None
    for part in parts:
        draft = Draft(
            "list", _content(node, part, len(parts)) or title, [node.span], number=number or None, group=group
        )
        draft.provision = node.id
        draft.section = _heading(text, node) if len(parts) > 1 else above
        draft.lead_text = _of(part, "lead")
        draft.coordinator_text = _of(part, "coordinator")
        draft.deadline_text = _of(part, "deadline")
        draft.product_text = _of(part, "product")
        if len(parts) > 1:
            draft.spans = [item.span for item in part]
        if draft.lead_text:
            yield draft


def _heading(text: str, node: Provision) -> str:
    return squeeze(f"{printed_label(text, node)} {node.text}").rstrip(":;")


def _content(node: Provision, part: list[_Item], parts: int) -> str:
    """The field that says it, or else what describes the task before its fields; a dash's own text is part of that."""
    told = [item.text for item in part if item.role is None]
    content = [item.text for item in part if item.role == "content"] or told
    if parts > 1 and content:
        content[0] = content[0].lstrip("-–+ ")
    if node.kind in _UNNUMBERED:
        content.insert(0, node.text)
    return "\n".join(content)


def _parts(items: list[_Item]) -> list[list[_Item]]:
    """Cut before each description that follows fields, where there is more than one lead."""
    if sum(item.role == "lead" for item in items) < 2:  # noqa: PLR2004
        return [items]
    parts: list[list[_Item]] = [[]]
    for item in items:
        if item.role is None and any(before.role for before in parts[-1]):
            parts.append([])
        parts[-1].append(item)
    return parts


def _of(items: list[_Item], role: Role) -> str:
    return "\n".join(item.text for item in items if item.role == role)
