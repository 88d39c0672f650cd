"""Who is told of what becomes of standing in for somebody. Parts of the acts, which record what they did."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial

from django.utils import timezone

from tiendo.foundation.accounts.models import User
from tiendo.foundation.accounts.permissions import Permission, roles_with
from tiendo.foundation.audit import queries as audit
from tiendo.foundation.notifications.actions import notices
from tiendo.foundation.organisations import messages
from tiendo.foundation.organisations.holding import people_of
from tiendo.foundation.organisations.models import Absence

KIND = "organisations.deputy"


def named(absence: Absence, at: datetime) -> None:
    """The deputy hears of it."""
    _tell(absence.deputy, f"deputy_named:{absence.pk}", partial(messages.deputy_named, absence), at)


def named_there(absence: Absence, *, by: str, at: datetime) -> None:
    """Who answers for the body, and who is away, hear who stands in; not who did it, nor the deputy, who has a notice
    of their own.
    """
    answering = people_of(absence.post.organisation_id, roles_with(Permission.SUBMIT_REPORT), timezone.localdate(at))
    everyone = {person.pk: person for person in (*answering, absence.post.user)}
    for person in everyone.values():
        if person.pk != absence.deputy_id and person.actor != by:
            words = partial(messages.deputy_there, absence, holder=person.pk == absence.post.user_id)
            _tell(person, f"deputy_there:{absence.pk}", words, at)


def over(absence: Absence, at: datetime) -> None:
    """The deputy hears of it, once: before its time, or when its last day has passed."""
    _tell(absence.deputy, f"deputy_over:{absence.pk}", partial(messages.deputy_over, absence), at)


def left(absence: Absence, *, by: str, at: datetime) -> None:
    """The deputy is no longer here: whoever is away hears of it, and whoever named the deputy; not who did it."""
    holder, namer = absence.post.user, _who_named(absence)
    pages = {holder: "/nguoi-thay/"} | ({namer: f"/tai-khoan/{holder.pk}/"} if namer and namer != holder else {})
    for who, page in pages.items():
        if who.actor != by:
            _tell(who, f"deputy_left:{absence.pk}", partial(messages.deputy_left, absence, page), at)


def _tell(who: User, key: str, words: Callable[[], messages.Told], at: datetime) -> None:
    notices.tell(user=who, kind=KIND, key=key, words=words, mail=True, at=at)


def _who_named(absence: Absence) -> User | None:
    """As the audit has it: who did it last."""
    rows = audit.about([f"organisations.post:{absence.post_id}"]).filter(verb="organisations.post.deputy_named")
    last = rows.filter(data__deputy=absence.deputy_id).order_by("-sequence").first()
    number = last.actor.removeprefix("user:") if last else ""
    return User.objects.filter(pk=number).first() if number.isdecimal() else None
