"""Forms around links for drafting."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tiendo.doors.desk.documents.forms import date_field, received_field, text_input
from tiendo.doors.desk.reports.forms import OBSTACLE, AnswerForm
from tiendo.work.programmes.models import Obligation
from tiendo.work.programmes.rules.links import MOST_DAYS

MOST_CHOICES = 200
"""So many things a link could be for are offered, the soonest first."""


class IssueForm(forms.Form):
    """What a link is for, and how long it lives."""

    obligation = forms.ChoiceField(
        label=_("Soạn báo cáo về"),
        widget=forms.Select(attrs={"class": "input"}),
        error_messages={"required": _("Hãy chọn việc cần báo cáo.")},
    )
    days = forms.IntegerField(
        label=_("Dùng được trong (ngày)"),
        min_value=1,
        max_value=MOST_DAYS,
        widget=forms.NumberInput(attrs={"class": "input", "inputmode": "numeric"}),
    )

    def __init__(self, *args: Any, owed: list[Obligation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["days"].initial = settings.LINK_DAYS
        field: Any = self.fields["obligation"]
        field.choices = [(one.pk, matter(one)) for one in owed]


class PaperForm(forms.Form):
    """The body's signed paper."""

    number = forms.CharField(label=_("Số, ký hiệu văn bản giấy"), max_length=80, widget=text_input())
    signed_on = date_field(_("Ngày ký"), required=True)
    received_on = received_field()


class LinkAnswerForm(AnswerForm):
    """As in the house, without files: through a link no file comes in."""

    def __init__(self, data: Any, *, obligation: Obligation, initial: dict[str, Any]) -> None:
        super().__init__(data, None, obligation=obligation, initial=initial)
        for name in ("file", *OBSTACLE):
            self.fields.pop(name, None)


def matter(one: Obligation) -> str:
    """What an obligation is about, in a line: a period of standing rows, or a piece of work with an end."""
    due = f"{one.owed_by:%d/%m/%Y}"
    if one.standing:
        return gettext("%(programme)s: báo cáo kỳ %(period)s, hạn %(due)s") % {
            "programme": one.programme, "period": one.period_name, "due": due,
        }  # fmt: skip
    content = gettext("Báo cáo theo chế độ riêng") if one.task.restricted else one.task.content
    number = one.task.number or one.task.position
    short = content if len(content) <= 90 else f"{content[:90]}…"  # noqa: PLR2004 - a line
    return gettext("%(programme)s: nhiệm vụ %(number)s (%(content)s), hạn %(due)s") % {
        "programme": one.programme, "number": number, "content": short, "due": due,
    }  # fmt: skip
