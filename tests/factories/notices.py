"""What people are told."""

from __future__ import annotations

from datetime import datetime
from itertools import count

from factories.clock import NOW
from factories.foundation import user
from tiendo.foundation.accounts.models import User
from tiendo.foundation.notifications.actions import notices
from tiendo.foundation.notifications.models import Notice

_number = count(1)


def notice(who: User | None = None, *, key: str | None = None, mail: bool = False, at: datetime = NOW) -> Notice:
    return notices.hand_over(
        user=who or user(), kind="tests.thing", key=key or f"tests:{next(_number)}", subject="Có việc mới",
        body="Nhiệm vụ 3 đến hạn ngày 05/03/2026.", url="/", mail=mail, at=at,
    )  # fmt: skip
