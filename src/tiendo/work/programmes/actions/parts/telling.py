"""What concerns a body at once is handed to its people, not only to the morning's digest."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from django.utils import timezone

from tiendo.foundation.accounts.models import User
from tiendo.foundation.accounts.permissions import Permission, roles_with
from tiendo.foundation.notifications.actions import notices
from tiendo.foundation.organisations.holding import people_of


def body(
    organisation: int, *, kind: str, key: str, words: Callable[[], Mapping[str, str]], but: User, at: datetime
) -> None:
    """Hand what `words` say to whoever writes or signs for a body, but for whoever did it."""
    writes = {*roles_with(Permission.WRITE_REPORT), *roles_with(Permission.SUBMIT_REPORT)}
    for user in people_of(organisation, writes, timezone.localdate(at)):
        if user != but:
            notices.tell(user=user, kind=kind, key=key, words=words, mail=True, at=at)
