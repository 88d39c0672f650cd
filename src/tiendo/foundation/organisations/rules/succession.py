"""What a succession of bodies may be, and what it does. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _

SEVERAL = 10**6
SHAPES: dict[str, tuple[int, int, int, int]] = {
    "rename": (1, 1, 0, 0),
    "merge": (2, SEVERAL, 1, 1),
    "absorb": (1, SEVERAL, 1, 1),
    "split": (1, 1, 2, SEVERAL),
    "reconstituted": (1, SEVERAL, 1, 1),
    "acts_through": (1, SEVERAL, 1, 1),
    "dissolved": (1, SEVERAL, 0, 0),
}
"""Kind → least and most bodies before, least and most after."""
ENDING = frozenset({"merge", "absorb", "split", "reconstituted", "dissolved"})
"""Kinds that end the bodies before. A body that is renamed, or acts through another, lives on."""


@dataclass(frozen=True, slots=True)
class Life:
    """A body as far as succession asks: from its first to its last day (None: open)."""

    pk: int
    name: str
    starts: date | None
    ends: date | None
    root: bool = False

    def lives(self, day: date) -> bool:
        return (self.starts is None or self.starts <= day) and (self.ends is None or day <= self.ends)


def eve(day: date) -> date:
    """The last day of the old state of things."""
    return day - timedelta(days=1)


def backdated(decided_on: date, on: date) -> bool:
    """Whether a decision was signed after the day from which it holds: it happens, but more often a date is wrong.

    >>> backdated(date(2025, 7, 2), date(2025, 7, 1)), backdated(date(2025, 7, 1), date(2025, 7, 1))
    (True, False)
    """
    return decided_on > on


def problems(
    *, kind: str, on: date, befores: Sequence[Life], afters: Sequence[Life], new_name: str = ""
) -> Iterator[str]:
    """What is wrong with a succession, each in words; nothing: it can be recorded."""
    if kind not in SHAPES:
        yield _("chưa chọn hình thức sắp xếp.")
        return
    yield from _numbers(kind, len(befores), len(afters))
    if kind == "rename" and not new_name.strip():
        yield _("chưa ghi tên mới.")
    for body in befores:
        if body.pk in {after.pk for after in afters}:
            yield _("“{name}” không thể kế thừa chính mình.").format(name=body.name)
        if not body.lives(eve(on)):
            yield _("“{name}” không hoạt động vào ngày {day}, ngày trước khi sắp xếp.").format(
                name=body.name, day=f"{eve(on):%d/%m/%Y}"
            )
    for body in afters:
        if not body.lives(on):
            yield _("“{name}” không hoạt động vào ngày {day}, nên không thể nhận.").format(
                name=body.name, day=f"{on:%d/%m/%Y}"
            )
    for body in (*befores, *afters):
        if body.root:  # it holds its tree together
            yield _("“{name}” là gốc của cây tổ chức, không sắp xếp được như một cơ quan.").format(name=body.name)


def _numbers(kind: str, before: int, after: int) -> Iterator[str]:
    least, most, least_after, most_after = SHAPES[kind]
    if not least <= before <= most:
        yield (
            _("phải chọn đúng một cơ quan trước khi sắp xếp.")
            if most == 1
            else _("phải chọn ít nhất {least} cơ quan trước khi sắp xếp.").format(least=least)
        )
    if not least_after <= after <= most_after:
        if most_after == 0:
            yield _("hình thức này không có cơ quan kế thừa.")
        elif most_after == 1:
            yield _("phải chọn đúng một cơ quan kế thừa.")
        else:
            yield _("phải chọn ít nhất {least} cơ quan kế thừa.").format(least=least_after)


def circle(pairs: Sequence[tuple[int, int]], new: Sequence[tuple[int, int]]) -> bool:
    """Whether bodies would act through each other in a circle. `pairs`: (body, acts through), those in force."""
    through = dict(pairs) | dict(new)
    for start in {before for before, _after in new}:
        at: int | None = through.get(start)
        seen = {start}
        while at is not None:
            if at in seen:
                return True
            seen.add(at)
            at = through.get(at)
    return False
