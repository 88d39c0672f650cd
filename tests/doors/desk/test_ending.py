"""A post ends: what its holder was drafting goes to somebody of the same body."""

from __future__ import annotations

import pytest

import factories as make
from doors.desk.world import HEALTHS, LATE, PLAN, words
from factories import NOW, TODAY, days
from tiendo.foundation.accounts.errors import NotAllowedError
from tiendo.foundation.audit.models import Event
from tiendo.foundation.organisations.models import Post
from tiendo.work.programmes.actions import drafts, reports
from tiendo.work.programmes.errors import NotAWriterError, OwnWorkError
from tiendo.work.programmes.models import Report


@pytest.fixture
def keeper(office):
    return make.post("administrator", body=office.body, scope=office.root).user


@pytest.fixture
def clerk(office, world):
    """One who was drafting two reports, and handed in a third."""
    clerk = office.who("clerk", office.science)
    for position in (PLAN, LATE):
        make.report(world.owed(position), by=clerk)
    return clerk


def end_url(clerk):
    return f"/tai-khoan/{clerk.pk}/chuc-vu/{Post.objects.get(user=clerk).pk}/"


LAST = {"last_day": f"{TODAY:%d/%m/%Y}"}


def test_the_page_asks_to_whom_and_the_drafts_go_there(office, clerk, keeper, enter):
    mate, client = make.person("officer", office.science), enter(keeper)
    page = client.get(f"/tai-khoan/{clerk.pk}/")
    assert "Giao 2 bản báo cáo đang soạn cho" in words(page)
    refused = client.post(end_url(clerk), LAST)
    assert refused.status_code == 422
    assert "Hãy chọn người nhận." in words(refused)
    assert Post.objects.get(user=clerk).ends is None
    assert client.post(end_url(clerk), LAST | {"receiver": mate.pk}).status_code == 302
    assert {report.drafted_by for report in Report.objects.all()} == {mate}
    assert Post.objects.get(user=clerk).ends == TODAY
    told = Event.objects.filter(verb="programmes.report.entrusted")
    assert [event.data for event in told] == [{"from": clerk.pk, "to": mate.pk}] * 2
    assert f"Người giữ bản soạn: {mate.full_name}" in words(enter(mate).get(f"/viec/{_owed()}/"))


def test_they_may_stay_with_the_body(office, clerk, keeper, enter):
    assert enter(keeper).post(end_url(clerk), LAST | {"receiver": "0"}).status_code == 302
    assert {report.drafted_by for report in Report.objects.all()} == {clerk}
    head = office.who("head", office.science)
    assert enter(head).get(f"/viec/{_owed()}/").status_code == 200


def test_without_drafts_nothing_is_asked(office, world, keeper, enter):
    clerk = office.who("clerk", office.science)
    assert "bản báo cáo đang soạn" not in words(enter(keeper).get(f"/tai-khoan/{clerk.pk}/"))
    assert enter(keeper).post(end_url(clerk), LAST).status_code == 302


def test_only_people_of_the_same_body_who_write_are_offered(office, world, clerk, keeper, enter):
    others = [office.who("head", office.health), make.person("leader", office.science), keeper, clerk]
    gone = make.person("clerk", office.science)
    gone.is_active = False
    gone.save()
    for who in (*others, gone):
        answer = enter(keeper).post(end_url(clerk), LAST | {"receiver": who.pk})
        assert answer.status_code == 422
    assert Post.objects.get(user=clerk).ends is None


def test_what_is_wrong_with_the_day_leaves_the_drafts_where_they_are(office, clerk, keeper, enter):
    mate = make.person("officer", office.science)
    post = Post.objects.get(user=clerk)
    post.ends = days(-1)
    post.save()
    assert enter(keeper).post(end_url(clerk), LAST | {"receiver": mate.pk}).status_code == 422
    assert {report.drafted_by for report in Report.objects.all()} == {clerk}


def test_what_was_handed_in_and_other_bodies_drafts_stay(office, world, clerk, keeper):
    sent = world.sent(LATE)
    other = make.report(world.owed(HEALTHS))
    mate = make.person("clerk", office.science)
    on = {"of": clerk, "organisation": office.science, "to": mate, "by": keeper, "at": NOW}
    assert drafts.entrust(**on) == 1
    sent.refresh_from_db()
    other.refresh_from_db()
    assert sent.drafted_by == clerk
    assert other.drafted_by not in {clerk, mate}


def test_who_entrusts_and_to_whom(office, clerk, keeper):
    mate = make.person("clerk", office.science)
    on = {"of": clerk, "organisation": office.science, "at": NOW}
    for who in (office.chief, mate, make.post("administrator", body=office.elsewhere).user):
        with pytest.raises(NotAllowedError):
            drafts.entrust(to=mate, by=who, **on)
    with pytest.raises(NotAllowedError):
        drafts.entrust(to=keeper, by=keeper, **on)
    for who in (office.who("head", office.health), make.user()):
        with pytest.raises(NotAWriterError):
            drafts.entrust(to=who, by=keeper, **on)


def test_whoever_had_a_hand_in_it_confirms_none_of_it(office, world, clerk, keeper):
    mate = make.person("head", office.science)
    drafts.entrust(of=clerk, organisation=office.science, to=mate, by=keeper, at=NOW)
    report = Report.objects.get(answers__obligation=world.owed(PLAN))
    make.evidence(report.answers.get(), by=mate)
    reports.submit(report=report, by=mate, at=NOW)
    make.post("office_head", body=office.body, who=clerk)
    Post.objects.filter(user=clerk, organisation=office.science).delete()
    with pytest.raises(OwnWorkError):
        reports.confirm(report=report, seen_round=1, by=clerk, at=NOW)


def test_the_administrator_learns_a_number_and_nothing_else(clerk, keeper, enter, world):
    shown = words(enter(keeper).get(f"/tai-khoan/{clerk.pk}/"))
    assert "2 bản báo cáo đang soạn ở lại cơ quan" in shown
    for task in world.programme.tasks.all():
        assert task.content not in shown


def _owed() -> int:
    return Report.objects.first().answers.get().obligation_id
