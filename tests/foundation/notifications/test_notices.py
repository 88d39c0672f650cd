"""The post office: nothing twice, nothing lost, whatever the mail server does."""

from __future__ import annotations

import smtplib
from datetime import timedelta

import pytest
from django.core import mail

import factories as make
from factories import NOW
from snapshots import rows
from tiendo.foundation.audit.models import Event
from tiendo.foundation.notifications import rules
from tiendo.foundation.notifications.actions import notices
from tiendo.foundation.notifications.jobs import deliver
from tiendo.foundation.notifications.models import Notice
from tiendo.foundation.notifications.queries import of, to_mail, unread

pytestmark = pytest.mark.django_db
LOCMEM = "django.core.mail.backends.locmem.EmailBackend"
MINUTE = timedelta(minutes=1)


@pytest.fixture
def post(settings):
    """There is a mail server."""
    settings.MAILERS = {"default": {"BACKEND": LOCMEM}}
    settings.DEFAULT_FROM_EMAIL = "Tiến Độ <tiendo@example.vn>"
    settings.MAIL_LINKS = "https://tiendo.example.vn"
    return mail


@pytest.fixture
def who(db):
    user = make.user()
    user.email = "binh@example.vn"
    user.save()
    return user


class Server:
    """A mail server that answers as it is told."""

    def __init__(self, monkeypatch, *answers: Exception | None, opens: Exception | None = None):
        self.answers, self.opens, self.taken, self.asked = list(answers), opens, [], 0
        monkeypatch.setattr(notices, "mailers", type("Mailers", (), {"default": self}))

    def open(self):
        if self.opens:
            raise self.opens

    def close(self): ...

    def send_messages(self, messages):
        self.asked += 1
        answer = self.answers.pop(0) if self.answers else None
        if answer:
            raise answer
        self.taken += messages


def refused(code: int) -> Exception:
    return smtplib.SMTPRecipientsRefused({"binh@example.vn": (code, b"binh@example.vn no such user")})


class TestHandingOver:
    def test_the_same_is_kept_once(self, who):
        first = make.notice(who, key="daily:2026-03-02")
        again = notices.hand_over(
            user=who, kind="x", key="daily:2026-03-02", subject="Khác", body="", url="", mail=False, at=NOW + MINUTE
        )
        assert (again, again.subject, Notice.objects.count()) == (first, "Có việc mới", 1)
        make.notice(key="daily:2026-03-02")
        assert Notice.objects.count() == 2

    def test_without_a_mail_server_it_is_for_the_house_alone(self, who):
        assert make.notice(who, mail=True).mail_state == "none"

    @pytest.mark.usefixtures("post")
    def test_it_waits_for_the_mail_only_where_it_can_go(self, who):
        assert make.notice(who, mail=True).mail_state == "waiting"
        assert make.notice(who, mail=False).mail_state == "none"
        assert make.notice(mail=True).mail_state == "none", "no address"

    @pytest.mark.usefixtures("post")
    def test_to_many_at_once_each_in_their_own_words(self, who):
        """Of the same key the first stays; the mail waits where it can go."""
        first, without, other = make.notice(who, key="daily"), make.user(), make.user()
        other.email = "lan@example.vn"

        def words(said: str) -> list:
            return [(one, {"subject": f"{said} {one.pk}", "body": "", "url": "/"}) for one in (who, without, other)]

        for said in ("Việc của", "Nữa, việc của"):
            notices.hand_over_all(words=words(said), kind="x", key="daily", mail=True, at=NOW)
        kept = {one.user_id: (one.subject, one.mail_state, one.next_try_at) for one in Notice.objects.all()}
        assert kept == {
            who.pk: (first.subject, first.mail_state, first.next_try_at),
            without.pk: (f"Việc của {without.pk}", "none", None),
            other.pk: (f"Việc của {other.pk}", "waiting", NOW),
        }

    def test_the_audit_hears_nothing_personal(self, who, post):
        before = Event.objects.count()
        notices.read(user=who, notices=[make.notice(who, mail=True).pk], at=NOW)
        notices.deliver_due(at=NOW)
        assert Event.objects.count() == before


class TestReading:
    def test_one_reads_ones_own_and_no_one_elses(self, who):
        mine, others = make.notice(who), make.notice()
        assert notices.read(user=who, notices=[mine.pk, others.pk], at=NOW) == 1
        assert notices.read(user=who, notices=[mine.pk], at=NOW + MINUTE) == 0
        mine.refresh_from_db()
        others.refresh_from_db()
        assert (mine.read_at, others.read_at) == (NOW, None)
        assert (unread(who), list(of(who))) == (0, [mine])

    def test_all_at_once_but_not_what_came_since(self, who):
        make.notice(who)
        make.notice(who, at=NOW + MINUTE)
        assert notices.read_all(user=who, at=NOW) == 1
        assert unread(who) == 1


