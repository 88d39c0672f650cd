"""Lines of people to invite: who, in which body, in which role. Pure."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from tiendo.foundation.organisations.naming import folded, key, told_apart
from tiendo.foundation.organisations.rules.importing.lines import Entry, wrong_cell
from tiendo.foundation.organisations.rules.sheets import Choices, Column, Sheet, WrongCellError, understood

PEOPLE = Sheet(
    "nguoi",
    "Người",
    (
        Column("full_name", "Họ và tên", width=30, needed=True),
        Column("username", "Tên đăng nhập", width=18),
        Column("email", "Thư điện tử", width=28),
        Column("body", "Cơ quan", width=40, needed=True),
        Column("role", "Vai trò", "role", 24, needed=True),
        Column("title", "Chức danh", width=24),
    ),
)
MOST = 300
"""People of one list: each gets a letter, or a link that is handed over."""
LONGEST = {"full_name": 120, "username": 60, "email": 254, "title": 120}
USERNAME = re.compile(r"[\w.@+-]{1,60}")
EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")


@dataclass(frozen=True, slots=True)
class Place:
    """A body that a line may mean."""

    pk: int
    code: str
    name: str
    short: str


@dataclass(slots=True)
class PersonLine:
    """What becomes of one line. `answers`: why it is refused, each in words; none: it is taken."""

    number: int
    cells: Mapping[str, str]
    role: str = ""
    place: Place | None = None
    answers: list[str] = field(default_factory=list)


def judged(
    entries: Sequence[Entry], *, places: Collection[Place], choices: Choices, taken: Collection[str]
) -> list[PersonLine]:
    """`taken`: user names in use, in their one form. What only the whole list tells is told of the later line."""
    coded = {place.code.casefold(): place for place in places}
    named: dict[str, dict[int, Place]] = {}
    for place in places:
        for name in {key(place.name), key(place.short)} - {""}:
            named.setdefault(name, {})[place.pk] = place
    seen: dict[tuple[str, ...], int] = {}
    found = []
    for entry in entries:
        line = _line(entry, choices)
        _place(line, coded, named)
        _name(line, taken)
        for what in _kept_apart(line):
            if what in seen:
                line.answers.append(_("trùng với dòng {line}.").format(line=seen[what]))
            seen.setdefault(what, line.number)
        found.append(line)
    return found


def _line(entry: Entry, choices: Choices) -> PersonLine:
    line = PersonLine(entry.number, {})
    cells = {}
    for column in PEOPLE.columns:
        text = entry.cells.get(column.name, "")
        try:
            cells[column.name] = understood(column, text, choices)
        except WrongCellError as error:
            cells[column.name] = " ".join(text.split())
            line.answers.append(wrong_cell(column.label, column.cell, str(error), choices))
            continue
        if column.needed and not cells[column.name]:
            line.answers.append(_("thiếu {what}.").format(what=column.label.lower()))
        if len(cells[column.name]) > LONGEST.get(column.name, 300):
            line.answers.append(_("{what} quá dài.").format(what=column.label))
    line.role = cells["role"] if cells["role"] in choices["role"] else ""
    line.cells = cells
    if cells["email"] and not EMAIL.fullmatch(cells["email"]):
        line.answers.append(_("“{text}” không phải là địa chỉ thư điện tử.").format(text=cells["email"][:60]))
    return line


def _place(line: PersonLine, coded: Mapping[str, Place], named: Mapping[str, Mapping[int, Place]]) -> None:
    """By its code, or by the name that one living body alone has."""
    said = line.cells["body"]
    if not said:
        return
    held = list(named.get(key(said), {}).values())
    exact = [place for place in held if not told_apart(place.name, said)]
    near = exact or held
    line.place = coded.get(said.casefold()) or (near[0] if len(near) == 1 else None)
    if line.place is None and near:
        codes = ", ".join(place.code for place in near[:5])
        line.answers.append(
            _("có nhiều cơ quan tên “{name}”. Hãy ghi mã: {codes}.").format(name=said[:60], codes=codes)
        )
    elif line.place is None:
        line.answers.append(_("không có cơ quan “{name}” trong phạm vi bạn quản lý.").format(name=said[:60]))


def _name(line: PersonLine, taken: Collection[str]) -> None:
    username = line.cells["username"]
    if username and not USERNAME.fullmatch(username):
        line.answers.append(
            _("tên đăng nhập “{name}” chỉ được có chữ, số và các dấu . _ @ + -").format(name=username[:60])
        )
    elif username and username.casefold() in taken:
        line.answers.append(_("tên đăng nhập “{name}” đã có người dùng.").format(name=username))


def _kept_apart(line: PersonLine) -> list[tuple[str, ...]]:
    """What no two lines share: a user name, an address, one person in one post."""
    cells = line.cells
    found: list[tuple[str, ...]] = [(name, cells[name].casefold()) for name in ("username", "email") if cells[name]]
    if line.place and cells["full_name"]:
        return [*found, ("post", folded(cells["full_name"]), str(line.place.pk), line.role)]
    return found
