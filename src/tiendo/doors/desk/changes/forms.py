"""Forms of decisions that change a task or who is charged with it, of refusals and of stages."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tiendo.doors.desk.dates.forms import ONLY_NUMBERS, WHY
from tiendo.doors.desk.documents.forms import date_field, text_area, text_input
from tiendo.doors.desk.fields import CHOOSE, bodies_of
from tiendo.foundation.organisations.models import Organisation
from tiendo.foundation.organisations.naming import order
from tiendo.work.programmes.actions.changes import Part
from tiendo.work.programmes.actions.stages import Step
from tiendo.work.programmes.models import Assignment, Stage

Bodies = Sequence[Organisation]
PARTS, SECOND = 4, 2
"""So many parts a task is split into on one page (split again for more); so many leads of each."""
OPINIONS = 3
"""So many bodies give an opinion, at most, on one page."""


def bodies(office: Organisation, today: date) -> list[Organisation]:
    """The bodies to choose from, as a Vietnamese list has them. One query for all fields of a page."""
    return sorted(bodies_of(office, today), key=lambda one: order(one.name))


class BodyChoice(forms.TypedChoiceField):
    """One of bodies that were read already."""

    def __init__(self, label: Any, among: Bodies, *, required: bool = True) -> None:
        known = {str(one.pk): one for one in among}
        super().__init__(
            label=label,
            required=required,
            choices=[("", CHOOSE), *((one.pk, one.name) for one in among)],
            coerce=lambda pk: known[str(pk)],
            empty_value=None,
            widget=forms.Select(attrs={"class": "input"}),
            error_messages={"required": _("Hãy chọn cơ quan.")},
        )


class DecisionForm(forms.Form):
    """The document that decides, and why."""

    number = forms.CharField(
        label=_("Số, ký hiệu văn bản quyết định"),
        widget=text_input(),
        error_messages={"required": _("Hãy ghi số, ký hiệu văn bản.")},
    )
    decided_on = date_field(_("Ngày văn bản quyết định"), required=True)
    reason = forms.CharField(
        label=_("Lý do"), widget=text_area(2), help_text=WHY, error_messages={"required": _("Hãy ghi lý do.")}
    )

    def __init__(self, *args: Any, restricted: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if restricted:
            del self.fields["reason"]

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        data.setdefault("reason", "")
        return data


class LeadForm(DecisionForm):
    """Which of the leads goes, and who comes."""

    def __init__(self, *args: Any, leads: Sequence[Assignment], among: Bodies, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["assignment"] = _leads(_("Cơ quan thôi chủ trì"), leads)
        self.fields["organisation"] = BodyChoice(_("Cơ quan chủ trì mới"), among)
        self.order_fields(["assignment", "organisation", "number", "decided_on", "reason"])


class FocalForm(DecisionForm):
    """Which of the leads gathers."""

    def __init__(self, *args: Any, leads: Sequence[Assignment], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["assignment"] = _leads(_("Đầu mối tổng hợp mới"), leads)
        self.order_fields(["assignment", "number", "decided_on", "reason"])


def _leads(label: Any, leads: Sequence[Assignment]) -> forms.TypedChoiceField:
    known = {str(one.pk): one for one in leads}
    return forms.TypedChoiceField(
        label=label,
        choices=[(one.pk, str(one.organisation)) for one in leads],
        coerce=lambda pk: known[str(pk)],
        widget=forms.Select(attrs={"class": "input"}),
    )


class SplitForm(DecisionForm):
    """Up to PARTS parts, each with its words and its leads; those left empty are none."""

    def __init__(self, *args: Any, among: Bodies, restricted: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, restricted=restricted, **kwargs)
        self.wordless = restricted
        names: list[str] = []
        for place in range(1, PARTS + 1):
            if not restricted:
                label = gettext("Nội dung phần %(n)s") % {"n": place}
                self.fields[f"content{place}"] = forms.CharField(label=label, required=False, widget=text_area(2))
                names.append(f"content{place}")
            for which in range(1, SECOND + 1):
                said = gettext("Chủ trì phần %(n)s") if which == 1 else gettext("Cùng chủ trì phần %(n)s (nếu có)")
                name = f"lead{place}_{which}"
                self.fields[name] = BodyChoice(said % {"n": place}, among, required=False)
                names.append(name)
        self.order_fields([*names, "number", "decided_on", "reason"])

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        parts = []
        for place in range(1, PARTS + 1):
            content = data.pop(f"content{place}", "")
            leads = [data.pop(f"lead{place}_{which}", None) for which in range(1, SECOND + 1)]
            if content or any(leads):
                parts.append(Part(content, [one for one in leads if one]))
        return {**data, "parts": parts}


class RefusalForm(forms.Form):
    """Why a body says that work is not its own."""

    reason = forms.CharField(
        label=_("Vì sao việc này giao không đúng"),
        widget=text_area(3),
        help_text=_("Ví dụ: nhiệm vụ thuộc chức năng của cơ quan khác theo quy định nào."),
        error_messages={"required": _("Hãy ghi lý do.")},
    )

    def __init__(self, *args: Any, restricted: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if restricted:
            self.fields["reason"].help_text = ONLY_NUMBERS


class AcceptForm(forms.Form):
    """The charge goes: to whom, where that is known already."""

    word = forms.CharField(label=_("Ý kiến"), required=False, widget=text_area(2))

    def __init__(self, *args: Any, among: Bodies, restricted: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"] = BodyChoice(_("Giao ngay cho cơ quan khác (nếu đã rõ)"), among, required=False)
        if restricted:
            self.fields["word"].help_text = ONLY_NUMBERS
        self.order_fields(["organisation", "word"])


class DeclineForm(forms.Form):
    word = forms.CharField(
        label=_("Lý do không chấp thuận"),
        widget=text_area(2),
        help_text=WHY,
        error_messages={"required": _("Hãy ghi lý do.")},
    )

    def __init__(self, *args: Any, restricted: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if restricted:
            self.fields["word"].help_text = ONLY_NUMBERS


class StagesForm(forms.Form):
    """Who drafts, whose opinion is asked, who issues; by when each."""

    def __init__(self, *args: Any, among: Bodies, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, label, due in self.rows():
            self.fields[f"{name}_holder"] = BodyChoice(label, among, required=not name.startswith("opinion"))
            self.fields[f"{name}_due"] = date_field(due)

    @staticmethod
    def rows() -> list[tuple[str, str, str]]:
        """Name, label of the holder, label of its day: in their order."""
        opinions = [
            (f"opinion{n}", gettext("Cơ quan cho ý kiến %(n)s (nếu có)"), gettext("Hạn cho ý kiến %(n)s"))
            for n in range(1, OPINIONS + 1)
        ]
        return [
            ("draft", gettext("Cơ quan trình"), gettext("Hạn trình")),
            *((name, label % {"n": name[-1]}, due % {"n": name[-1]}) for name, label, due in opinions),
            ("issue", gettext("Cơ quan ban hành"), gettext("Hạn ban hành")),
        ]

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        steps = []
        for name, _label, _due in self.rows():
            holder, due = data.pop(f"{name}_holder", None), data.pop(f"{name}_due", None)
            kind = Stage.Kind.OPINION if name.startswith("opinion") else Stage.Kind(name)
            if holder is not None:
                steps.append(Step(kind, holder, due))
            elif due is not None and kind == Stage.Kind.OPINION:
                self.add_error(f"{name}_holder", _("Đã ghi hạn nên hãy chọn cơ quan, hoặc bỏ hạn."))
        return {**data, "steps": steps}


class PaperForm(forms.Form):
    """The paper with which a stage ends."""

    number = forms.CharField(
        label=_("Số, ký hiệu văn bản"),
        widget=text_input(),
        error_messages={"required": _("Hãy ghi số, ký hiệu văn bản.")},
    )
    issued_on = date_field(_("Ngày văn bản"), required=True)
