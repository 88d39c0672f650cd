"""Lines of seats in the trees against the register. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from django.utils.translation import gettext as _

from tiendo.foundation.organisations.rules.importing.lines import Line, What, backwards, cells_of, overlap, said
from tiendo.foundation.organisations.rules.sheets import BodyRow, Choices, SeatRow

Place = tuple[str, str]
"""Tree and body."""


class SeatPlan:
    """Of each tree and body: rows that it has already, rows that end, rows that begin."""

    def __init__(self, before: Iterable[SeatRow], bodies: Mapping[str, BodyRow], choices: Choices) -> None:
        self.bodies, self.choices = bodies, choices
        self.unmatched = Counter(before)
        self.held: dict[Place, list[SeatRow]] = {}
        for row in self.unmatched.elements():
            self.held.setdefault((row.tree, row.body), []).append(row)
        self.waiting: list[Line] = []
        self.living = {(row.tree, row.body): row.above for row in self.unmatched if not row.ends}

    def take(self, line: Line, heads: frozenset[str]) -> None:
        cells = cells_of(line, heads, self.choices)
        row = SeatRow(**{name: cells.get(name, "") for name in SeatRow._fields})
        line.new, line.label = row, f"{self.choices['tree'].get(row.tree, row.tree)}: {row.body}"
        if (there := self._there(row)) is not None:
            self.unmatched[there] -= 1
            line.old = line.new = there
        else:
            self.waiting.append(line)

    def _there(self, row: SeatRow) -> SeatRow | None:
        """The row that says it already, or that became of it when its body's first or last day was corrected: a body
        sits nowhere before it begins, nor after it ended.
        """
        if self.unmatched[row]:
            return row
        body = self.bodies.get(row.body)
        if body is None:
            return None
        starts = max(row.starts, body.starts)
        ends = body.ends if body.ends and (not row.ends or row.ends > body.ends) else row.ends
        rows = (one for one in self.held.get((row.tree, row.body), ()) if self.unmatched[one])
        return next((one for one in rows if (one.above, one.ends) == (row.above, ends) and one.starts <= starts), None)

    def finish(self) -> None:
        """Rows that end come before those that begin, whatever the order in the file."""
        for line in sorted(self.waiting, key=lambda line: not line.new.ends):
            self._look(line)
            if line.what is not What.REFUSED:
                self._take_place(line)
        for line in self.waiting:
            self._sound(line)

    def _look(self, line: Line) -> None:
        row: SeatRow = line.new
        if not row.tree:
            line.refuse(_("chưa ghi cây tổ chức: {trees}.").format(trees=", ".join(self.choices["tree"].values())))
        for code in (row.body, row.above):
            if code and code not in self.bodies:
                line.refuse(_("cơ quan “{code_}” không có.").format(code_=code))
        if not row.body:
            line.refuse(_("chưa ghi mã cơ quan."))
        if row.body and row.body == row.above:
            line.refuse(_("cơ quan không đứng dưới chính mình."))
        if backwards(row.starts, row.ends):
            line.refuse(
                _("ngày cuối {ends} trước ngày đầu {starts}.").format(ends=said(row.ends), starts=said(row.starts))
            )

    def _take_place(self, line: Line) -> None:
        row: SeatRow = line.new
        rows = self.held.setdefault((row.tree, row.body), [])
        line.old = self._closed_by(row, rows) or self._moved_by(row, rows)
        line.what = What.ADDED if line.old is None else What.CHANGED
        others = [one for one in rows if one is not line.old]
        if clash := next((one for one in others if overlap((row.starts, row.ends), (one.starts, one.ends))), None):
            line.refuse(
                _("trùng thời gian với chỗ đứng dưới “{above}” ({starts} – {ends}).").format(
                    above=clash.above or "…", starts=said(clash.starts) or "…", ends=said(clash.ends) or "…"
                )
            )
            return
        rows[:] = [*others, row]
        if not row.ends:
            self.living[row.tree, row.body] = row.above
        elif line.old is not None and not line.old.ends:
            self.living.pop((row.tree, row.body), None)

    @staticmethod
    def _closed_by(row: SeatRow, rows: Iterable[SeatRow]) -> SeatRow | None:
        """The row of which this line says another last day."""
        return next((one for one in rows if one[:4] == row[:4]), None)

    @staticmethod
    def _moved_by(row: SeatRow, rows: Iterable[SeatRow]) -> SeatRow | None:
        """The living row that ends because the body moves with this line, from the day it says."""
        living = (one for one in rows if not one.ends and not row.ends)
        return next((one for one in living if not one.starts or (row.starts and row.starts >= one.starts)), None)

    def _sound(self, line: Line) -> None:
        """Nobody sits below a seat that nobody holds any more, nor below itself."""
        row: SeatRow = line.new
        if line.what is What.REFUSED:
            return
        if line.old is not None and not line.old.ends and (row.tree, row.body) not in self.living:
            below = [body for (tree, body), above in self.living.items() if (tree, above) == (row.tree, row.body)]
            if below:
                line.refuse(_("còn {count} cơ quan đứng dưới cơ quan này trong cây đó.").format(count=len(below)))
        seen, at = {row.body}, row.above
        while at and at not in seen:
            seen.add(at)
            at = self.living.get((row.tree, at), "")
        if at and not row.ends:
            line.refuse(_("chỗ đứng thành vòng tròn: “{code_}” đứng dưới chính mình.").format(code_=row.body))
