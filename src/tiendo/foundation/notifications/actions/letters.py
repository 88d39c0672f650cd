"""Letters that are sent at once and kept nowhere: what they say is for one person's eyes, such as a link."""

from __future__ import annotations

import smtplib
from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage, mailers


def send(*, letters: Sequence[tuple[str, Mapping[str, str]]]) -> list[bool]:
    """(address, `subject` and `body`) each; whether it was taken by the mail server. No event: a part of the act that
    words them. Called after that act is committed: what was sent does not come back.
    """
    taken = [False] * len(letters)
    if not settings.MAILERS or not letters:
        return taken
    connection: Any = mailers.default
    try:
        connection.open()
        for place, (address, told) in enumerate(letters):
            with suppress(smtplib.SMTPResponseException, smtplib.SMTPRecipientsRefused, ValueError):
                taken[place] = bool(connection.send_messages([_letter(address, told)]))
    except (OSError, smtplib.SMTPException):
        pass  # the line broke: those not taken are shown instead
    finally:
        with suppress(OSError, smtplib.SMTPException):
            connection.close()
    return taken


def _letter(address: str, told: Mapping[str, str]) -> EmailMessage:
    return EmailMessage(
        subject=" ".join(told["subject"].split()),
        body=told["body"],
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=[address],
        headers={"Auto-Submitted": "auto-generated"},
    )
