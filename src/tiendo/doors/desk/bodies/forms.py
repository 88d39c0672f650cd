"""What is asked when bodies are merged, split, renamed or dissolved."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tiendo.doors.desk.bodies.kinds import offered
from tiendo.doors.desk.bodies.picking import PickField, pick
from tiendo.doors.desk.documents.forms import date_field, text_input
from tiendo.foundation.organisations.actions.parts.beginning import NewBody
from tiendo.foundation.organisations.models import Kind, Organisation, Succession
from tiendo.foundation.organisations.rules.succession import SHAPES, backdated

SHARE = "|"
"""Between the name of a new body and the part that it takes."""
NEW = ("news", "new_kind", "new_parent")
ASKED: dict[str, tuple[str, ...]] = {
    "rename": ("new_name", "new_short_name"),
    "merge": (*NEW, "afters"),
    "absorb": ("afters",),
    "split": (*NEW, "afters"),
    "reconstituted": (*NEW, "afters"),
    "acts_through": ("afters",),
    "dissolved": (),
}
"""Kind → what is asked beside the bodies before, the day and the decision."""
ALWAYS = ("kind", "on", "befores", "decision", "decided_on", "backdated", "note")
MEANING: dict[str, Any] = {
    "rename": _("Vẫn là cơ quan ấy, chỉ mang tên khác."),
    "merge": _("Nhiều cơ quan kết thúc, thành một cơ quan mới."),
    "absorb": _("Cơ quan kết thúc, nhập vào một cơ quan vẫn tiếp tục hoạt động."),
    "split": _("Một cơ quan kết thúc, chia thành nhiều cơ quan."),
    "reconstituted": _("Cơ quan kết thúc; cơ quan lập thay, có thể cùng tên, là pháp nhân mới."),
    "acts_through": _("Cơ quan vẫn còn, cơ quan khác soạn và gửi báo cáo thay."),
    "dissolved": _("Cơ quan kết thúc; việc đang mở chờ cơ quan ban hành giao lại."),
}
"""What each kind says, for whoever chooses one."""


def said_late(decided_on: date | None, on: date | None) -> str:
    """The doubt about a decision that was signed after the day from which it holds; "": none."""
    if decided_on is None or on is None or not backdated(decided_on, on):
        return ""
    return gettext(
        "Quyết định ký sau ngày có hiệu lực: ký ngày %(decided)s, hiệu lực từ ngày %(on)s. "
        "Nếu văn bản ghi đúng như vậy, hãy đánh dấu rồi lưu lại."
    ) % {"decided": f"{decided_on:%d/%m/%Y}", "on": f"{on:%d/%m/%Y}"}


def backdated_field() -> forms.BooleanField:
    return forms.BooleanField(label=_("Quyết định ký sau ngày có hiệu lực, đã xem đúng như văn bản"), required=False)


class SuccessionForm(forms.Form):
    """What happened to which bodies, by which decision: of the kind that was chosen only what it needs."""

    kind = forms.ChoiceField(choices=Succession.Kind.choices, widget=forms.HiddenInput)
    on = date_field(
        _("Có hiệu lực từ ngày"),
        required=True,
        help_text=_("Ngày đầu tiên theo tổ chức mới, như quyết định ghi. Cơ quan kết thúc thì hết ngày hôm trước."),
    )
    befores = PickField(_("Cơ quan trước khi sắp xếp"), error_messages={"required": _("Hãy chọn ít nhất một cơ quan.")})
    afters = PickField(_("Cơ quan nhận đang có trong danh bạ"), required=False)
    news = forms.CharField(label=_("Cơ quan nhận mới lập"), required=False)
    new_kind = forms.ChoiceField(
        label=_("Loại của cơ quan mới"),
        choices=offered(_("như cơ quan trước")),
        required=False,
        widget=forms.Select(attrs={"class": "input"}),
    )
    new_parent = PickField(_("Cấp trên của cơ quan mới"), single=True, required=False, nobody=_("như cơ quan trước"))
    new_name = forms.CharField(label=_("Tên mới"), max_length=300, widget=text_input())
    new_short_name = forms.CharField(label=_("Tên gọi tắt mới"), required=False, max_length=120, widget=text_input())
    decision = forms.CharField(
        label=_("Số, ký hiệu quyết định"),
        required=False,
        max_length=80,
        widget=text_input(),
        help_text=_("Để trống nếu chưa có: sẽ ghi là chưa xác minh."),
    )
    decided_on = date_field(_("Ngày quyết định"), help_text=_("Ngày ký, ghi ở đầu quyết định."))
    backdated = backdated_field()
    note = forms.CharField(
        label=_("Ghi chú"), required=False, widget=forms.Textarea(attrs={"class": "input", "rows": "2"})
    )

    def __init__(self, *args: Any, kind: str, mine: QuerySet[Organisation], sent: Any = None, **kwargs: Any) -> None:
        """`sent`: what stands in the form, though it is not judged yet."""
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        for name in set(fields) - {*ALWAYS, *ASKED[kind]}:
            del fields[name]
        _least, most, _least_after, most_after = SHAPES[kind]
        for name, number in (("befores", most), ("afters", most_after)):
            if name in fields:
                fields[name].single = number == 1
        if "news" in fields:
            self._news(several=most_after > 1)
        elif "afters" in fields:
            fields["afters"].label = _("Cơ quan nhận") if kind == "absorb" else _("Hoạt động qua cơ quan")
        data = self.data or sent
        living = mine.filter(ends=None, planned=False)
        pick(self, "befores", living.exclude(kind=Kind.ROOT), data)
        pick(self, "afters", living.exclude(kind=Kind.ROOT), data)
        pick(self, "new_parent", living, data)

    def _news(self, *, several: bool) -> None:
        news: Any = self.fields["news"]
        if several:
            news.label = _("Cơ quan nhận mới lập, mỗi dòng một tên")
            news.widget = forms.Textarea(attrs={"class": "input", "rows": "3"})
            news.help_text = _(
                "Ghi phần việc nhận sau dấu |, ví dụ: Đảng ủy xã Suối Mơ | địa bàn xã Suối Mơ. "
                "Cơ quan nhận đã có trong danh bạ thì chọn ở dưới."
            )
        else:
            news.widget = text_input()
            news.help_text = _("Nếu cơ quan mới đã được thêm vào danh bạ thì để trống và chọn ở dưới.")

    @property
    def late(self) -> bool:
        """Whether the decision was signed after the day from which it holds: then one is asked whether that is so."""
        return self.is_bound and bool(said_late(self.cleaned_data.get("decided_on"), self.cleaned_data.get("on")))

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        doubt = said_late(data.get("decided_on"), data.get("on"))
        if doubt and not data.get("backdated"):
            self.add_error("backdated", doubt)
        return data

    def new_bodies(self) -> list[NewBody]:
        """The lines of `news` as bodies; what is not said is as with the first body before."""
        data = self.cleaned_data
        first: Organisation = data["befores"][0]
        parent = next(iter(data.get("new_parent") or ()), None) or first.parent or first
        found = []
        for line in filter(None, map(str.strip, data.get("news", "").splitlines())):
            name, _sep, share = line.partition(SHARE)
            kind = data["new_kind"] or first.kind
            found.append(NewBody(name=name.strip(), kind=kind, parent=parent, share=share.strip()))
        return found


class DecisionForm(forms.Form):
    """The decision against which a record was held."""

    decision = forms.CharField(
        label=_("Số, ký hiệu quyết định"),
        max_length=80,
        widget=text_input(),
        error_messages={"required": _("Hãy ghi số, ký hiệu như in trên quyết định.")},
    )
    decided_on = date_field(_("Ngày quyết định"), required=True)
    backdated = backdated_field()

    def __init__(self, *args: Any, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.on = on
        decided = self["decided_on"].value()
        held = decided if isinstance(decided, date) else self._told()
        if not said_late(held, on):
            del self.fields["backdated"]

    def _told(self) -> date | None:
        try:
            return self.fields["decided_on"].clean(self.data.get("decided_on"))  # type: ignore[no-any-return]
        except forms.ValidationError:
            return None

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        doubt = said_late(data.get("decided_on"), self.on)
        if doubt and not data.get("backdated"):
            self.add_error("backdated", doubt)
        return data
