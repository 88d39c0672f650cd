"""Itemised tasks with labelled fields: "- Cơ quan chủ trì: …", "c) Thời gian thực hiện: …" under a numbered item."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from vanban.duties.columns import Role, role_of
from vanban.duties.draft import Draft
from vanban.fold import squeeze
from vanban.model import Outline, Provision, Span

_FIELD = re.compile(r"^[-–+*•\s]*(?P<label>[^:\n]{3,60}):(?P<value>.*)$", re.DOTALL)
_ROLES: frozenset[Role] = frozenset({"lead", "coordinator", "deadline", "product", "content"})
_NUMBERED = {"number", "decimal", "letter"}
_MARKED = {"dash", "letter"}


@dataclass(frozen=True, slots=True)
class _Item:
    """A field of a task, or (role None) a paragraph that describes it."""

    role: Role | None
    text: str
    span: Span
    own: bool = False
    """A list item rather than a plain paragraph."""


def drafts(outline: Outline, group: int) -> list[Draft]:
    """Every item that names a lead in a labelled field, in document order."""
    found: list[Draft] = []
    for provision in outline.provisions:
        _walk(provision, None, group, found)
    return found


def _walk(node: Provision, parent: Provision | None, group: int, found: list[Draft]) -> None:
    if _field(node):
        return
    items = list(_items(node))
    if any(item.role == "lead" for item in items):
        found.extend(_tasks(node, parent, items, group))
    for child in node.children:
        _walk(child, node, group, found)


def _field(node: Provision) -> tuple[Role, str] | None:
    """Role and value of "Cơ quan chủ trì: Sở A"."""
    match = _FIELD.match(node.text)
    if not match:
        return None
    role = role_of(match["label"])
    return (role, _value(match["value"])) if role in _ROLES else None


def _value(text: str) -> str:
    return text.strip().rstrip(".;").rstrip()


def _items(node: Provision) -> Iterator[_Item]:
    for child in node.children:
        field = _field(child)
        if field is None:
            if not any(_field(below) for below in child.children):
                yield _Item(None, _printed(child), child.span, own=child.kind in _MARKED)
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


def _tasks(node: Provision, parent: Provision | None, items: list[_Item], group: int) -> Iterator[Draft]:
    """One draft; or one for each list item that is followed by fields of its own."""
    parts = _parts(items)
    title = squeeze(node.text).rstrip(":;")
    heading = squeeze(f"{node.label} {title}")
    above = squeeze(f"{parent.label} {parent.text}").rstrip(":;") if parent and parent.kind in _NUMBERED else None
    for part in parts:
        draft = Draft("list", title, [node.span], number=node.label or None, group=group, provision=node.id)
        draft.section = heading if len(parts) > 1 else above
        told = [item.text for item in part if item.role is None]
        content = [item.text for item in part if item.role == "content"] or told
        if len(parts) > 1 and content:
            content[0] = content[0].lstrip("-–+ ")
        draft.content = "\n".join(content) or title
        draft.lead_text = _of(part, "lead")
        draft.coordinator_text = _of(part, "coordinator")
        draft.deadline_text = _of(part, "deadline")
        draft.product_text = _of(part, "product")
        if len(parts) > 1:
            draft.spans = [item.span for item in part]
        if draft.lead_text:
            yield draft


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
