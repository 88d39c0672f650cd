"""What the audit is asked for."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tiendo.doors.desk.documents.forms import date_field, text_input
from tiendo.doors.desk.history.keywords import bodies_named, shown
from tiendo.doors.desk.history.sentences import ACTORS, VERBS
from tiendo.foundation.accounts.models import User
from tiendo.foundation.accounts.permissions import Permission
from tiendo.foundation.audit.queries import begins
from tiendo.foundation.organisations.affairs import affairs
from tiendo.foundation.organisations.models import Post
from tiendo.foundation.organisations.naming import person_order
from tiendo.foundation.organisations.queries import Rights, within

GROUPS = {
    "directives": (_("Văn bản"), _("mọi việc về văn bản")),
    "programmes": (_("Chương trình, báo cáo"), _("mọi việc về chương trình, báo cáo")),
    "organisations": (_("Cơ quan, chức vụ"), _("mọi việc về cơ quan, chức vụ")),
    "accounts": (_("Tài khoản"), _("mọi việc về tài khoản")),
    "audit": (_("Nhật ký"), _("mọi việc về nhật ký")),
}
WORDS = 6
"""So many words are looked for."""
MOST = 20
"""Bodies that a name may lead to."""


class HistoryForm(forms.Form):
    """Who, what, about what, where, when: each may stay empty."""

    about = forms.CharField(
        label=_("Từ khóa"),
        required=False,
        widget=text_input(type="search", placeholder=_("gửi báo cáo 08-CTr/TU")),
    )
    who = forms.ChoiceField(label=_("Ai"), required=False, widget=forms.Select(attrs={"class": "input"}))
    verb = forms.ChoiceField(label=_("Việc"), required=False, widget=forms.Select(attrs={"class": "input"}))
    where = forms.CharField(
        label=_("Ở cơ quan và cấp dưới"),
        required=False,
        widget=text_input(type="search", placeholder=_("tên hoặc mã")),
    )
    since = date_field(_("Từ ngày"))
    until = date_field(_("Đến ngày"))

    def __init__(self, *args: Any, rights: Rights, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._rights = rights
        who, verb = self.fields["who"], self.fields["verb"]
        who.choices = [("", _("mọi người")), *_people(rights), *ACTORS.items()]  # type: ignore[attr-defined]
        verb.choices = [("", _("mọi việc")), *_verbs()]  # type: ignore[attr-defined]

    def condition(self) -> Q:
        """What the events must fulfil; what was typed wrong asks for nothing."""
        data = self.cleaned_data if self.is_bound and (self.is_valid() or True) else {}
        asked = Q()
        if who := data.get("who"):
            asked &= Q(actor=who) if ":" in who else begins("actor", f"{who}:")
        if verb := data.get("verb"):
            asked &= Q(verb__in=[one for one in VERBS if one == verb or one.startswith(f"{verb}.")])
        if where := data.get("where"):
            asked &= affairs(bodies_named(where).values_list("path", flat=True)[:MOST])
        if since := data.get("since"):
            asked &= Q(at__gte=_midnight(since))
        if until := data.get("until"):
            asked &= Q(at__lt=_midnight(until + timedelta(days=1)))
        return asked & shown(data.get("about", "").split()[:WORDS], self._rights)

    def asked(self) -> list[str]:
        """Names of the conditions that hold (never what was typed: it may be somebody's name)."""
        return sorted(name for name, value in getattr(self, "cleaned_data", {}).items() if value)


def _people(rights: Rights) -> list[tuple[str, str]]:
    """Whoever holds or held a post where the person reads the audit."""
    paths = rights.paths(Permission.SEE_AUDIT)
    held = Post.objects.filter(within(paths, "organisation__path")).values("user")
    people = sorted(User.objects.filter(pk__in=held), key=lambda user: person_order(user.full_name))
    return [(user.actor, user.full_name) for user in people]


def _verbs() -> Iterator[tuple[Any, list[tuple[str, Any]]]]:
    for room, (label, whole) in GROUPS.items():
        each = [(verb, words) for verb, words in VERBS.items() if verb.startswith(f"{room}.")]
        yield label, [(room, whole), *each]


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
