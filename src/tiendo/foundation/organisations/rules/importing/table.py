"""A form as a table of one line: it is judged as a line of a list is. Pure."""

from __future__ import annotations

from collections.abc import Mapping

from tiendo.foundation.organisations.rules.importing.lines import Entry, Table
from tiendo.foundation.organisations.rules.sheets import Sheet


def one_line(sheet: Sheet, cells: Mapping[str, str]) -> Table:
    return Table(sheet, "", frozenset(cells), (Entry(1, cells),))
