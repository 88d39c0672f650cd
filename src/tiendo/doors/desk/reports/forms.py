"""An answer to one obligation: two lines, a document's number and date, or a file."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tiendo.doors.desk.documents.forms import date_field, text_area, text_input
from tiendo.work.programmes.actions.parts.answering import UNTOLD
from tiendo.work.programmes.actions.reports import Said
from tiendo.work.programmes.errors import (
    AnswerTooLongError,
    NothingAndTextError,
    RestrictedTaskError,
)
from tiendo.work.programmes.errors_of_matters import (
    ObstacleEmptyError,
    PercentError,
    TextTooLongError,
)
from tiendo.work.programmes.models import Obligation
from tiendo.work.programmes.rules.answers import ALL_OF_IT, TEXT_LIMIT

OBSTACLE = ("obstacle", "proposal", "obstacle_level")


class AnswerForm(forms.Form):
    """One row of a report. Standing work can be "không phát sinh"; a restricted task has no text and no file."""

    nothing_arose = forms.BooleanField(label=_("Không phát sinh trong kỳ"), required=False)
    text = forms.CharField(  # no max_length: the browser would cut what is pasted and say nothing
        label=_("Kết quả"), required=False, widget=text_area(2), help_text=_("Hai dòng là đủ.")
    )
    percent = forms.IntegerField(
        label=_("Tỷ lệ hoàn thành (%), nếu đo được"), required=False,
        widget=forms.NumberInput(attrs={"class": "input", "size": 4, "min": 0, "max": 100, "inputmode": "numeric"}),
        error_messages={"invalid": PercentError.wording},
    )  # fmt: skip
    obstacle = forms.CharField(label=_("Vướng mắc"), required=False, widget=text_area(2))
    proposal = forms.CharField(label=_("Đề xuất"), required=False, widget=text_area(2))
    obstacle_level = forms.CharField(
        label=_("Cấp cần quyết định"), required=False, max_length=200, widget=text_input(),
        help_text=_("Tên cơ quan như trong danh bạ, hoặc cấp khác, ví dụ: Ban Thường vụ Tỉnh ủy."),
    )  # fmt: skip
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
            for name in ("text", "file", "percent", *OBSTACLE):
                del self.fields[name]
        elif obligation.standing:
            del self.fields["percent"]

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        texts = (self.data.get(self.add_prefix(name)) for name in ("text", "percent", *OBSTACLE))
        forged = any(texts) or self.files.get(self.add_prefix("file"))
        if self.obligation.task.restricted and forged:
            self.add_error(None, str(RestrictedTaskError.wording))
        if len(data.get("text", "")) > TEXT_LIMIT:
            self.add_error("text", AnswerTooLongError(limit=TEXT_LIMIT).message)
        if data.get("nothing_arose") and data.get("text", "").strip():
            self.add_error("text", str(NothingAndTextError.wording))
        if data.get("percent") is not None and not 0 <= data["percent"] <= ALL_OF_IT:
            self.add_error("percent", str(PercentError.wording))
        self._check_obstacle(data)
        if bool(data.get("number")) != bool(data.get("issued_on")) and not self.errors:
            self.add_error("number", _("Hãy ghi cả số, ký hiệu và ngày của văn bản minh chứng."))
        return data

    def _check_obstacle(self, data: dict[str, Any]) -> None:
        said = [data.get(name, "").strip() for name in OBSTACLE]
        if any(said) and not (said[0] and said[-1]):
            self.add_error("obstacle" if not said[0] else "obstacle_level", str(ObstacleEmptyError.wording))
        for name, text in zip(OBSTACLE, said, strict=True):
            if len(text) > TEXT_LIMIT:
                self.add_error(name, TextTooLongError(limit=TEXT_LIMIT).message)

    def obstacle_said(self) -> dict[str, str] | None:
        """As actions.obstacles.report takes it, but for the level, in words; None: none was raised."""
        data = self.cleaned_data
        if not data.get("obstacle", "").strip():
            return None
        return {"text": data["obstacle"], "proposal": data["proposal"], "level_text": data["obstacle_level"].strip()}

    def clean_text(self) -> str:
        """A line end counts once, whatever the browser makes of it."""
        return str(self.cleaned_data["text"]).replace("\r\n", "\n")

    def said_text(self) -> str:
        """What was typed, valid or not."""
        return (self.data.get(self.add_prefix("text")) or "").replace("\r\n", "\n").strip()

    def said(self) -> Said:
        data = self.cleaned_data
        percent = data.get("percent") if "percent" in self.fields else UNTOLD
        return Said(data.get("nothing_arose", False), data.get("text", ""), percent)
