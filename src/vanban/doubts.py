"""What a person must look at, and why. Codes, severities, order and wording are data: `lexicon/doubts.toml`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from vanban import certainty
from vanban.fold import key, squeeze
from vanban.lexicon import load
from vanban.model import Deadline, Doubt, Duty, Heading, Span
from vanban.sheet import Sheet

_LEXICON = load("doubts.toml")
_RANK = {code: rank for rank, code in enumerate(_LEXICON["order"])}
_SEVERITY = {"blocking": 0, "check": 1, "note": 2}
_LONGEST_PRINTED = 60
_HEADING_FIELDS = ("symbol", "date", "issuer", "kind")


def doubt(code: str, *, span: Span | None = None, duty: int | None = None, **said: str) -> Doubt:
    """A doubt in the lexicon's words; `said` fills the places of its message. KeyError for an unknown code."""
    entry = _LEXICON[code]
    return Doubt(code=code, message=entry["message"].format(**said), severity=entry["severity"], span=span, duty=duty)


def find(sheet: Sheet, heading: Heading, duties: Sequence[Duty], known: Iterable[Doubt] = ()) -> tuple[Doubt, ...]:
    """Everything the finished reading gives cause to doubt, with what earlier stations `known`, the costliest first."""
    of_all = (*_of_text(sheet), *_of_heading(sheet, heading), *_of_duties(heading, duties))
    return ordered([*sheet.doubts, *known, *of_all, *_of_recognition(sheet, duties)])


def ordered(doubts: Iterable[Doubt]) -> tuple[Doubt, ...]:
    """Blocking before check before note, then in the lexicon's order, then in the document's; each said once."""
    said: dict[tuple[str, int | None, Span | None], Doubt] = {}
    for one in doubts:
        said.setdefault((one.code, one.duty, one.span), one)
    return tuple(sorted(said.values(), key=_cost))


def _cost(one: Doubt) -> tuple[int, int, int, int]:
    start = one.span.start if one.span else -1
    return _SEVERITY[one.severity], _RANK.get(one.code, len(_RANK)), -1 if one.duty is None else one.duty, start


def _of_text(sheet: Sheet) -> Iterator[Doubt]:
    if not sheet.text.strip():
        yield doubt("no_text")


def _of_heading(sheet: Sheet, heading: Heading) -> Iterator[Doubt]:
    for field in _HEADING_FIELDS:
        span = heading.spans.get(field)
        if span and certainty.is_unsure(sheet.places, span):
            printed = squeeze(sheet.text[span.start : span.end])[:_LONGEST_PRINTED]
            yield doubt(f"heading_{field}_unsure", span=span, printed=printed)
        elif getattr(heading, field) is None:
            yield doubt(f"heading_{field}")


def _of_recognition(sheet: Sheet, duties: Sequence[Duty]) -> Iterator[Doubt]:
    """Deadlines whose letters text recognition is not sure of."""
    for index, duty in enumerate(duties if sheet.places else ()):
        phrase = duty.deadline.phrase
        for span in duty.spans if phrase else ():
            at = sheet.text.find(phrase or "", span.start, span.end)
            place = Span(start=at, end=at + len(phrase or ""), page=span.page)
            if at >= 0 and certainty.is_unsure(sheet.places, place):
                yield doubt("deadline_unsure", span=place, duty=index, phrase=phrase or "")
                break


def _of_duties(heading: Heading, duties: Sequence[Duty]) -> Iterator[Doubt]:
    if not any(duty.origin != "prose" for duty in duties):
        yield doubt("no_duties")
    first: dict[tuple[str, str], int] = {}
    for index, duty in enumerate(duties):
        span = duty.spans[0] if duty.spans else None
        other = first.setdefault((key(duty.content), key(duty.lead_text)), index)
        if other != index:
            yield doubt("row_repeated", span=span, duty=index, other=duties[other].number or str(other + 1))
        if duty.leads and all(party.group for party in duty.leads):
            yield doubt("lead_group", span=span, duty=index, name=duty.leads[0].name)
        code = _wrong_time(heading, duty.deadline)
        if code is not None:
            yield doubt(code, span=span, duty=index, phrase=duty.deadline.phrase or duty.deadline_text)


def _wrong_time(heading: Heading, deadline: Deadline) -> str | None:
    if deadline.start and deadline.end and deadline.end < deadline.start:
        return "deadline_backwards"
    if deadline.end and heading.date and deadline.end < heading.date:
        return "deadline_before_document"
    return None
