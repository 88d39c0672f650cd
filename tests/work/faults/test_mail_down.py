"""The mail server is away for a day: a real socket, nobody behind it, then somebody."""

from __future__ import annotations

import socket
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest

import factories as make
from factories import days, moment
from tiendo.config.environment import Smtp
from tiendo.foundation.notifications.actions import notices
from tiendo.foundation.notifications.models import Notice
from tiendo.foundation.notifications.rules import PAUSES
from tiendo.work.programmes.actions import reminders
from worlds import SCIENCE, Office

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)
GONE, HERE, THERE = "da-nghi@example.vn", "binh@example.vn", "an@example.vn"


class Talk(socketserver.StreamRequestHandler):
    """As much of SMTP as a client needs; one address is refused for good."""

    def handle(self) -> None:
        self.say(220)
        to = ""
        while line := self.rfile.readline().decode().strip():
            verb = line.split(":")[0].upper()
            if verb == "RCPT TO":
                to = line.partition("<")[2].partition(">")[0]
                self.say(550 if to == GONE else 250)
            elif verb == "DATA":
                self.say(354)
                letter = b"".join(iter(self.rfile.readline, b".\r\n"))
                self.server.taken.append((to, letter.decode()))
                self.say(250)
            elif verb == "QUIT":
                self.say(221)
                return
            else:
                self.say(250)

    def say(self, code: int) -> None:
        self.wfile.write(f"{code} x\r\n".encode())


class Server(socketserver.TCPServer):
    allow_reuse_address = True
    taken: list[tuple[str, str]]


@contextmanager
def listening(port: int) -> Iterator[Server]:
    with Server(("127.0.0.1", port), Talk) as server:
        server.taken = []
        thread = threading.Thread(target=server.serve_forever, args=[0.05])
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()


@pytest.fixture
def port(settings) -> int:
    """Of a mail server that is set up; nobody listens there yet."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        found = probe.getsockname()[1]
    told = Smtp("127.0.0.1", found, "", "", "NONE", "tiendo@example.vn", "https://tiendo.example.vn")
    settings.MAILERS, settings.DEFAULT_FROM_EMAIL, settings.MAIL_LINKS = told.mailers(), told.sender, told.links
    return found


@pytest.fixture
def people(office: Office):
    make.programme(
        make.row("Xây dựng kế hoạch", SCIENCE, deadline=make.by_date(days(10))), office=office.body, by=office.chief
    )
    found = {}
    for role, address in (("head", HERE), ("clerk", THERE), ("officer", GONE)):
        user = office.who(role, office.science)
        user.email = address
        user.save()
        found[address] = user
    return found


def test_a_day_without_a_mail_server_loses_nothing_and_doubles_nothing(people, port):
    morning = moment(days(7), 7, 30)
    reminders.run_daily(at=morning)
    assert set(Notice.objects.values_list("mail_state", flat=True)) == {"waiting"}
    for minute in range(0, 28 * 60, 3):
        now = morning + minute * MINUTE
        assert notices.deliver_due(at=now) == 0
        later = set(Notice.objects.values_list("next_try_at", flat=True))
        assert all(now < at <= now + PAUSES[0] * MINUTE for at in later), (
            "none is forgotten, none is asked for too soon"
        )
    assert set(Notice.objects.values_list("mail_state", "attempts", "error")) == {("waiting", 0, "unreachable")}

    reminders.run_daily(at=moment(days(11), 7, 30))
    back = moment(days(11), 7, 40)
    with listening(port) as server:
        sent = [notices.deliver_due(at=back + minute * MINUTE) for minute in range(0, 600, 5)]
    assert sum(sent) == 4
    told = [
        (to, next(line for line in letter.splitlines() if line.startswith("Message-ID"))) for to, letter in server.taken
    ]
    assert len(told) == len(set(told)) == 4, "two digests for each of two people, each once"
    assert {to for to, _id in told} == {HERE, THERE}


def test_what_is_refused_for_good_is_not_tried_again_and_stays_to_be_read(people, port):
    reminders.run_daily(at=moment(days(7), 7, 30))
    with listening(port) as server:
        for hour in range(48):
            notices.deliver_due(at=moment(days(7), 8) + hour * 60 * MINUTE)
    refused = Notice.objects.get(user=people[GONE])
    assert (refused.mail_state, refused.error, refused.attempts, refused.next_try_at) == ("failed", "refused", 1, None)
    assert refused.read_at is None
    assert "1 việc sắp đến hạn" in refused.subject
    assert {to for to, _letter in server.taken} == {HERE, THERE}
