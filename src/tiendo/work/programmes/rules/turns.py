"""The spans through which an obligation went, cut anew where a recorded day was wrong (điều chỉnh số liệu)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from tiendo.work.programmes.rules.standing import SUPPLEMENT_DAYS, supplement_due


@dataclass(frozen=True, slots=True)
class Span:
    """How an obligation stood from a day until another came; `until` None: it stands so still. Ids of bodies."""

    since: date
    until: date | None
    organisation: int
    confirming: int | None
    state: str
    due: date
    supplement_due: date | None = None
    submitted_on: date | None = None
    supplemented_on: date | None = None


Spans = Sequence[Span]
"""In order, each beginning where the one before ended; the last one is the present one."""


def first_handing_in(spans: Spans) -> int | None:
    """The place of the span that began with the first handing in; None: it was never handed in."""
    return next((place for place, one in enumerate(spans) if one.submitted_on is not None), None)


def confirmation(spans: Spans) -> int | None:
    """The place of the span that began with the confirmation that holds now; None: it is not confirmed."""
    return len(spans) - 1 if spans and spans[-1].state == "confirmed" else None


def with_its_body(spans: Spans) -> date | None:
    """Since when the body that has it now has had it; None: all the time."""
    last = next((place for place in reversed(range(len(spans))) if spans[place].organisation != _now(spans)), None)
    return None if last is None else spans[last + 1].since


def _now(spans: Spans) -> int:
    return spans[-1].organisation


def handed_in_by(spans: Spans) -> date | None:
    """The last day on which the first handing in can have been: when something was said to it. None: nothing yet."""
    place = first_handing_in(spans)
    if place is None:
        return None
    return next((one.since for one in spans[place:] if one.state != "submitted"), None)


def confirmed_from(spans: Spans) -> date | None:
    """The first day on which the confirmation that holds can have been: when it was last handed in."""
    place = confirmation(spans)
    if place is None:
        return None
    began = place
    while began and spans[began - 1].state == "submitted":
        began -= 1
    return spans[began].since


def submitted_on(spans: Spans, day: date, *, returned: Sequence[date] = (), days: int = SUPPLEMENT_DAYS) -> list[Span]:
    """The same, first handed in on that day: before it the work was open in the hands of whoever handed it in, from it
    on it waited for its confirmation.

    The day lies not after `handed_in_by`. A day before the obligation was raised leaves nothing before it. The days for
    a supplement that were counted from the old one are counted from the new one; `returned`: when more was asked;
    `days`: how many stay for a supplement at least.
    """
    place = first_handing_in(spans)
    if place is None:
        raise ValueError("never handed in")
    sent, start = spans[place], max(day, spans[0].since)
    waiting = replace(sent, state="submitted", submitted_on=day, supplement_due=None, supplemented_on=None)
    still_open = replace(waiting, state="open", submitted_on=None)
    after = [_resupplied(one, day, returned, days) for one in spans[place:]]
    return _recut(spans[:place], after, start, earlier=waiting, meanwhile=still_open)


def handed_in_again(spans: Spans, day: date) -> list[Span]:
    """The same, what was handed in anew having come on that day, which lies not after the one that is recorded: since
    then it waits for its confirmation. The first handing in stays.
    """
    *before, now = spans
    return _recut(before, [now], max(day, spans[0].since), earlier=now, meanwhile=now)


def confirmed_on(spans: Spans, day: date) -> list[Span]:
    """The same, confirmed on that day, which lies not before `confirmed_from`."""
    place = confirmation(spans)
    if place is None:
        raise ValueError("not confirmed")
    first = spans[place]
    return _recut(spans[:place], [first], day, earlier=first, meanwhile=replace(first, state="submitted"))


def _recut(before: Spans, after: Spans, start: date, *, earlier: Span, meanwhile: Span) -> list[Span]:
    """What began with `after` began on `start`: since then it stood as `earlier`, or until then as `meanwhile`."""
    began = after[0].since
    if start < began:
        between, over = replace(earlier, since=start, until=began), _until(before, start)
    else:
        between, over = replace(meanwhile, since=began, until=start), list(before)
    return _joined([*over, between, *_since(after, start)])


def _until(spans: Spans, day: date) -> list[Span]:
    """What began before a day; the last of it lasts until that day."""
    kept = [one for one in spans if one.since < day]
    return [*kept[:-1], replace(kept[-1], until=day)] if kept else []


def _since(spans: Spans, day: date) -> list[Span]:
    """What was not over on a day; what lasted then begins on it."""
    return [replace(one, since=max(one.since, day)) for one in spans if one.until is None or one.until > day]


def _joined(spans: Spans) -> list[Span]:
    """Without spans of no day; two that stood alike are one."""
    found: list[Span] = []
    for one in spans:
        if one.since == one.until:
            continue
        if found and replace(found[-1], since=one.since, until=one.until) == one:
            one = replace(one, since=found.pop().since)  # noqa: PLW2901 (it goes on)
        found.append(one)
    return found


def _resupplied(one: Span, day: date, returned: Sequence[date], days: int) -> Span:
    """First handed in on that day: a supplement's day that was counted from the old one is counted anew; one that was
    set otherwise (an extension, a suspension) stays.
    """
    right = replace(one, submitted_on=day)
    back = max((each for each in returned if each <= one.since), default=None)
    if back is None or one.submitted_on is None:
        return right
    counted = supplement_due(due=one.due, submitted_on=one.submitted_on, returned_on=back, days=days)
    if one.supplement_due != counted:
        return right
    return replace(right, supplement_due=supplement_due(due=one.due, submitted_on=day, returned_on=back, days=days))
