"""Lines of names against the register. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping

from django.utils.translation import gettext as _

from tiendo.foundation.organisations.naming import key
from tiendo.foundation.organisations.rules.bodies import UNSEEN
from tiendo.foundation.organisations.rules.importing.lines import Line, What, backwards, cells_of, overlap, said
from tiendo.foundation.organisations.rules.sheets import BodyRow, Choices, NameRow

Same = tuple[str, str, str]
"""Body, the office for which a name holds, what the name is compared by."""


def same(row: NameRow) -> Same:
    return row.body, row.office, key(row.text)


class NamePlan:
    """`bodies`: as they would be; `told`: those of them of which the file has a line.

    A line that is in the register already says nothing new, whatever else changes. How a body is called is told by its
    own line; lines of names that say it again, or say it as it was before that line was taken in, change nothing.
    """

    def __init__(
        self,
        before: Iterable[NameRow],
        bodies: Mapping[str, BodyRow],
        choices: Choices,
        told: Collection[str] = (),
    ) -> None:
        self.bodies, self.choices, self.told = bodies, choices, told
        self.unmatched = Counter(before)
        self.held: dict[str, list[NameRow]] = {}
        for row in self.unmatched.elements():
            self.held.setdefault(row.body, []).append(row)
        self.waiting: list[Line] = []
        self.lines: list[Line] = []

    def take(self, line: Line, heads: frozenset[str]) -> None:
        cells = cells_of(line, heads, self.choices)
        row = NameRow(**{name: cells.get(name, "") for name in NameRow._fields})
        line.new, line.label = row, f"{row.body} – {row.text}"
        self.lines.append(line)
        there = next((one for one in (row, self._lasting(row)) if self.unmatched[one]), None)
        if there is not None:
            self.unmatched[there] -= 1
            line.old = line.new = there
        else:
            self.waiting.append(line)

    def _lasting(self, row: NameRow) -> NameRow:
        """A name lasts no longer than its body."""
        body = self.bodies.get(row.body)
        over = body is not None and body.ends and (not row.ends or row.ends > body.ends)
        return row._replace(ends=body.ends) if body is not None and over else row

    @property
    def renamed(self) -> set[str]:
        """Bodies whose official names the lines tell: what the sheet of bodies changes leaves those alone."""
        return {line.new.body for line in self.waiting if line.new.source == "own"}

    @property
    def told_keys(self) -> frozenset[tuple[str, str]]:
        """Names that everyone knows a body by, and that lines tell to hold still."""
        rows = (line.new for line in self.lines if line.what is not What.REFUSED)
        return frozenset((row.body, key(row.text)) for row in rows if not row.office and not row.ends)

    def finish(self) -> None:
        """Names that end come before those that begin, whatever the order in the file."""
        self.waiting = [line for line in self.waiting if not self._told_by_body(line)]
        for line in sorted(self.waiting, key=lambda line: not line.new.ends):
            self._look(line)
            if line.what is What.REFUSED:
                continue
            line.old = self._held_before(line.new)
            line.what = What.ADDED if line.old is None else What.CHANGED
            rows = self.held.setdefault(line.new.body, [])
            if line.old is not None:
                rows.remove(line.old)
            self._free(line, rows)
            rows.append(line.new)

    def _told_by_body(self, line: Line) -> bool:
        """Of the official name of today the body's own line speaks: this one says it again, or as it was before."""
        row: NameRow = line.new
        body = self.bodies.get(row.body)
        if line.what is What.REFUSED or row.source != "own" or row.ends or body is None or body.ends:
            return False
        held = next((one for one in self.held.get(row.body, ()) if one.source == "own" and not one.ends), None)
        if held is None or row.body not in self.told:
            return False
        if key(row.text) != key(body.name):
            line.what = What.PASSED
            line.doubt(
                _("tên chính thức theo tờ Cơ quan là “{name}”; dòng này không ghi gì. Đổi tên ở tờ Cơ quan.").format(
                    name=body.name
                )
            )
            return True
        if same(held) == same(row):
            return held.text == row.text and not row.starts
        closing = any(same(one.new) == same(held) and one.new.ends for one in self.waiting)
        return not closing and row.starts in {"", held.starts}

    def _held_before(self, row: NameRow) -> NameRow | None:
        """The one row of the same name that the file does not repeat: this line corrects it."""
        rows = [one for one in self.held.get(row.body, ()) if same(one) == same(row) and self.unmatched[one]]
        if len(rows) != 1:
            return None
        self.unmatched[rows[0]] -= 1
        return rows[0]

    def _look(self, line: Line) -> None:
        row: NameRow = line.new
        for code, what in ((row.body, _("cơ quan")), (row.office, _("cơ quan dùng riêng tên này"))):
            if code and code not in self.bodies:
                line.refuse(_("{what} “{code_}” không có.").format(what=what, code_=code))
        if not row.body:
            line.refuse(_("chưa ghi mã cơ quan."))
        if not key(row.text):
            line.refuse(_("thiếu tên."))
        if UNSEEN.search(row.text):
            line.refuse(_("tên có ký tự không nhìn thấy được; hãy xóa và gõ lại."))
        if not row.source:
            line.refuse(_("chưa ghi loại tên: {kinds}.").format(kinds=", ".join(self.choices["source"].values())))
        if row.office and row.source != "alias":
            line.refuse(_("tên dùng riêng của một cơ quan chỉ có thể là tên khác."))
        if backwards(row.starts, row.ends):
            line.refuse(
                _("ngày cuối {ends} trước ngày đầu {starts}.").format(ends=said(row.ends), starts=said(row.starts))
            )
        body = self.bodies.get(row.body)
        if row.source == "own" and not row.ends and body and not body.ends and key(body.name) != key(row.text):
            line.refuse(
                _("tên chính thức hiện nay trong danh bạ là “{name}”. Đổi tên ở tờ Cơ quan.").format(name=body.name)
            )

    @staticmethod
    def _free(line: Line, rows: Iterable[NameRow]) -> None:
        """A body has one official name on a day, and no name twice."""
        row: NameRow = line.new
        for one in rows:
            if not overlap((row.starts, row.ends), (one.starts, one.ends)):
                continue
            twice = same(one) == same(row)
            if twice or (row.source == one.source == "own"):
                line.refuse(
                    _("trùng thời gian với “{name}” ({starts} – {ends}).").format(
                        name=one.text, starts=said(one.starts) or "…", ends=said(one.ends) or "…"
                    )
                )
