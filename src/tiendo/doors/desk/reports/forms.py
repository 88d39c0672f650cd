"""An answer to one obligation: two lines, a document's number and date, or a file."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tiendo.doors.desk.documents.forms import date_field, text_area, text_input
from tiendo.work.programmes.actions.reports import Said
from tiendo.work.programmes.errors import AnswerTooLongError, NothingAndTextError, RestrictedTaskError
from tiendo.work.programmes.models import Obligation
from tiendo.work.programmes.rules.answers import TEXT_LIMIT


class AnswerForm(forms.Form):
    """One row of a report. Standing work can be "không phát sinh"; a restricted task has no text and no file."""

    nothing_arose = forms.BooleanField(label=_("Không phát sinh trong kỳ"), required=False)
    text = forms.CharField(  # no max_length: the browser would cut what is pasted and say nothing
        label=_("Kết quả"), required=False, widget=text_area(2), help_text=_("Hai dòng là đủ.")
    )
    number = forms.CharField(label=_("Số, ký hiệu văn bản"), required=False, max_length=80, widget=text_input())
    issued_on = date_field(_("Ngày văn bản"))
    level = forms.CharField(label=_("Nơi nhận"), required=False, max_length=200, widget=text_input())
    file = forms.FileField(label=_("Tệp minh chứng"), required=False, widget=forms.FileInput())

    def __init__(self, data: Any, files: Any, *, obligation: Obligation, initial: dict[str, Any]) -> None:
        super().__init__(data, files, prefix=f"o{obligation.pk}", initial=initial)
        self.obligation = obligation
        if not obligation.standing:
            del self.fields["nothing_arose"]
        if obligation.task.restricted:
            del self.fields["text"], self.fields["file"]

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        forged = self.data.get(self.add_prefix("text")) or self.files.get(self.add_prefix("file"))
        if self.obligation.task.restricted and forged:
            self.add_error(None, str(RestrictedTaskError.wording))
        if len(data.get("text", "")) > TEXT_LIMIT:
            self.add_error("text", AnswerTooLongError(limit=TEXT_LIMIT).message)
        if data.get("nothing_arose") and data.get("text", "").strip():
            self.add_error("text", str(NothingAndTextError.wording))
        if bool(data.get("number")) != bool(data.get("issued_on")) and not self.errors:
            self.add_error("number", _("Hãy ghi cả số, ký hiệu và ngày của văn bản minh chứng."))
        return data

    def clean_text(self) -> str:
        """A line end counts once, whatever the browser makes of it."""
        return str(self.cleaned_data["text"]).replace("\r\n", "\n")

    def said_text(self) -> str:
        """What was typed, valid or not."""
        return (self.data.get(self.add_prefix("text")) or "").replace("\r\n", "\n").strip()

    def said(self) -> Said:
        return Said(self.cleaned_data.get("nothing_arose", False), self.cleaned_data.get("text", ""))
