"""A post office: it delivers what it is handed, and never words it.

Of the mail: before the server is asked, the row says that it was tried and when the next try is due (committed);
afterwards it says how that went. So what a killed process had in hand is sent once more at most, after the pause;
nothing is lost, and two processes never have the same mail in hand. Every mail of a notice carries the same
Message-ID, by which a mail server or reader knows the second one as the same.
"""

from __future__ import annotations

import smtplib
from collections.abc import Callable, Collection, Iterable, Mapping
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage, mailers
from django.db import transaction
from django.utils import translation

from tiendo.foundation.accounts.models import User
from tiendo.foundation.notifications.models import Notice
from tiendo.foundation.notifications.queries import of, to_mail
from tiendo.foundation.notifications.rules import BATCH, PAUSES, Failure, next_try, too_old

FOR_GOOD = 500
"""From this answer of a mail server on, it will not take the mail another time either."""


@transaction.atomic
def hand_over(
    *, user: User, kind: str, key: str, subject: str, body: str, url: str, mail: bool, at: datetime
) -> Notice:
    """Keep a notice for a person; of the same `key` the first stays, whatever the others say.

    `mail`: also by e-mail, where the office has a mail server and the person an address. No event: a part of the act
    that words it, which records that people were told and how many.
    """
    said = _notice(user, kind, {"subject": subject, "body": body, "url": url}, mail=mail, at=at)
    notice, _made = Notice.objects.get_or_create(user=user, key=key, defaults=said)
    return notice


@transaction.atomic
def hand_over_all(
    *, words: Iterable[tuple[User, Mapping[str, str]]], kind: str, key: str, mail: bool, at: datetime
) -> None:
    """As `hand_over`, of many people at once, each with their own words (`subject`, `body`, `url`)."""
    made = [Notice(user=user, key=key, **_notice(user, kind, told, mail=mail, at=at)) for user, told in words]
    Notice.objects.bulk_create(made, batch_size=500, ignore_conflicts=True)


def _notice(user: User, kind: str, told: Mapping[str, str], *, mail: bool, at: datetime) -> dict[str, Any]:
    goes = mail and bool(settings.MAILERS) and bool(user.email)
    return {
        "kind": kind,
        **told,
        "made_at": at,
        "mail_state": Notice.Mail.WAITING if goes else Notice.Mail.NONE,
        "next_try_at": at if goes else None,
    }


def tell(*, user: User, kind: str, key: str, words: Callable[[], Mapping[str, str]], mail: bool, at: datetime) -> None:
    """Hand over what `words` say (`subject`, `body`, `url`) in the person's language; not to whom cannot sign in."""
    if user.is_active:
        with translation.override(user.language):
            told = words()
        hand_over(user=user, kind=kind, key=key, mail=mail, at=at, **told)


@transaction.atomic
def read(*, user: User, notices: Collection[int], at: datetime) -> int:
    """A person has read these of their own notices (ids; others' are passed over). Returns how many were new."""
    return of(user).filter(pk__in=list(notices), read_at=None).update(read_at=at)


@transaction.atomic
def read_all(*, user: User, at: datetime) -> int:
    """A person has read whatever was handed over for them so far."""
    return of(user).filter(read_at=None, made_at__lte=at).update(read_at=at)


def deliver_due(*, at: datetime) -> int:
    """Send the mails whose time has come. Returns how many were sent.

    A server that cannot be reached costs no mail one of its tries. Not one transaction: what was sent stays sent.
    """
    waiting = list(to_mail(at).select_related("user")[:BATCH]) if settings.MAILERS else []
    waiting = [one for one in waiting if not _given_up(one, at)]
    if not waiting:
        return 0
    connection: Any = mailers.default
    try:
        connection.open()
    except (OSError, smtplib.SMTPException):
        _put_off(at)
        return 0
    sent = 0
    try:
        for one in waiting:
            sent += _deliver(one, connection, at)
    except (OSError, smtplib.SMTPServerDisconnected):
        pass  # the line broke: the next run takes the rest, the broken one after its pause
    finally:
        with suppress(OSError, smtplib.SMTPException):
            connection.close()
    return sent


def _given_up(notice: Notice, at: datetime) -> bool:
    """Whether there is no use in trying: told in the row."""
    if too_old(notice.made_at, at):
        failure = Failure.TOO_OLD
    elif not (notice.user.email and notice.user.is_active):
        failure = Failure.NO_ADDRESS
    else:
        return False
    _mine(notice).update(mail_state=Notice.Mail.FAILED, next_try_at=None, error=failure)
    return True


def _put_off(at: datetime) -> None:
    """The server cannot be reached: all that wait wait a little longer."""
    later = at + timedelta(minutes=PAUSES[0])
    to_mail(at).order_by().update(next_try_at=later, error=Failure.UNREACHABLE)


def _deliver(notice: Notice, connection: Any, at: datetime) -> bool:
    """Whether it was sent; how it went stands in the row. Raises OSError, SMTPServerDisconnected: the line broke."""
    again = next_try(notice.attempts + 1, at)
    if not _mine(notice).update(attempts=notice.attempts + 1, next_try_at=again):
        return False  # another process has it in hand
    notice.attempts += 1
    try:
        connection.send_messages([_letter(notice)])
    except smtplib.SMTPRecipientsRefused as error:
        codes = [code for code, _said in error.recipients.values()]
        _failed(notice, for_good=bool(codes) and min(codes) >= FOR_GOOD)
    except smtplib.SMTPResponseException as error:
        _failed(notice, for_good=error.smtp_code >= FOR_GOOD and not isinstance(error, smtplib.SMTPAuthenticationError))
    except (OSError, smtplib.SMTPServerDisconnected):
        _failed(notice, for_good=False)
        raise
    except (smtplib.SMTPException, ValueError):
        _failed(notice, for_good=False)
    else:
        _mine(notice).update(mail_state=Notice.Mail.SENT, mailed_at=at, next_try_at=None, error="")
        return True
    return False


def _mine(notice: Notice) -> Any:
    """The row, as long as it is as it was read: nobody else has tried it meanwhile."""
    return Notice.objects.filter(pk=notice.pk, mail_state=Notice.Mail.WAITING, attempts=notice.attempts)


def _failed(notice: Notice, *, for_good: bool) -> None:
    if for_good:
        _mine(notice).update(mail_state=Notice.Mail.FAILED, next_try_at=None, error=Failure.REFUSED)
    else:
        _mine(notice).update(error=Failure.BROKEN)


def _letter(notice: Notice) -> EmailMessage:
    """In the words of the notice, with the address of its page where the office has said how its site is called."""
    link = f"{settings.MAIL_LINKS}{notice.url}" if settings.MAIL_LINKS and notice.url else ""
    sender = settings.DEFAULT_FROM_EMAIL
    domain = sender.rpartition("@")[2].strip("<> ")
    return EmailMessage(
        subject=" ".join(notice.subject.split()),
        body="\n\n".join(filter(None, (notice.body, link))),
        from_email=sender,
        to=[notice.user.email],
        headers={
            "Message-ID": f"<notice.{notice.pk}.{notice.made_at:%Y%m%d%H%M%S}@{domain}>",
            "Auto-Submitted": "auto-generated",
        },
    )
