"""Fields within a task's own paragraph: "… . Cơ quan chủ trì: Sở A. Thời hạn: …", "… (Sở A chủ trì; xong năm 2027)"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from vanban import deadlines, parties
from vanban.duties.columns import Role, role_of
from vanban.duties.shares import shares
from vanban.fold import fold

_ROLES: frozenset[Role] = frozenset({"lead", "coordinator", "deadline", "product"})
_LABEL = re.compile(r"(?:^|(?<=[.;])\s+)(?P<label>[^.:;()\n]{3,60}):\s")
_BRACKET = re.compile(r"\((?P<inner>(?:[^()]|\([^()]*\))*)\)[.;]?$")
_EDGE = " \t\n.;,"


@dataclass(slots=True)
class Fields:
    content: str
    """What stands before the fields; empty where a paragraph is nothing but fields."""
    lead: str = ""
    coordinator: str = ""
    deadline: str = ""
    product: str = ""


def read(text: str) -> Fields | None:
    """The task and its fields, if a field at the end of the paragraph names a lead."""
    bracket = _BRACKET.search(text)
    if bracket and (found := _fields(text[: bracket.start()], bracket["inner"])):
        return found
    first = next((label for label in _LABEL.finditer(text) if label.start() and _role(label["label"])), None)
    return _fields(text[: first.start()], text[first.start() :].lstrip()) if first else None


def labelled(text: str) -> list[tuple[Role | None, str]]:
    """`Cơ quan chủ trì: Sở A. Thời hạn: …`: each field of a paragraph that is nothing but fields."""
    first = next(_LABEL.finditer(text), None)
    return list(_parts(text)) if first and first.start() == 0 and _role(first["label"]) else []


def _fields(content: str, text: str) -> Fields | None:
    found = Fields(content.strip().rstrip(";:").rstrip())
    for role, value in _parts(text):
        if role == "lead" and not found.lead:
            found.lead, coordinator = shares(value)
            found.coordinator = found.coordinator or coordinator
        elif role and not getattr(found, role):
            setattr(found, role, value)
    return found if found.lead and parties.is_sure(found.lead) else None


def _parts(text: str) -> Iterator[tuple[Role | None, str]]:
    """Each labelled value; without any label what stands between semicolons says by its words what it is."""
    labels = [label for label in _LABEL.finditer(text) if _role(label["label"])]
    if not labels:
        yield from _worded(text)
        return
    ends = [*(label.start() for label in labels[1:]), len(text)]
    for label, end in zip(labels, ends, strict=True):
        yield _role(label["label"]), text[label.end() : end].strip(_EDGE)


def _worded(text: str) -> Iterator[tuple[Role | None, str]]:
    """`Sở A chủ trì, phối hợp với Sở B; xong trong quý I`."""
    for part in text.split(";"):
        folded = fold(part)
        if "chu tri" in folded:
            yield "lead", part.strip(_EDGE)
        elif "phoi hop" in folded:
            yield "coordinator", shares(part.strip(_EDGE))[0]
        elif (deadline := deadlines.order(part) or deadlines.parse(part)) and deadline.rule and deadline.phrase:
            yield "deadline", deadline.phrase


def _role(label: str) -> Role | None:
    role = role_of(label)
    if role in _ROLES:
        return role
    return "deadline" if fold(label).strip() in ("hoan thanh", "xong") else None