class TestTheMail:
    def test_it_is_sent_once(self, who, post):
        notice = make.notice(who, mail=True)
        assert notices.deliver_due(at=NOW) == 1
        assert notices.deliver_due(at=NOW + MINUTE) == 0
        (letter,) = post.outbox
        assert (letter.subject, letter.to) == ("Có việc mới", ["binh@example.vn"])
        assert letter.body == "Nhiệm vụ 3 đến hạn ngày 05/03/2026.\n\nhttps://tiendo.example.vn/"
        assert letter.extra_headers["Message-ID"].endswith("@example.vn>")
        notice.refresh_from_db()
        assert (notice.mail_state, notice.mailed_at, notice.attempts, notice.error) == ("sent", NOW, 1, "")

    def test_a_site_that_has_not_said_its_name_has_no_link(self, who, post, settings):
        settings.MAIL_LINKS = ""
        make.notice(who, mail=True)
        notices.deliver_due(at=NOW)
        assert "http" not in post.outbox[0].body

    def test_a_subject_is_one_line(self, who, post):
        notices.hand_over(user=who, kind="x", key="a", subject="Một\nBcc: x@y.vn", body="", url="", mail=True, at=NOW)
        assert notices.deliver_due(at=NOW) == 1
        assert post.outbox[0].subject == "Một Bcc: x@y.vn"

    @pytest.mark.usefixtures("post")
    def test_a_server_that_is_down_for_a_day_loses_and_doubles_nothing(self, who, monkeypatch):
        for _ in range(30):
            make.notice(who, mail=True)
        down = Server(monkeypatch, opens=ConnectionRefusedError())
        for minute in range(0, 24 * 60, 7):
            assert notices.deliver_due(at=NOW + minute * MINUTE) == 0
        assert down.asked == 0
        assert set(Notice.objects.values_list("mail_state", "attempts", "error")) == {("waiting", 0, "unreachable")}
        up = Server(monkeypatch)
        sent = [notices.deliver_due(at=NOW + timedelta(days=1, minutes=10 * n)) for n in range(3)]
        assert (sum(sent), len(up.taken)) == (30, 30)

    @pytest.mark.usefixtures("post")
    def test_a_line_that_breaks_ends_the_run_and_the_rest_goes_with_the_next(self, who, monkeypatch):
        for _ in range(4):
            make.notice(who, mail=True)
        server = Server(monkeypatch, None, smtplib.SMTPServerDisconnected("gone"))
        assert notices.deliver_due(at=NOW) == 1
        assert notices.deliver_due(at=NOW + MINUTE) == 2
        assert notices.deliver_due(at=NOW + 6 * MINUTE) == 1
        assert len({letter.extra_headers["Message-ID"] for letter in server.taken}) == len(server.taken) == 4

    @pytest.mark.usefixtures("post")
    @pytest.mark.parametrize(
        ("answer", "state", "error"),
        [
            (refused(550), "failed", "refused"),
            (refused(451), "waiting", "broken"),
            (smtplib.SMTPDataError(554, b"no"), "failed", "refused"),
            (smtplib.SMTPDataError(452, b"full"), "waiting", "broken"),
            (smtplib.SMTPAuthenticationError(535, b"no"), "waiting", "broken"),
            (smtplib.SMTPNotSupportedError("x"), "waiting", "broken"),
            (ValueError("header"), "waiting", "broken"),
            (TimeoutError(), "waiting", "broken"),
        ],
    )
    def test_what_the_server_does_not_take(self, who, monkeypatch, answer, state, error):
        notice = make.notice(who, mail=True)
        Server(monkeypatch, answer)
        assert notices.deliver_due(at=NOW) == 0
        notice.refresh_from_db()
        assert (notice.mail_state, notice.error, notice.attempts) == (state, error, 1)
        assert "binh" not in notice.error

    @pytest.mark.usefixtures("post")
    def test_a_process_that_dies_in_the_middle_sends_once_more_at_most(self, who, monkeypatch):
        make.notice(who, mail=True)
        server = Server(monkeypatch, KeyboardInterrupt())
        with pytest.raises(KeyboardInterrupt):
            notices.deliver_due(at=NOW)
        assert notices.deliver_due(at=NOW + MINUTE) == 0, "not before its pause is over"
        assert notices.deliver_due(at=NOW + 5 * MINUTE) == 1
        assert notices.deliver_due(at=NOW + 500 * MINUTE) == 0
        assert len(server.taken) == 1

    @pytest.mark.usefixtures("post")
    def test_two_processes_never_have_the_same_in_hand(self, who, monkeypatch):
        notice = make.notice(who, mail=True)

        class Meanwhile(Server):
            def open(self):
                Notice.objects.filter(pk=notice.pk).update(attempts=1, next_try_at=NOW + 5 * MINUTE)

        server = Meanwhile(monkeypatch)
        assert (notices.deliver_due(at=NOW), server.asked) == (0, 0)

    @pytest.mark.usefixtures("post")
    def test_what_is_a_week_old_is_given_up_and_stays_to_be_read(self, who):
        notice = make.notice(who, mail=True)
        assert notices.deliver_due(at=NOW + rules.GIVEN_UP_AFTER + MINUTE) == 0
        notice.refresh_from_db()
        assert (notice.mail_state, notice.error, notice.read_at) == ("failed", "too_old", None)

    @pytest.mark.usefixtures("post")
    @pytest.mark.parametrize("gone", [{"email": ""}, {"is_active": False}])
    def test_who_has_no_address_any_more_gets_no_mail(self, who, gone):
        notice = make.notice(who, mail=True)
        type(who).objects.filter(pk=who.pk).update(**gone)
        assert notices.deliver_due(at=NOW) == 0
        notice.refresh_from_db()
        assert (notice.mail_state, notice.error) == ("failed", "no_address")

    def test_where_the_server_was_taken_off_nothing_happens(self, who, post, settings):
        make.notice(who, mail=True)
        settings.MAILERS = {}
        before = rows()
        assert notices.deliver_due(at=NOW) == 0
        assert rows() == before

    def test_the_job_sends_what_waits(self, who, post, monkeypatch):
        monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)
        make.notice(who, mail=True)
        deliver.func()
        assert len(post.outbox) == 1
        assert not to_mail(NOW + timedelta(days=9)).exists()


@pytest.mark.parametrize(("attempts", "minutes"), [(0, 5), (1, 5), (2, 15), (5, 240), (6, 240), (99, 240)])
def test_the_pauses(attempts, minutes):
    assert rules.next_try(attempts, NOW) == NOW + minutes * MINUTE
