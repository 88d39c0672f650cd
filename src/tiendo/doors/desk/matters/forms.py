"""What is asked for beside a report: a part of coordinators, a decision, a proof, a right day."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from tiendo.doors.desk.bodies.picking import BodyField, PickField, Picking
from tiendo.doors.desk.documents.forms import date_field, text_area, text_input
from tiendo.doors.desk.fields import bodies_of
from tiendo.foundation.accounts.models import User
from tiendo.foundation.organisations.models import Organisation
from tiendo.work.programmes.models import Correction, Obligation


def words(label: Any, *, required: bool = False, help_text: Any = "") -> forms.CharField:
    """Two lines; the act says when it is too long, so that nothing that was typed is cut."""
    return forms.CharField(
        label=label,
        required=required,
        widget=text_area(2),
        help_text=help_text,
        error_messages={"required": _("Hãy ghi nội dung này.")},
    )


class Plain(Picking):
    """A form about a task. Of a restricted one no words are asked for: `texts` are left out."""

    texts: tuple[str, ...] = ()

    def __init__(self, *args: Any, restricted: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if restricted:
            for name in self.texts:
                del self.fields[name]

    def said(self) -> dict[str, Any]:
        """What was typed, words that were not asked for as empty ones."""
        return {**dict.fromkeys(self.texts, ""), **self.cleaned_data}


class InviteForm(Plain):
    """Which bodies (of a phrase), what, by when."""

    texts = ("asked",)
    organisations = PickField(
        _("Cơ quan được đề nghị"),
        error_messages={"required": _("Hãy chọn ít nhất một cơ quan được đề nghị phối hợp.")},
    )
    asked = words(_("Đề nghị làm gì"), help_text=_("Hai dòng là đủ. Ví dụ: cung cấp số liệu hộ nghèo đến 30/6."))
    due = date_field(_("Hạn trả lời"), required=True)

    def __init__(self, *args: Any, office: Organisation, today: date, phrase: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if phrase:
            self.offer(bodies_of(office, today), "organisations")
        else:
            del self.fields["organisations"]


class ReviewForm(Plain):
    """By when the office looks again."""

    on = date_field(_("Xem lại trước ngày"), required=True)


class InstructForm(Plain):
    """Bút phê."""

    texts = ("text",)
    to = forms.ModelChoiceField(
        User.objects.none(), label=_("Người thực hiện"), empty_label=_("Chọn người"),
        widget=forms.Select(attrs={"class": "input"}), error_messages={"required": _("Hãy chọn người thực hiện.")},
    )  # fmt: skip
    due = date_field(_("Hạn trong cơ quan"))
    text = words(_("Bút phê"), help_text=_("Chỉ người trong cơ quan đọc được."))

    def __init__(self, *args: Any, writers: list[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["to"]
        field.queryset = User.objects.filter(pk__in=[one.pk for one in writers]).order_by("full_name")
        field.label_from_instance = lambda user: user.full_name


class ObstacleForm(Plain):
    """What blocks, what is proposed, who must decide."""

    text = words(_("Vướng mắc"), required=True)
    proposal = words(_("Đề xuất"))
    level = BodyField(_("Cơ quan cần quyết định"), required=False, empty_label=_("cấp không có trong danh bạ"))
    level_text = forms.CharField(
        label=_("Cấp quyết định, nếu không có trong danh bạ"), required=False, max_length=200, widget=text_input(),
        help_text=_("Ví dụ: Ban Thường vụ Tỉnh ủy."),
    )  # fmt: skip

    def __init__(self, *args: Any, owed: Obligation, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer(bodies_of(owed.programme.office, today).exclude(pk=owed.organisation_id), "level")


class ObstacleDecisionForm(Plain):
    """What the level decided."""

    texts = ("decision",)
    decision = words(_("Nội dung quyết định"))
    number = forms.CharField(label=_("Số, ký hiệu văn bản"), required=False, max_length=80, widget=text_input())
    decided_on = date_field(_("Ngày quyết định"), required=True)


class CauseForm(Plain):
    """The reason, its proof, and whom the body thinks competent: the programme says who decides."""

    texts = ("reason",)
    reason = words(_("Nguyên nhân khách quan"), required=True)
    number = forms.CharField(
        label=_("Số, ký hiệu văn bản chứng minh"), max_length=80, widget=text_input(),
        error_messages={"required": _("Hãy ghi số và ngày của văn bản chứng minh.")},
    )  # fmt: skip
    proved_on = date_field(_("Ngày văn bản chứng minh"), required=True)
    proposed = BodyField(
        _("Đề xuất cơ quan có thẩm quyền khác"), required=False, empty_label=_("không đề xuất"),
        help_text=_("Cơ quan xác nhận của chương trình quyết định, hoặc chuyển đến cơ quan được đề xuất."),
    )  # fmt: skip

    def __init__(self, *args: Any, owed: Obligation, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer(competent_among(owed, today), "proposed")


def competent_among(owed: Obligation, today: date) -> QuerySet[Organisation]:
    """The bodies that can be competent for what a body asks: neither itself nor one below it."""
    return bodies_of(owed.programme.office, today).exclude(path__startswith=owed.organisation.path)


class CauseWordForm(Plain):
    """Granted, refused with a reason, or given on to another body."""

    texts = ("word",)
    word = words(_("Ý kiến"), help_text=_("Bắt buộc khi không chấp thuận."))
    competent = BodyField(
        _("Chuyển đến cơ quan có thẩm quyền khác"), required=False, empty_label=_("không chuyển")
    )  # fmt: skip

    def __init__(self, *args: Any, owed: Obligation, today: date, decides: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer(competent_among(owed, today), "competent")
        if not decides:
            self.fields.pop("word", None)


class CorrectionForm(Plain):
    """Which recorded day was wrong, and the right one."""

    texts = ("reason",)
    field = forms.ChoiceField(
        label=_("Ngày cần điều chỉnh"), choices=Correction.Field, widget=forms.Select(attrs={"class": "input"})
    )
    after = date_field(_("Ngày đúng"), required=True)
    reason = words(_("Lý do"), required=True, help_text=_("Vì sao ngày đang ghi không đúng, căn cứ vào đâu."))

    def __init__(self, *args: Any, fields: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice: Any = self.fields["field"]
        choice.choices = [(value, label) for value, label in Correction.Field.choices if value in fields]


class WordForm(Plain):
    """Granted or refused; a refusal says why."""

    texts = ("word",)
    word = words(_("Ý kiến"), help_text=_("Bắt buộc khi không chấp thuận."))


class ProgressWordForm(Plain):
    """Why a report on progress is not taken, or taken no more."""

    texts = ("word",)
    word = words(_("Ý kiến"), help_text=_("Bắt buộc khi đề nghị báo cáo lại hoặc hủy xác nhận."))


class ReasonForm(Plain):
    """Why."""

    reason = words(_("Lý do"), required=True)


class RevokeForm(ReasonForm):
    """Why; and the round that was read."""

    round = forms.IntegerField(widget=forms.HiddenInput())
