"""What a person was told: read, opened, counted in the header; nobody else's."""

from __future__ import annotations

import pytest

import factories as make
from doors.desk.world import words
from tiendo.foundation.accounts.models import User
from tiendo.foundation.notifications.models import Notice

pytestmark = pytest.mark.django_db
PAGE = "/thong-bao/"


@pytest.fixture
def who(office) -> User:
    return office.who("head", office.science)


def test_the_newest_first_and_how_many_are_new_on_every_page(who, enter):
    for _ in range(3):
        make.notice(who)
    client = enter(who)
    for page in (PAGE, "/"):
        assert "Thông báo 3" in words(client.get(page)), page
    assert len(client.get(PAGE).context["table"]["rows"]) == 3


def test_one_is_marked_and_the_others_stay(who, enter):
    one, other = make.notice(who), make.notice(who)
    answer = enter(who).post(PAGE, {"act": "read", "notice": one.pk})
    assert (answer.status_code, answer.url) == (302, PAGE)
    assert set(Notice.objects.filter(read_at=None)) == {other}
    assert len(enter(who).get(f"{PAGE}?loc=chua-doc").context["table"]["rows"]) == 1


def test_opening_reads_and_leads_there(who, enter):
    one = make.notice(who)
    answer = enter(who).post(PAGE, {"act": "open", "notice": one.pk})
    assert (answer.status_code, answer.url) == (302, "/")
    one.refresh_from_db()
    assert one.read_at == make.NOW


@pytest.mark.parametrize("url", ["https://evil.example", "//evil.example", "javascript:alert(1)", ""])
def test_a_notice_leads_nowhere_else(who, enter, url):
    one = make.notice(who)
    Notice.objects.update(url=url)
    assert enter(who).post(PAGE, {"act": "open", "notice": one.pk}).url == PAGE


def test_all_at_once(who, enter):
    for _ in range(3):
        make.notice(who)
    client = enter(who)
    assert "đã đọc" in words(client.post(PAGE, {"act": "all"}, follow=True))
    assert not Notice.objects.filter(read_at=None).exists()
    assert "Đánh dấu tất cả" not in words(client.get(PAGE))


@pytest.mark.parametrize("said", ["", "x", "0", "9" * 40, "-1", "²"])
def test_what_is_no_notice_is_not_found(who, enter, said):
    assert enter(who).post(PAGE, {"act": "read", "notice": said}).status_code == 404


def test_another_persons_is_not_found(who, enter):
    one = make.notice()
    assert enter(who).post(PAGE, {"act": "read", "notice": one.pk}).status_code == 404
    assert "Có việc mới" not in words(enter(who).get(PAGE))
    one.refresh_from_db()
    assert one.read_at is None


def test_words_of_a_notice_are_words(who, enter):
    one = make.notice(who)
    Notice.objects.filter(pk=one.pk).update(subject="<script>x</script>", body="<b>y</b>")
    assert b"<script>x" not in enter(who).get(PAGE).content


def test_without_any_the_page_says_when_there_will_be(who, enter):
    assert "Không có thông báo nào" in words(enter(who).get(PAGE))
