"""Forms around letters."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from tiendo.doors.desk.bodies.picking import BodyField, Picking
from tiendo.doors.desk.documents.forms import date_field, text_input
from tiendo.foundation.organisations.models import Organisation
from tiendo.work.programmes.actions.letters import NUMBER_LIMIT
from tiendo.work.programmes.models import Letter


class DraftForm(Picking):
    """To whom, what kind of letter; in whose name, where one writes for several bodies."""

    organisation = BodyField(_("Gửi"))
    kind = forms.ChoiceField(
        label=_("Loại công văn"), choices=Letter.Kind, widget=forms.Select(attrs={"class": "input"})
    )

    writer = forms.TypedChoiceField(label=_("Cơ quan gửi"), coerce=int, widget=forms.Select(attrs={"class": "input"}))

    def __init__(self, *args: Any, bodies: QuerySet[Organisation], writers: list[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        self.offer(bodies, "organisation")
        self.writers = {body.pk: body for body in writers}
        if len(writers) > 1:
            fields["writer"].choices = [(body.pk, body.name) for body in writers]
        else:
            del fields["writer"]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        body = said.get("organisation")
        if body is not None and body.pk == said.get("writer"):
            self.add_error("writer", _("Cơ quan không gửi công văn cho chính mình: hãy chọn cơ quan khác."))
        return said

    def said(self) -> dict[str, Any]:
        """What `letters.draft` asks for."""
        data = dict(self.cleaned_data)
        writer = data.pop("writer", None) or next(iter(self.writers), 0)
        return {**data, "writer": self.writers.get(writer)}


class IssueForm(forms.Form):
    """The number under which a person signed it, and the day."""

    number = forms.CharField(label=_("Số, ký hiệu đã phát hành"), max_length=NUMBER_LIMIT, widget=text_input())
    issued_on = date_field(_("Ngày phát hành"), required=True)


class AnswerForm(forms.Form):
    """The document with which the body answered."""

    number = forms.CharField(label=_("Số, ký hiệu văn bản trả lời"), max_length=NUMBER_LIMIT, widget=text_input())
    on = date_field(_("Ngày của văn bản trả lời"), required=True)
