"""Lines of bodies against the register. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping

from django.utils.translation import gettext as _

from tiendo.foundation.organisations.naming import key, told_apart
from tiendo.foundation.organisations.rules.bodies import CODE, problems
from tiendo.foundation.organisations.rules.importing.lines import Line, What, backwards, cells_of, said
from tiendo.foundation.organisations.rules.importing.numbering import Numbering
from tiendo.foundation.organisations.rules.sheets import BodyRow, Choices, join_names, split_names

Bodies = dict[str, BodyRow]


class BodyPlan:
    """Goes through the lines once; `after` is then the register as it would be, by the codes of the file.

    `known`: every code there is; `mine`: those whoever imports keeps (None: all). A body of somebody else is as taken.
    """

    def __init__(
        self,
        before: Mapping[str, BodyRow],
        known: Collection[str],
        choices: Choices,
        began: Collection[tuple[str, str, str]] = (),
    ) -> None:
        """`began`: (body, official name, the day on which it began) as the register has them."""
        self.before, self.known, self.choices, self.began = before, known, choices, began
        self.after: Bodies = dict(before)
        self.lines: dict[str, Line] = {}
        self.root = next((code for code, row in before.items() if not row.parent), "")
        self.empty = not known
        self.uncoded: list[tuple[Line, dict[str, str], frozenset[str]]] = []

    def take(self, line: Line, heads: frozenset[str]) -> None:
        cells = cells_of(line, heads, self.choices)
        if "code" in heads:
            self._take(line, cells, heads)
        else:
            self.uncoded.append((line, cells, heads))

    def _take(self, line: Line, cells: dict[str, str], heads: frozenset[str]) -> None:
        code = cells.get("code", "")
        line.label = " – ".join(filter(None, (code, cells.get("name", ""))))
        if code in self.lines:
            line.refuse(_("mã “{code_}” đã được dùng ở dòng {line}.").format(code_=code, line=self.lines[code].number))
            return
        self.lines[code] = line
        old = self.before.get(code)
        if old is None and code in self.known:
            line.refuse(_("mã “{code_}” là của cơ quan ngoài danh bạ mà người nạp được giao.").format(code_=code))
        line.old = old
        line.new = self._row(cells, old)
        line.renamed_on, line.new_code = cells.get("renamed_on", ""), cells.get("new_code", "")
        if line.new_code == code:
            line.new_code = ""
        self._look(line, unread="kind" in heads - cells.keys())
        self.after[code] = line.new
        if line.new.kind == "root" and not self.root:
            self.root = code

    def finish(self) -> None:
        """What only the whole can tell: codes of lists without any, parents, circles, doubled names and national
        codes.
        """
        self._number()
        self._parents_by_name()
        parents = {code: row.parent for code, row in self.after.items()}
        for code, line in self.lines.items():
            self._parent(code, line, parents)
        self._doubled_names()
        self._doubled_codes()
        below = Counter(row.parent for row in self.after.values() if not row.ends)
        for line in self.lines.values():
            self._ending(line, below)
            if line.what is not What.REFUSED:
                same = line.old == line.new and not line.new_code
                line.what = What.ADDED if line.old is None else What.UNCHANGED if same else What.CHANGED

    def _number(self) -> None:
        """Lists without codes: a line is the body of its name, else gets the next number."""
        numbering = Numbering(dict(self.after), {*self.known, *self.after}, self.root)
        heads = {}
        for line, cells, columns in self.uncoded:
            numbering.add(line, cells)
            heads[id(line)] = columns
        for one in numbering.settle():
            told = one.cells if one.parent or one.code not in self.before else _without_parent(one.cells)
            self._take(one.line, {**told, "code": one.code}, heads[id(one.line)])

    def _row(self, cells: Mapping[str, str], old: BodyRow | None) -> BodyRow:
        """What the file says; a column that it does not have stays as it is."""
        base = old or BodyRow("", "", "")
        row = base._replace(**{name: text for name, text in cells.items() if name in BodyRow._fields})
        if not row.parent and row.kind != "root":
            row = row._replace(parent=self.root)
        if "abbreviations" in cells:  # names are added, never taken away by a list
            kept = split_names(base.abbreviations) + split_names(row.abbreviations)
            row = row._replace(abbreviations=join_names({key(one): one for one in reversed(kept)}.values()))
        return row

    def _look(self, line: Line, *, unread: bool) -> None:
        """`unread`: the cell of its kind is refused already."""
        row: BodyRow = line.new
        for answer in problems(
            code=row.code,
            name=row.name,
            kind="other" if unread else row.kind,
            kinds=self.choices["kind"],
            root=not row.parent and (self.empty or line.old is not None),
            short_name=row.short,
            others=split_names(row.abbreviations),
        ):
            line.refuse(answer)
        if line.old is not None and (row.kind == "root") != (line.old.kind == "root"):
            line.refuse(_("gốc không đổi thành loại khác, và không loại nào đổi thành gốc."))
        if backwards(row.starts, row.ends):
            line.refuse(
                _("ngày cuối {ends} trước ngày đầu {starts}.").format(ends=said(row.ends), starts=said(row.starts))
            )
        if line.new_code and not CODE.fullmatch(line.new_code):
            line.refuse(
                _("mã mới “{code_}” phải gồm chữ hoa không dấu, chữ số và dấu chấm, dài nhất 35 ký tự.").format(
                    code_=line.new_code[:60]
                )
            )
        for name, text in (("national_code", row.national_code), ("national_code_old", row.national_code_old)):
            if text and not CODE.fullmatch(text):
                line.refuse(
                    _(
                        "mã định danh “{text}” phải gồm chữ hoa không dấu, chữ số và dấu chấm, dài nhất 35 ký tự."
                    ).format(text=text[:60], name=name)
                )
        self.renaming(line)

    def renaming(self, line: Line) -> None:
        """Whether a name can change on the day that the line says. One that began that very day is in place already."""
        if not line.renamed_on:
            return
        if line.old is not None and (line.new.code, line.new.name, line.renamed_on) in self.began:
            line.renamed_on = ""
        elif line.old is None or line.old.name == line.new.name:
            line.refuse(_("có ngày đổi tên nhưng tên không đổi."))
        elif line.old.ends:
            line.refuse(_("“{name}” đã kết thúc, không đổi tên được nữa.").format(name=line.old.name))
        elif line.old.starts and line.renamed_on <= line.old.starts:
            line.refuse(_("ngày đổi tên phải sau ngày đầu {starts}.").format(starts=said(line.old.starts)))

    def _parents_by_name(self) -> None:
        """Lists name the body above more often than they give its code: the name of one living body is as its code."""
        asked = [line for line in self.lines.values() if line.new.parent and line.new.parent not in self.after]
        if not asked:
            return
        held: dict[str, list[BodyRow]] = {}
        for row in self.after.values():
            if not row.ends:
                for name in {key(row.name), key(row.short)} - {""}:
                    held.setdefault(name, []).append(row)
        for line in asked:
            named = held.get(key(line.new.parent), [])
            told = [row for row in named if not told_apart(row.name, line.new.parent)]
            if len(told) == 1:
                line.new = self.after[line.new.code] = line.new._replace(parent=told[0].code)
            elif told:
                line.refuse(
                    _("có {count} cơ quan tên “{name}”. Hãy ghi mã của cơ quan cấp trên.").format(
                        count=len(told), name=line.new.parent[:60]
                    )
                )

    def _parent(self, code: str, line: Line, parents: Mapping[str, str]) -> None:
        parent = line.new.parent
        if line.old is not None and line.old.parent == parent:
            return
        if not parent:
            if line.new.kind != "root":
                line.refuse(_("chưa có cơ quan gốc. Hãy ghi mã cấp trên, hoặc chạy “tiendo init” trước."))
            return
        if parent not in parents:
            line.refuse(
                _("cơ quan cấp trên “{code_}” chưa có (trong tệp hoặc trong hệ thống).").format(code_=parent[:60])
            )
            return
        above = self.after[parent]
        if above.ends and not line.new.ends:
            line.refuse(self._ended(above))
        seen = {code}
        while parent and parent not in seen:
            seen.add(parent)
            parent = parents.get(parent, "")
        if parent:
            line.refuse(_("cấp trên thành vòng tròn: “{code_}” đứng dưới chính mình.").format(code_=code))

    def _ended(self, above: BodyRow) -> str:
        """No living body stands below one that ended; a living one of its name is named."""
        why = _("cơ quan cấp trên “{name}” (mã “{code_}”) đã kết thúc ngày {day}.").format(
            name=above.name[:60], code_=above.code, day=said(above.ends)
        )
        living = [row.code for row in self.after.values() if not row.ends and key(row.name) == key(above.name)]
        if not living:
            return why
        meant = _("Cơ quan cùng tên đang hoạt động có mã “{code_}”.").format(code_=living[0])
        return f"{why} {meant}"

    def _doubled_names(self) -> None:
        """Living bodies below the same one are told apart by their names."""
        held: dict[tuple[str, str], list[BodyRow]] = {}
        for row in self.after.values():
            if row.ends or not key(row.name):
                continue
            rows = held.setdefault((row.parent, key(row.name)), [])
            same = next((one for one in rows if not told_apart(one.name, row.name)), None)
            rows.append(row)
            if same is not None:
                self._doubled_name(row, same)

    def _doubled_name(self, row: BodyRow, same: BodyRow) -> None:
        line, other = self.lines.get(row.code), same
        if line is None:
            line, other = self.lines.get(same.code), row
        if line is not None:
            line.refuse(
                _("tên “{name}” đã là tên của cơ quan có mã “{code_}”, cùng cấp trên.").format(
                    name=line.new.name, code_=other.code
                )
            )

    def _doubled_codes(self) -> None:
        for line in self.lines.values():
            if line.new_code and (line.new_code in self.known or line.new_code in self.after):
                line.refuse(_("mã “{code_}” đã được dùng.").format(code_=line.new_code))
        renewed = [line for line in self.lines.values() if line.new_code]
        _once(renewed, lambda line: line.new_code, _("mã mới"))
        held = {row.national_code: code for code, row in self.before.items() if row.national_code}
        for code, row in self.after.items():
            other = held.setdefault(row.national_code, code) if row.national_code else code
            if other != code and self.after[other].national_code == row.national_code and code in self.lines:
                self.lines[code].refuse(
                    _("mã định danh “{text}” là của cơ quan có mã “{code_}”.").format(
                        text=row.national_code, code_=other
                    )
                )

    @staticmethod
    def _ending(line: Line, below: Mapping[str, int]) -> None:
        """Nothing lives on below a body that ends. `below`: how many living bodies each has below it."""
        if line.old is None or not line.new.ends or line.old.ends == line.new.ends:
            return
        if count := below.get(line.new.code, 0):
            line.refuse(
                _("“{name}” còn {count} cơ quan trực thuộc đang hoạt động.").format(name=line.new.name, count=count)
            )


def _without_parent(cells: Mapping[str, str]) -> dict[str, str]:
    """A list that says nothing of the body above does not move anybody."""
    return {name: text for name, text in cells.items() if name != "parent"}


def _once(lines: Iterable[Line], of: Callable[[Line], str], what: str) -> None:
    held: dict[str, Line] = {}
    for line in lines:
        text = of(line)
        if held.setdefault(text, line) is not line:
            line.refuse(_("{what} “{text}” có ở dòng {line} nữa.").format(what=what, text=text, line=held[text].number))
