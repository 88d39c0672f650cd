"""What the machine saw of a duty → the row that a person confirms."""

from __future__ import annotations

import msgspec

from tiendo.work.directives.models import Document, Duty, Reading
from vanban import model


def duty_of(reading: Reading, document: Document, index: int, duty: model.Duty) -> Duty:
    """Unsaved, waiting for a person; `index`: its place among the Reading's duties."""
    return Duty(
        reading=reading,
        document=document,
        position=index + 1,
        indexes=[index],
        spans=[msgspec.to_builtins(span) for span in duty.spans],
        origin=duty.origin,
        number=(duty.number or "")[:20],
        content=duty.content,
        section=duty.section or "",
        lead_text=duty.lead_text,
        lead_inherited=duty.lead_inherited,
        leads=[msgspec.to_builtins(party) for party in duty.leads],
        coordinator_text=duty.coordinator_text,
        coordinators=[msgspec.to_builtins(party) for party in duty.coordinators],
        deadline_text=duty.deadline_text,
        deadline_kind=duty.deadline.kind,
        deadline_start=duty.deadline.start,
        deadline_end=duty.deadline.end,
        deadline_every=duty.deadline.every or "",
        deadline_rule=duty.deadline.rule or "",
        product=duty.product or "",
        restricted=duty.restricted is not None,
        restricted_rule=duty.restricted or "",
    )
