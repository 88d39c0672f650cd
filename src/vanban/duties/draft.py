"""A duty while it is being put together, and what became of the row on the way."""

from __future__ import annotations

from dataclasses import dataclass

from vanban import deadlines, parties
from vanban.duties import restricted
from vanban.fold import squeeze
from vanban.model import Duty, Origin, Span

_EDGE = " \t\n;,.:-–+•*"


@dataclass(slots=True)
class Draft:
    """The texts of one duty as printed, before they are understood."""

    origin: Origin
    content: str
    spans: list[Span]
    number: str | None = None
    lead_text: str = ""
    lead_inherited: bool = False
    coordinator_text: str = ""
    deadline_text: str = ""
    product_text: str = ""
    section: str | None = None
    provision: str | None = None
    group: int = 0
    """Which table or list it came from: numbers run on within one."""
    joined: bool = False
    """Put together from pieces on two pages."""

    def duty(self) -> Duty:
        deadline = deadlines.parse(self.deadline_text)
        return Duty(
            origin=self.origin,
            number=self.number,
            content=self.content,
            lead_text=self.lead_text,
            lead_inherited=self.lead_inherited,
            leads=parties.split(self.lead_text),
            coordinator_text=self.coordinator_text,
            coordinators=parties.split(self.coordinator_text),
            deadline_text=self.deadline_text,
            deadline=deadline,
            product_text=self.product_text,
            product=squeeze(self.product_text).strip(_EDGE) or None,
            section=self.section,
            provision=self.provision,
            restricted=restricted.reason(self.content),
            spans=tuple(self.spans),
        )
