"""Forms around letters."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from tiendo.doors.desk.documents.forms import date_field, text_input
from tiendo.doors.desk.fields import BodyField
from tiendo.foundation.organisations.models import Organisation
from tiendo.work.programmes.actions.letters import NUMBER_LIMIT
from tiendo.work.programmes.models import Letter


class DraftForm(forms.Form):
    """To whom, and what kind of letter."""

    organisation = BodyField(_("Gửi"))
    kind = forms.ChoiceField(
        label=_("Loại công văn"), choices=Letter.Kind, widget=forms.Select(attrs={"class": "input"})
    )

    def __init__(self, *args: Any, bodies: QuerySet[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["organisation"]
        field.queryset = bodies


class IssueForm(forms.Form):
    """The number under which a person signed it, and the day."""

    number = forms.CharField(label=_("Số, ký hiệu đã phát hành"), max_length=NUMBER_LIMIT, widget=text_input())
    issued_on = date_field(_("Ngày phát hành"), required=True)


class AnswerForm(forms.Form):
    """The document with which the body answered."""

    number = forms.CharField(label=_("Số, ký hiệu văn bản trả lời"), max_length=NUMBER_LIMIT, widget=text_input())
    on = date_field(_("Ngày của văn bản trả lời"), required=True)
