"""Lines of lists that have no codes: each is a body of the register by its name, or gets a number of its own. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from tiendo.foundation.organisations.naming import key, told_apart
from tiendo.foundation.organisations.rules.importing.lines import Line
from tiendo.foundation.organisations.rules.sheets import BodyRow


@dataclass(slots=True)
class Uncoded:
    """A line without a code; `parent`: what it says of the body above it, a code or a name, or nothing."""

    line: Line
    cells: dict[str, str]
    code: str = ""
    parent: str = ""

    @property
    def name(self) -> str:
        return self.cells.get("name", "")


@dataclass
class Numbering:
    """Finds or gives the codes, those above before those below. `taken`: every code there is or that the file names."""

    bodies: Mapping[str, BodyRow]
    taken: set[str]
    root: str
    waiting: list[Uncoded] = field(default_factory=list)

    def add(self, line: Line, cells: dict[str, str]) -> None:
        self.waiting.append(Uncoded(line, cells, parent=cells.get("parent", "")))

    def settle(self) -> Iterator[Uncoded]:
        """Each line once its code is known, parents first. What stands in a circle comes last, with what it says."""
        named: dict[str, list[str]] = {}
        for row in self.bodies.values():
            if not row.ends:
                for name in {key(row.name), key(row.short)} - {""}:
                    named.setdefault(name, []).append(row.code)
        waiting = self.waiting
        while waiting:
            own = {key(one.name) for one in waiting}
            ready = [one for one in waiting if self._known(one.parent, named) or key(one.parent) not in own]
            for one in ready or waiting:
                above = self._above(one.parent, named)
                one.code = self._same(one, above, named) or self._number(above)
                if above:
                    one.cells["parent"] = above
                named.setdefault(key(one.name), []).append(one.code)
                yield one
            waiting = [one for one in waiting if not one.code]

    def _known(self, parent: str, named: Mapping[str, Collection[str]]) -> bool:
        return not parent or parent in self.bodies or key(parent) in named

    def _above(self, parent: str, named: Mapping[str, list[str]]) -> str:
        """The code of the body above, where that is plain; else nothing is said of it here."""
        if not parent:
            return self.root
        held = named.get(key(parent), [])
        return parent if parent in self.bodies else held[0] if len(held) == 1 else ""

    def _same(self, one: Uncoded, above: str, named: Mapping[str, list[str]]) -> str:
        """The living body of the register of exactly this name: below the body that the line says, where it says one;
        of several the one below the root.
        """
        rows = [self.bodies[code] for code in named.get(key(one.name), []) if code in self.bodies]
        rows = [row for row in rows if key(row.name) == key(one.name) and not told_apart(row.name, one.name)]
        if not one.parent and len(rows) == 1:
            return rows[0].code
        there = [row for row in rows if row.parent == above]
        if not there and not one.parent and rows:
            one.line.refuse(
                _("có {count} cơ quan tên “{name}”. Hãy ghi cơ quan cấp trên, hoặc thêm cột Mã.").format(
                    count=len(rows), name=one.name[:60]
                )
            )
        return there[0].code if there else ""

    def _number(self, above: str) -> str:
        """The next number below the code of the body above that nobody has, as the form gives it (`TU.17`)."""
        before = f"{above or self.root or 'CQ'}."
        number = 1
        while f"{before}{number}" in self.taken:
            number += 1
        self.taken.add(f"{before}{number}")
        return f"{before}{number}"
