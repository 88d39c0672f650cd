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
_CLAUSE = re.compile(
    r"[.;:!?]\s|\n\s*\n|\t|"
    r"\n(?=\s*(?:[-–+•*]|\d{1,3}[.)]|[a-zđ]\)|Căn cứ|Thực hiện|Triển khai|Thi hành|Trên cơ sở|Theo|Xét))"
)
_JOINT = re.compile(r"[\s,;]*(?:và|cùng|hoặc)?\s*(?:các\s+)?(?:số\s*)?", re.IGNORECASE)
_NUMBER = r"(?:số )?(?:[0-9]{1,3}[a-zđ]?|[ivxlc]{1,6}|[a-zđ])(?:[.][0-9]{1,2}){0,3}(?![\w/-])"

_JOINTS = ("ban hanh kem theo", "kem theo", "thuoc", "trong", "cua", "tai")
"""Between a part and its work, the longest first."""
_NUMBER_LAST = re.compile(r"(?:[\s,-]|va|den)(?:[0-9]{1,3}[a-zđ]?|[ivxlc]{1,6}|[a-zđ])(?:[.][0-9]{1,2}){0,3}$")
_NUMBER_REACH = 20
_JOINTS_REACH = 60


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
        changed = relation is not None or provision is not None
        related.append(replace(one, relation=relation, provision=provision) if changed else one)
    return related


_OF = re.compile(r"\s*,?\s*(?:của|tại|thuộc|trong|kèm theo|ban hành kèm theo)?\s*$", re.IGNORECASE)


def _listed(before: Citation, one: Citation, joint: str) -> bool:
    """`… số 18-NQ/TW, khoản 3 Điều 5 của số 19-NQ/TW`: a list says its verb once."""
    return one.span.start - before.span.end < _BEFORE and bool(_JOINT.fullmatch(joint))


def _provision(lead: str) -> str:
    """The longest run of parts at the end of what stands before a work, with the word that joins it to the work."""
    if not _ends_in_number(lead):
        return ""
    folded = fold(lead)
    for start in _parts().finditer(folded):
        if _run().fullmatch(folded, start.start()):
            return lead[start.start() :]
    return ""


def _ends_in_number(lead: str) -> bool:
    """As every run of parts does, before the words that join it to its work; few leads do."""
    bare = fold(lead.rstrip(" ,\n\xa0")[-_JOINTS_REACH:]).removesuffix("so").rstrip()
    joint = next((word for word in _JOINTS if bare.endswith(word)), "")
    bare = bare.removesuffix(joint).rstrip()
    if len(bare) < _NUMBER_REACH:  # all blanks
        return True
    return _NUMBER_LAST.search(bare, len(bare) - _NUMBER_REACH) is not None


@cache
def _parts() -> re.Pattern[str]:
    words = sorted(map(fold, load("citations.toml")["provision"]["parts"]), key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(words)})\s+(?={_NUMBER})")


@cache
def _run() -> re.Pattern[str]:
    """`diem a khoan 2, khoan 3 va 4 dieu 5 cua`."""
    joint = r"\s*(?:,|;|va|den|-|,\s*va|cua|tai|thuoc)?\s*"
    one = rf"{_parts().pattern}{_NUMBER}(?:\s*(?:,|va|den|-)\s*{_NUMBER})*+"
    return re.compile(rf"{one}(?:{joint}{one}){{0,9}}+\s*,?\s*(?:{'|'.join(_JOINTS)})?\s*(?:so\s*)?")


def _said(joint: str, *, alone: bool) -> Relation | None:
    """The relation whose verb ends what stands before the mention. `alone`: no other mention can be its subject."""
    clause = squeeze(fold(joint[_clause_at(joint) :]))
    for _ in range(_FILLERS):
        for relation, verb in _verbs().get(clause[-_ENDING:], ()):
            if clause.endswith(verb) and not clause[: -len(verb)][-1:].isalnum():
                review = relation == "implements" and is_review(clause[: -len(verb)])
                return relation if alone and not review else None
        shorter = _without_filler(clause)
        if shorter == clause:
            return None
        clause = shorter
    return None


def is_review(clause: str) -> bool:
    """`Sau 10 năm thực hiện …`, `kết quả thực hiện …`: folded words that look back, before a verb of carrying out."""
    return bool(_review().search(clause))


@cache
def _review() -> re.Pattern[str]:
    words = "|".join(map(fold, load("citations.toml")["related"]["review"]))
    return re.compile(rf"(?<!\w)(?:{words})\s+(?:(?:[0-9]{{1,2}}|\w+)\s+nam\s+)?(?:to chuc\s+|trien khai\s+)?$")


def _clause_at(joint: str) -> int:
    """Where the last clause begins: behind the last mark at which one ends."""
    end = len(joint)
    while (end := max(joint.rfind(mark, 0, end) for mark in ".;:!?\n\t")) >= 0:
        cut = _CLAUSE.match(joint, end)
        if cut:
            return cut.end()
    return 0


_ENDING = 3
"""Letters at its end by which a verb is found; none is shorter."""


@cache
def _verbs() -> dict[str, tuple[tuple[Relation, str], ...]]:
    """By their endings, the longest first."""
    said: dict[Relation, list[str]] = load("citations.toml")["relation"]
    pairs = {(relation, fold(verb)) for relation, verbs in said.items() for verb in verbs}
    found: dict[str, tuple[tuple[Relation, str], ...]] = {}
    for relation, verb in sorted(pairs, key=lambda pair: (-len(pair[1]), pair)):
        found[verb[-_ENDING:]] = (*found.get(verb[-_ENDING:], ()), (relation, verb))
    return found


def _without_filler(clause: str) -> str:
    """A squeezed clause without its commas at the end, and without the filler before them."""
    bare = clause.rstrip(" ,")
    filler, longest = _filler()
    found = filler.search(bare, max(0, len(bare) - longest))
    return bare[: found.start()].rstrip(" ,") if found else bare


@cache
def _filler() -> tuple[re.Pattern[str], int]:
    words = sorted({fold(word) for word in load("citations.toml")["related"]["between"]}, key=len, reverse=True)
    return re.compile(rf"(?:^|(?<=\s))(?:{'|'.join(words)})$"), max(map(len, words))


def _ended(text: str, one: Citation) -> bool:
    behind = text[one.span.end : one.span.end + _BEHIND]
    first = _FIRST.search(behind)
    letters, words = _end_words()
    return first is not None and fold(first[0]) in letters and bool(words.match(squeeze(fold(behind))))


_FIRST = re.compile(r"[^\s,]")


@cache
def _end_words() -> tuple[frozenset[str], re.Pattern[str]]:
    """The letters that what is sought may begin with, and what is sought."""
    words = sorted(map(fold, load("citations.toml")["related"]["ended"]), key=len, reverse=True)
    pattern = rf"(?:,? ?(?:cua|do) [^.;]{{0,40}})? ?,? ?(?:se )?(?:{'|'.join(words)})(?!\w)"
    return frozenset({"c", "d", "s", *(word[0] for word in words)}), re.compile(pattern)
