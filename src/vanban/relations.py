"""What a document has to do with a work that it mentions, and which part of the work it means.

Only what is said directly before the mention ("thực hiện", "sửa đổi, bổ sung một số điều của", "Căn cứ khoản 2 Điều
5") or directly behind it ("… hết hiệu lực"). In "Nghị định A sửa đổi Nghị định B" it is A that amends, so nothing is
said of B.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from msgspec.structs import replace

from vanban.fold import fold, squeeze
from vanban.lexicon import load
from vanban.model import Citation, Relation

_BEFORE = 240
_BEHIND = 60
_FILLERS = 8
"""So many words and phrases may stand between the verb and the work."""
_CLAUSE = re.compile(r"[.;:!?]\s|\n\s*\n|\n(?=\s*(?:[-–+•*]|\d{1,3}[.)]|[a-zđ]\)|Căn cứ))|\t")
_JOINT = re.compile(r"[\s,;]*(?:và|cùng|hoặc)?\s*(?:các\s+)?(?:số\s*)?", re.IGNORECASE)
_NUMBER = r"(?:số )?(?:[0-9]{1,3}[a-zđ]?|[ivxlc]{1,6}|[a-zđ])(?:[.][0-9]{1,2}){0,3}(?![\w/-])"


def relate(text: str, found: Sequence[Citation]) -> list[Citation]:
    """The citations, in order of place, with `relation` and `provision` where the text says them. Linear."""
    related: list[Citation] = []
    for one in found:
        before = related[-1] if related else None
        lead = text[max(before.span.end if before else 0, one.span.start - _BEFORE) : one.span.start]
        part = _provision(lead)
        joint = lead[: len(lead) - len(part)] if part else lead
        if before is not None and _listed(before, one, joint):
            relation = before.relation
        else:
            away = before is None or one.span.start > before.span.end + _BEFORE or bool(_CLAUSE.search(joint))
            relation = _said(joint, alone=away)
        if relation is None and _ended(text, one):
            relation = "repeals"
        provision = squeeze(_OF.sub("", part)) or None if part else None
        related.append(replace(one, relation=relation, provision=provision))
    return related


_OF = re.compile(r"\s*(?:của|tại|thuộc|trong|kèm theo|ban hành kèm theo)?\s*$", re.IGNORECASE)


def _listed(before: Citation, one: Citation, joint: str) -> bool:
    """`… số 18-NQ/TW, khoản 3 Điều 5 của số 19-NQ/TW`: a list says its verb once."""
    return one.span.start - before.span.end < _BEFORE and bool(_JOINT.fullmatch(joint))


def _provision(lead: str) -> str:
    """The longest run of parts at the end of what stands before a work, with the word that joins it to the work."""
    folded = fold(lead)
    for start in _parts().finditer(folded):
        if _run().fullmatch(folded, start.start()):
            return lead[start.start() :]
    return ""


@cache
def _parts() -> re.Pattern[str]:
    words = sorted(map(fold, load("citations.toml")["provision"]["parts"]), key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(words)})\s+(?={_NUMBER})")


@cache
def _run() -> re.Pattern[str]:
    """`diem a khoan 2, khoan 3 va 4 dieu 5 cua`."""
    joint = r"\s*(?:,|;|va|den|-|,\s*va|cua|tai|thuoc)?\s*"
    one = rf"{_parts().pattern}{_NUMBER}(?:\s*(?:,|va|den|-)\s*{_NUMBER})*+"
    return re.compile(
        rf"{one}(?:{joint}{one}){{0,9}}+\s*(?:cua|tai|thuoc|trong|kem theo|ban hanh kem theo)?\s*(?:so\s*)?"
    )


def _said(joint: str, *, alone: bool) -> Relation | None:
    """The relation whose verb ends what stands before the mention. `alone`: no other mention can be its subject."""
    cuts = [cut.end() for cut in _CLAUSE.finditer(joint)]
    clause = squeeze(fold(joint[cuts[-1] if cuts else 0 :]))
    for _ in range(_FILLERS):
        for relation, verb in _verbs():
            if clause.endswith(verb) and not clause[: -len(verb)][-1:].isalnum():
                return relation if alone else None
        shorter = _filler().sub("", clause).rstrip(" ,")
        if shorter == clause:
            return None
        clause = shorter
    return None


@cache
def _verbs() -> tuple[tuple[Relation, str], ...]:
    """The longest first."""
    said: dict[Relation, list[str]] = load("citations.toml")["relation"]
    pairs = {(relation, fold(verb)) for relation, verbs in said.items() for verb in verbs}
    return tuple(sorted(pairs, key=lambda pair: (-len(pair[1]), pair)))


@cache
def _filler() -> re.Pattern[str]:
    words = sorted({fold(word) for word in load("citations.toml")["related"]["between"]}, key=len, reverse=True)
    return re.compile(rf"(?:^|(?<=\s))(?:{'|'.join(words)})[\s,]*$|[\s,]+$")


def _ended(text: str, one: Citation) -> bool:
    behind = squeeze(fold(text[one.span.end : one.span.end + _BEHIND]))
    return bool(_end_words().match(behind))


@cache
def _end_words() -> re.Pattern[str]:
    words = sorted(map(fold, load("citations.toml")["related"]["ended"]), key=len, reverse=True)
    return re.compile(rf"(?:,? ?(?:cua|do) [^.;]{{0,40}})? ?,? ?(?:se )?(?:{'|'.join(words)})(?!\w)")
