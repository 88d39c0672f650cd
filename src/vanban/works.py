"""Which mentions are the same work.

A symbol is not an identity: numbers restart every term and every year. A work is (kind, symbol, issuer, date or term).
A dated mention stands for itself; one with a term joins what does not contradict it; a bare one ("Nghị quyết số
43-NQ/TW") takes the identity of the mention it abbreviates: the nearest before it, else the nearest after it, that
agrees in kind, issuer, term and subject.
"""

from __future__ import annotations

from bisect import bisect, insort
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

from vanban import kinds, laws, symbols, tails
from vanban.fold import fold, key
from vanban.model import Citation, WorkRef

_SHARED_SUBJECT = 0.34
"""Share of common words from which two subjects may be one."""
_SUBJECTS = 16
"""Differently worded titles kept of one work."""


@lru_cache(maxsize=4096)
def _words(said: str) -> frozenset[str]:
    return frozenset(key(said).split())


_COMMON = _words("của và các về trong cho việc thực hiện đến năm theo trên địa bàn tiếp tục tăng cường đẩy mạnh")


@dataclass(slots=True)
class _Work:
    """A work in the making."""

    kind: str | None
    symbol: str | None
    mentions: list[int] = field(default_factory=list)
    date: date | None = None
    year: int | None = None
    issuer: str | None = None
    term: str | None = None
    title: str | None = None
    subjects: set[frozenset[str]] = field(default_factory=set)

    def take(self, index: int, mention: Citation) -> None:
        insort(self.mentions, index)
        self.date = self.date or mention.date or mention.date_before
        self.year = self.year or _year(mention)
        self.issuer = self.issuer or mention.issuer
        self.term = self.term or mention.term
        self.title = self.title or mention.title
        if self.kind in (None, *kinds.UNSPECIFIC):
            self.kind = mention.kind or self.kind
        if mention.symbol and self.symbol and self.symbol.isupper():
            self.symbol = mention.symbol
        if mention.title and mention.form == "symbol" and len(self.subjects) < _SUBJECTS:
            self.subjects.add(_subject(mention.title))

    def ref(self) -> WorkRef:
        return WorkRef(
            kind=self.kind,
            symbol=self.symbol,
            issuer=self.issuer,
            date=self.date,
            term=self.term,
            title=self.title,
            mentions=tuple(sorted(self.mentions)),
        )


def assign(citations: Sequence[Citation]) -> tuple[list[int], tuple[WorkRef, ...]]:
    """For each mention the index of its work; and the works, in order of their first mention."""
    made: list[_Work] = []
    groups: dict[str, list[int]] = defaultdict(list)
    for index, mention in enumerate(citations):
        if mention.symbol:
            groups[mention.symbol.casefold()].append(index)
    for indices in groups.values():
        made.extend(_same_symbol(citations, indices))
    made = _named(citations, made)
    made = _short(citations, made)
    made.sort(key=lambda work: min(work.mentions))
    place = {index: number for number, work in enumerate(made) for index in work.mentions}
    return [place[index] for index in range(len(citations))], tuple(work.ref() for work in made)


def _same_symbol(citations: Sequence[Citation], indices: Sequence[int]) -> list[_Work]:
    """The works behind one symbol: first those that a date tells apart, then a term, then the bare mentions."""
    made: list[_Work] = []
    for wanted in (_is_dated, _has_term, _is_bare):
        for index in indices:
            mention = citations[index]
            if not wanted(mention):
                continue
            fitting = [work for work in made if _agree(work, mention)]
            work = _nearest(fitting, index, mention)
            if work is None:
                work = _Work(mention.kind, mention.symbol)
                made.append(work)
            work.take(index, mention)
    return made


def _is_dated(mention: Citation) -> bool:
    return bool(mention.date or mention.date_before)


def _has_term(mention: Citation) -> bool:
    return not _is_dated(mention) and mention.term is not None


def _is_bare(mention: Citation) -> bool:
    return not _is_dated(mention) and mention.term is None


def _nearest(fitting: Sequence[_Work], index: int, mention: Citation) -> _Work | None:
    """The work of the same subject, else the one mentioned last before, else first after."""
    if not fitting:
        return None
    subject = _subject(mention.title)

    def distance(work: _Work) -> tuple[float, bool, int]:
        place = bisect(work.mentions, index)
        gap = index - work.mentions[place - 1] if place else work.mentions[0] - index
        return -_shared(subject, work), not place, gap

    return min(fitting, key=distance)


def _agree(work: _Work, mention: Citation) -> bool:
    """Nothing that the mention says contradicts the work."""
    said = mention.date or mention.date_before
    if not kinds.agree(work.kind, mention.kind):
        return False
    if said and work.date:
        return said == work.date
    if mention.term and work.term and mention.term != work.term:
        return False
    if not _term_bears(mention.term, work.date) or not _term_bears(work.term, said):
        return False
    return _issuers_agree(work.issuer, mention.issuer) and _subjects_agree(work, mention)


