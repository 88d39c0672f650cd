"""A duty while it is being put together, and what became of the row on the way."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from vanban import deadlines, parties
from vanban.duties import restricted
from vanban.duties.shares import shares
from vanban.fold import squeeze
from vanban.model import Deadline, Duty, Heading, Origin, Span

_EDGE = " \t\n;,.:-–+•*"


_YEAR = re.compile(r"\bnăm (20\d\d)\b(?! ?[-–])", re.IGNORECASE)
_SPANNED = re.compile(r"20\d\d ?[-–] ?20\d\d|giai đoạn|đến năm|nhiệm kỳ", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Setting:
    """What the document as a whole says about each of its rows."""

    year: int | None = None
    """The one year its title is about, or else the document's own: what "Quý III" alone means."""
    own: str | None = None
    """The issuer's level, see `parties.own_level`."""
    issued: date | None = None
    """The document's date, where the year is taken from it."""

    @classmethod
    def of(cls, heading: Heading) -> Setting:
        title = heading.title or ""
        years = set() if _SPANNED.search(title) else {int(year) for year in _YEAR.findall(title)}
        own = parties.own_level(heading.issuer)
        if len(years) == 1:
            return cls(min(years), own)
        return cls(heading.date.year if heading.date else None, own, heading.date)

    def deadline(self, text: str) -> Deadline:
        """A day without its year that would lie before the document's date is left open: it may be the next year's."""
        found = deadlines.parse(text, self.year)
        past = self.issued and found.end and found.end < self.issued and deadlines.lacks_year(found)
        return deadlines.parse(text) if past else found


@dataclass(slots=True)
class Draft:
    """The texts of one duty as printed, before they are understood."""

    origin: Origin
    content: str
    spans: list[Span]
    number: str | None = None
    lead_text: str = ""
    lead_inherited: bool = False
    lead_guessed: bool = False
    """Nothing printed says that the lead is the one above: the cell is merely blank."""
    coordinator_text: str = ""
    deadline_text: str = ""
    product_text: str = ""
    section: str | None = None
    section_slip: tuple[str, str] | None = None
    """How the section's numeral was read, and what it was taken for."""
    provision: str | None = None
    group: int = 0
    """Which table or list it came from: numbers run on within one."""
    joined: bool = False
    """Put together from pieces on two pages."""

    def duty(self, setting: Setting) -> Duty:
        lead, coordinator = shares(self.lead_text)
        if coordinator and not self.coordinator_text:
            self.lead_text, self.coordinator_text = lead, coordinator
        return Duty(
            origin=self.origin,
            number=self.number,
            content=self.content,
            lead_text=self.lead_text,
            lead_inherited=self.lead_inherited,
            leads=parties.split(lead, setting.own),
            coordinator_text=self.coordinator_text,
            coordinators=parties.split(self.coordinator_text, setting.own),
            deadline_text=self.deadline_text,
            deadline=setting.deadline(self.deadline_text),
            product_text=self.product_text,
            product=squeeze(self.product_text).strip(_EDGE) or None,
            section=self.section,
            provision=self.provision,
            restricted=restricted.reason(self.content),
            spans=tuple(self.spans),
        )
