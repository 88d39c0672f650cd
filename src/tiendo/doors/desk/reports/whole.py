"""One document for a whole period report ("văn bản của cả kỳ"), typed once; and a report sent before its cut-off."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tiendo.doors.desk.documents.forms import date_field, text_input
from tiendo.foundation.audit.errors import TiendoError
from tiendo.work.programmes.actions.links import Cited
from tiendo.work.programmes.errors import EvidenceDayError, PeriodNotOverError, RestrictedLevelError
from tiendo.work.programmes.models import Evidence, Obligation


class WholeForm(forms.Form):
    """Number, day and receiver of the document with which a body answers all rows of a period."""

    number = forms.CharField(label=_("Số, ký hiệu văn bản"), required=False, max_length=80, widget=text_input())
    issued_on = date_field(_("Ngày văn bản"))
    level = forms.CharField(label=_("Nơi nhận"), required=False, max_length=200, widget=text_input())

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, prefix="ky")

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        typed = [data.get(name) for name in ("number", "issued_on", "level")]
        if any(typed) and not all(typed[:2]) and not self.errors:
            self.add_error("number", _("Hãy ghi cả số, ký hiệu và ngày của văn bản minh chứng."))
        return data

    def cited(self) -> Cited | None:
        """None: nothing was typed."""
        data = self.cleaned_data
        if not (data.get("number") and data.get("issued_on")):
            return None
        return Cited(data["number"], data["issued_on"], data.get("level", ""))

    def refuse(self, error: TiendoError) -> None:
        """An error of citing it, at the field that it is about."""
        of = {EvidenceDayError: "issued_on", RestrictedLevelError: "level"}
        self.add_error(of.get(type(error), "number"), error.message)


def form_for(rows: list[Obligation], data: Any) -> WholeForm | None:
    """Only of a period with several rows; one row has its own fields."""
    return WholeForm(data) if rows[0].standing and len(rows) > 1 else None


@dataclass(frozen=True, slots=True)
class Shared:
    """A document that several rows cite."""

    piece: Evidence
    rows: int


def shared(pieces: Iterable[Evidence]) -> list[Shared]:
    """The documents that several of these rows cite, in the order in which they came."""
    found: dict[tuple[str, date | None], list[Evidence]] = {}
    for piece in pieces:
        if piece.number and piece.withdrawn_at is None:
            found.setdefault((piece.number, piece.issued_on), []).append(piece)
    return [Shared(same[0], len(same)) for same in found.values() if len(same) > 1]


def same_as(chosen: Iterable[str], pieces: Iterable[Evidence]) -> list[Evidence]:
    """Every piece that cites the same document as one of those chosen (ids as posted)."""
    held = list(pieces)
    wanted = {(piece.number, piece.issued_on) for piece in held if piece.number and str(piece.pk) in set(chosen)}
    return [piece for piece in held if (piece.number, piece.issued_on) in wanted]


def check_cutoff(rows: list[Obligation], *, today: date, sure: bool) -> None:
    """Raises PeriodNotOverError: sent before the period's data are complete, and nobody said that this is meant."""
    if rows[0].standing and today < rows[0].period_end and not sure:
        raise PeriodNotOverError(cutoff=f"{rows[0].period_end:%d/%m/%Y}")
