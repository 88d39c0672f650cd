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
from tiendo.doors.desk.history.objects import subjects_about
from tiendo.doors.desk.history.sentences import ACTORS, VERBS
from tiendo.foundation.accounts.models import User
from tiendo.foundation.accounts.permissions import Permission
from tiendo.foundation.organisations.models import Post
from tiendo.foundation.organisations.naming import person_order
from tiendo.foundation.organisations.queries import Rights, within
from tiendo.work.directives import queries as directives
from tiendo.work.programmes.queries import work

GROUPS = {
    "directives": _("Văn bản"),
    "programmes": _("Chương trình, báo cáo"),
    "organisations": _("Cơ quan, chức vụ"),
    "accounts": _("Tài khoản"),
}
MOST = 20
"""Documents and programmes that a symbol may lead to."""


class HistoryForm(forms.Form):
    """Who, what, about what, when: each may stay empty."""

    about = forms.CharField(
        label=_("Về văn bản, chương trình"), required=False, widget=text_input(type="search", placeholder="08-CTr/TU")
    )
    who = forms.ChoiceField(label=_("Ai"), required=False, widget=forms.Select(attrs={"class": "input"}))
    verb = forms.ChoiceField(label=_("Việc"), required=False, widget=forms.Select(attrs={"class": "input"}))
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
            asked &= Q(actor=who) if ":" in who else Q(actor__startswith=f"{who}:")
        if verb := data.get("verb"):
            asked &= Q(verb=verb)
        if since := data.get("since"):
            asked &= Q(at__gte=_midnight(since))
        if until := data.get("until"):
            asked &= Q(at__lt=_midnight(until + timedelta(days=1)))
        if words := data.get("about"):
            asked &= Q(subject__in=self._about(words))
        return asked

    def _about(self, words: str) -> list[str]:
        """All that belongs to the documents and programmes of this symbol that the person may see."""
        documents = directives.visible_to(self._rights).filter(
            Q(symbol__icontains=words) | Q(filename__icontains=words)
        )
        programmes = work.visible_to(self._rights).filter(symbol__icontains=words)
        found = [subject for one in documents[:MOST] for subject in subjects_about(one, None)]
        return found + [subject for one in programmes[:MOST] for subject in subjects_about(None, one)]


def _people(rights: Rights) -> list[tuple[str, str]]:
    """Whoever holds or held a post where the person reads the audit."""
    paths = rights.paths(Permission.SEE_AUDIT)
    held = Post.objects.filter(within(paths, "organisation__path")).values("user")
    people = sorted(User.objects.filter(pk__in=held), key=lambda user: person_order(user.full_name))
    return [(user.actor, user.full_name) for user in people]


def _verbs() -> Iterator[tuple[Any, list[tuple[str, Any]]]]:
    for room, label in GROUPS.items():
        yield label, [(verb, words) for verb, words in VERBS.items() if verb.startswith(f"{room}.")]


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
