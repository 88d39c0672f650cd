"""A duty while it is being put together, and what became of the row on the way."""

from __future__ import annotations

import re
from dataclasses import dataclass

from vanban import deadlines, parties
from vanban.duties import restricted
from vanban.duties.shares import shares
from vanban.fold import squeeze
from vanban.model import Duty, Heading, Origin, Span

_EDGE = " \t\n;,.:-–+•*"


_YEAR = re.compile(r"\bnăm (20\d\d)\b(?! ?[-–])", re.IGNORECASE)
_SPANNED = re.compile(r"20\d\d ?[-–] ?20\d\d|giai đoạn|đến năm|nhiệm kỳ", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Setting:
    """What the document as a whole says about each of its rows."""

    year: int | None = None
    """The one year its title is about: what "Quý III" alone means."""
    own: str | None = None
    """The issuer's level, see `parties.own_level`."""

    @classmethod
    def of(cls, heading: Heading) -> Setting:
        title = heading.title or ""
        years = set() if _SPANNED.search(title) else {int(year) for year in _YEAR.findall(title)}
        return cls(min(years) if len(years) == 1 else None, parties.own_level(heading.issuer))


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
            deadline=deadlines.parse(self.deadline_text, setting.year),
            product_text=self.product_text,
            product=squeeze(self.product_text).strip(_EDGE) or None,
            section=self.section,
            provision=self.provision,
            restricted=restricted.reason(self.content),
            spans=tuple(self.spans),
        )