def _term_bears(term: str | None, day: date | None) -> bool:
    """A central term of the Party holds a date; terms it does not know (a province's) hold all."""
    years: list[int] | None = tails.words()["terms"].get(term or "")
    return day is None or years is None or years[0] <= day.year <= years[1]


def _issuers_agree(one: str | None, other: str | None) -> bool:
    """Two names of one issuer share a word; `Bộ Chính trị` and `Ban Bí thư` do not."""
    return one is None or other is None or bool(_words(one) & _words(other))


def _subjects_agree(work: _Work, mention: Citation) -> bool:
    subject = _subject(mention.title)
    return not (subject and work.subjects) or _shared(subject, work) >= _SHARED_SUBJECT


def _shared(subject: frozenset[str], work: _Work) -> float:
    """Share of the shorter subject's words that the other has too, 0 to 1."""
    return max(
        (len(subject & own) / min(len(subject), len(own)) for own in work.subjects if own and subject), default=0.0
    )


@lru_cache(maxsize=4096)
def _subject(title: str | None) -> frozenset[str]:
    return frozenset(word for word in _words(title or "") if len(word) > 1) - _COMMON


def _named(citations: Sequence[Citation], made: list[_Work]) -> list[_Work]:
    """Works cited by name join the numbered mention of the same name, where there is just one."""
    numbered: dict[str | None, list[_Work]] = defaultdict(list)
    for work in made:
        for name in {_law_name(citations[index]) for index in work.mentions} - {None}:
            numbered[name].append(work)
    plain: dict[str, list[_Work]] = defaultdict(list)
    for index, mention in enumerate(citations):
        if mention.form != "name" or mention.title is None:
            continue
        name = _law_name(mention) or key(mention.title)
        fitting = [work for work in numbered[name] if _same_year(work, mention)]
        if len(fitting) != 1:
            fitting = [work for work in plain[name] if _same_year(work, mention)]
        if not fitting:
            fitting = [_Work(mention.kind, None)]
            plain[name].extend(fitting)
        fitting[-1].take(index, mention)
    return [*made, *(work for same in plain.values() for work in same)]


def _law_name(mention: Citation) -> str | None:
    """A law's name without its kind, to be compared: `Luật số … về X` and `Luật X` have the same."""
    if mention.kind not in kinds.named() or not mention.title:
        return None
    return laws.spelled_out(mention.title.removeprefix(f"{mention.kind} "))


def _same_year(work: _Work, mention: Citation) -> bool:
    """Full dates must be equal; a year must be the date's, or the symbol's."""
    if work.date and mention.date:
        return work.date == mention.date
    own, said = work.year or _symbol_year(work.symbol), _year(mention)
    return own is None or said is None or own == said


def _year(mention: Citation) -> int | None:
    if mention.date:
        return mention.date.year
    digits = (mention.date_text or "")[-4:]
    return int(digits) if digits.isdigit() else None


def _symbol_year(symbol: str | None) -> int | None:
    parsed = symbols.parse(symbol) if symbol else None
    return parsed.year if parsed else None


def _short(citations: Sequence[Citation], made: list[_Work]) -> list[_Work]:
    """`Đề án 06` joins the one numbered work of that number and kind, `Nghị quyết nêu trên` the one of its kind
    mentioned last; else each is a work of its own.
    """
    own: dict[str, _Work] = {}
    added: list[_Work] = []
    numbered: dict[int | None, list[_Work]] = defaultdict(list)
    short = [(at, one, one.title) for at, one in enumerate(citations) if one.form == "short" and one.title]
    for work in made if short else ():
        numbered[_number(work.symbol)].append(work)
    for index, mention, title in short:
        last = title.rsplit(" ", 1)[1]
        same = numbered[int(last)] if last.isdecimal() else _last_before(made, index)
        fitting = [work for work in same if kinds.agree(work.kind, mention.kind)]
        if len(fitting) == 1 or (fitting and not last.isdecimal()):
            fitting[0].take(index, mention)
            continue
        name = fold(title)
        if name not in own:
            own[name] = _Work(mention.kind, None)
            added.append(own[name])
        own[name].take(index, mention)
    return [*made, *added]


def _last_before(made: Sequence[_Work], index: int) -> list[_Work]:
    """The works that are mentioned before, the one mentioned last first."""
    placed = [(bisect(work.mentions, index), work) for work in made]
    before = [(work.mentions[place - 1], work) for place, work in placed if place]
    return [work for _, work in sorted(before, key=lambda pair: pair[0], reverse=True)]


def _number(symbol: str | None) -> int | None:
    parsed = symbols.parse(symbol) if symbol else None
    return parsed.number if parsed else None
