"""Lines of successions and their heirs against the register. Pure.

A list brings facts: what it tells is kept, nothing is merged or ended by it. A record that is there already is never
changed by a list.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date

from django.utils.translation import gettext as _

from tiendo.foundation.organisations.rules.importing.lines import Line, What, cells_of
from tiendo.foundation.organisations.rules.sheets import BodyRow, Choices, HeirRow, SuccessionRow
from tiendo.foundation.organisations.rules.succession import ENDING, Life, backdated, circle, problems


class SuccessionPlan:
    """Heirs are tied to their succession by the number that both lines give."""

    def __init__(self, before: Iterable[SuccessionRow], bodies: Mapping[str, BodyRow], choices: Choices) -> None:
        self.bodies, self.choices = bodies, choices
        self.before = list(before)
        self.unmatched = Counter(self.before)
        self.numbers: dict[str, Line] = {}
        self.heirs: dict[str, list[Line]] = {}
        self.decided = {mark for row in self.before for mark in _marks(row)}
        self.places = {code: place for place, code in enumerate(bodies)}

    def take(self, line: Line, heads: frozenset[str]) -> None:
        cells = cells_of(line, heads, self.choices)
        number = cells.pop("number", "")
        row = SuccessionRow(**{**cells, "state": cells.get("state") or "in_force", "kind": cells.get("kind", "")})  # type: ignore[arg-type]
        line.new = row
        line.label = " – ".join(filter(None, (number, self.choices["succession"].get(row.kind, ""), row.decision)))
        if number in self.numbers:
            line.refuse(
                _("số thứ tự “{number}” đã có ở dòng {line}.").format(number=number, line=self.numbers[number].number)
            )
            return
        if not number:
            line.refuse(_("chưa ghi số thứ tự."))
        self.numbers[number] = line

    def take_heir(self, line: Line, heads: frozenset[str]) -> None:
        cells = cells_of(line, heads, self.choices)
        number = cells.pop("number", "")
        line.new = HeirRow(**{name: cells.get(name, "") for name in HeirRow._fields})
        line.label = f"{number} – {line.new.before} → {line.new.after or '…'}"
        self.heirs.setdefault(number, []).append(line)

    def finish(self) -> None:
        for number, lines in self.heirs.items():
            if number not in self.numbers:
                for line in lines:
                    line.refuse(_("không có việc sắp xếp số “{number}”.").format(number=number))
        for number, line in self.numbers.items():
            if line.what is not What.REFUSED:
                self._settle(line, self.heirs.get(number, []))

    def _settle(self, line: Line, heirs: list[Line]) -> None:
        line.new = line.new._replace(heirs=tuple(sorted(one.new for one in heirs)))
        if self.unmatched[line.new]:
            self.unmatched[line.new] -= 1
            line.old = line.new
            for one in heirs:
                one.old = one.new
            return
        for answer in self._wrong(line.new):
            line.refuse(answer)
        if line.what is not What.REFUSED:
            if _late(line.new):
                line.doubt(_("quyết định ký sau ngày có hiệu lực"))
            line.what = What.ADDED
            self.before.append(line.new)
            self.decided |= _marks(line.new)
        for one in heirs:
            if line.what is What.REFUSED:
                one.refuse(_("việc sắp xếp của dòng này chưa ghi được (dòng {line}).").format(line=line.number))
            else:
                one.what = What.ADDED

    def _wrong(self, row: SuccessionRow) -> Iterable[str]:
        missing = [code for heir in row.heirs for code in heir[:2] if code and code not in self.bodies]
        if not row.kind or not row.on:
            yield _("chưa ghi hình thức hoặc ngày hiệu lực.")
        elif missing:
            yield _("cơ quan “{code_}” không có.").format(code_=", ".join(dict.fromkeys(missing)))
        elif len({heir[:2] for heir in row.heirs}) < len(row.heirs):
            yield _("một cặp cơ quan được ghi hai lần.")
        elif row.state != "undone":
            yield from self._unsound(row)

    def _unsound(self, row: SuccessionRow) -> Iterable[str]:
        on = date.fromisoformat(row.on)
        befores = self._lives(heir.before for heir in row.heirs)
        afters = self._lives(heir.after for heir in row.heirs if heir.after)
        yield from problems(kind=row.kind, on=on, befores=befores, afters=afters, new_name=row.new_name)
        if row.state != "in_force":
            return
        if row.kind in ENDING and (living := [one.name for one in befores if one.ends is None]):
            yield _("“{name}” chưa kết thúc trong danh bạ. Ghi ngày cuối của cơ quan đó.").format(
                name="”, “".join(living)
            )
        if row.kind == "acts_through" and self._circle(row):
            yield _("các cơ quan hoạt động qua nhau thành vòng tròn.")
        if self.decided & _marks(row):
            yield _("quyết định {decision} về cơ quan này đã được ghi.").format(decision=row.decision)

    def _lives(self, codes: Iterable[str]) -> list[Life]:
        rows = [self.bodies[code] for code in dict.fromkeys(codes)]
        return [
            Life(self.places[row.code], row.name, _day(row.starts), _day(row.ends), root=row.kind == "root")
            for row in rows
        ]

    def _circle(self, row: SuccessionRow) -> bool:
        def pairs(one: SuccessionRow) -> list[tuple[int, int]]:
            return [(self.places[heir.before], self.places[heir.after]) for heir in one.heirs if heir.after]

        held = [one for one in self.before if one.kind == "acts_through" and one.state == "in_force"]
        return circle([pair for one in held for pair in pairs(one)], pairs(row))


def _marks(row: SuccessionRow) -> set[tuple[str, str, str]]:
    """The same decision is not recorded twice for a body."""
    if not row.decision or row.state != "in_force":
        return set()
    return {(row.kind, row.decision.casefold(), heir.before) for heir in row.heirs}


def _late(row: SuccessionRow) -> bool:
    decided_on, on = _day(row.decided_on), _day(row.on)
    return decided_on is not None and on is not None and backdated(decided_on, on)


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
