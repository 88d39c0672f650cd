"""Fields that several forms of the desk share."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.forms.models import ModelChoiceIterator
from django.utils.translation import gettext_lazy as _

from tiendo.doors.desk.documents.forms import date_field
from tiendo.foundation.accounts.models import User
from tiendo.foundation.organisations.models import Organisation
from tiendo.foundation.organisations.naming import order
from tiendo.foundation.organisations.queries import own_tree

CHOOSE = _("Chọn cơ quan")


class InOrder(ModelChoiceIterator):  # type: ignore[type-arg]
    """Bodies as a Vietnamese list has them; some hundred are sorted here, since no database here sorts Vietnamese."""

    def __iter__(self) -> Iterator[Any]:
        field: Any = self.field
        if field.empty_label is not None:
            yield "", field.empty_label
        for body in sorted(self.queryset, key=lambda one: order(one.name)):
            yield self.choice(body)


def password_field(label: Any, autocomplete: str, **more: Any) -> forms.CharField:
    """Typed unseen, kept to the letter: blanks count. `autocomplete`: what the browser's own keeper may offer."""
    attrs = {"class": "input", "autocomplete": autocomplete}
    return forms.CharField(label=label, strip=False, widget=forms.PasswordInput(attrs), **more)


def same_twice(form: forms.Form) -> dict[str, Any]:
    """For `clean` of a form with `password` and `again`."""
    data = form.cleaned_data
    if data.get("password") and data.get("again") and data["password"] != data["again"]:
        form.add_error("again", _("Hai lần nhập mật khẩu mới không giống nhau."))
    return data


class DeputyForm(forms.Form):
    """Who stands in, from when to when."""

    deputy = forms.ModelChoiceField(
        User.objects.none(),
        label=_("Người thay"),
        empty_label=_("Chọn người"),
        widget=forms.Select(attrs={"class": "input"}),
        error_messages={"required": _("Hãy chọn người thay.")},
    )
    starts = date_field(_("Vắng từ ngày"), required=True)
    ends = date_field(_("Đến hết ngày"), required=True)

    def __init__(self, *args: Any, among: list[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["deputy"]
        field.queryset = User.objects.filter(pk__in=[one.pk for one in among])
        field.choices = [("", field.empty_label), *((one.pk, one.full_name) for one in among)]


def bodies_of(office: Organisation, today: date) -> QuerySet[Organisation]:
    """Those of the office's tree that live today, and on."""
    living = Organisation.objects.on(today).filter(ends=None)
    return living.filter(own_tree(office)).exclude(kind="root").order_by("name")
