"""Bodies proposed for printed names that are no body's own, as of the document's day."""

from __future__ import annotations

import pytest

import factories as make
from factories import NOW, days
from tiendo.foundation.organisations.matching import Matcher
from tiendo.foundation.organisations.proposing import Why, near, propose
from tiendo.work.handovers.actions import handovers

pytestmark = pytest.mark.django_db
SLIP = "Sở Tài nguyên và Môi trườg"


@pytest.fixture
def nature(office):
    return make.organisation("Sở Tài nguyên và Môi trường", parent=office.root)


def test_a_slip_of_one_letter_is_proposed_with_why(office, nature):
    make.organisation("Sở Tài chính", parent=office.root)
    first, *_rest = propose([SLIP], Matcher(office.body))[SLIP]
    assert (first.organisation, first.why, first.after) == (nature, Why.NEAR, None)
    assert first.said == "tên gần giống, khớp 98 %"


def test_the_best_comes_first_and_never_more_than_asked(office, nature):
    for name in ("Sở Tài nguyên Môi trường biển", "Sở Tài nguyên và Môi sinh", "Sở Tài nguyên, Môi trường và Đất đai"):
        make.organisation(name, parent=office.root)
    found = propose([SLIP], Matcher(office.body))[SLIP]
    assert found[0].organisation == nature
    assert [one.score for one in found] == sorted((one.score for one in found), reverse=True)
    assert len(found) == 3


def test_who_ended_since_the_documents_day_stands_for_its_heir(office, nature):
    heir = make.organisation("Sở Nông nghiệp và Môi trường", parent=office.root)
    draft = make.succession("absorb", [nature], [heir], on=days(-3))
    handovers.carry_out(succession=draft, by=draft.drafted_by, at=NOW)
    nature.refresh_from_db()
    first = propose([SLIP], Matcher(office.body, on=days(-30)))[SLIP][0]
    assert (first.organisation, first.after) == (heir, nature)
    assert first.said == "tên gần giống, khớp 98 %; kế thừa Sở Tài nguyên và Môi trường (kết thúc 26/02/2026)"
    assert near([SLIP], Matcher(office.body, on=days(-30)))[SLIP][0].organisation == nature, "the document's own day"


def test_a_name_that_a_body_has_by_now_and_one_that_several_have(office):
    late = make.organisation("Sở Dân tộc", parent=office.root)
    twins = [make.organisation("Trạm Y tế", parent=parent) for parent in (office.health, office.science)]
    found = propose(["SỞ DÂN TỘC", "Trạm Y tế", "Không Đâu Vào Đâu"], Matcher(office.body))
    assert [(one.organisation, one.why) for one in found["SỞ DÂN TỘC"]] == [(late, Why.SAME)]
    assert [(one.organisation, one.why) for one in found["Trạm Y tế"]] == [(one, Why.SEVERAL) for one in twins]
    assert found["Không Đâu Vào Đâu"] == []


def test_abbreviations_and_the_sign_for_and_are_written_out(office):
    farms = make.organisation("Sở Nông nghiệp và Phát triển nông thôn", parent=office.root)
    matcher = Matcher(office.body)
    for printed in ("Sở Nông nghiệp & PTNT", "Sở NN&PTNT", "Sở NN & PTNT", "Sở Nông nghiệp và PTNT"):
        assert propose([printed], matcher)[printed][0].organisation == farms, printed
    assert matcher.exact("Sở Nông nghiệp & PTNT") == matcher.exact("Sở NN&PTNT") == farms.pk


def test_nothing_is_asked_without_names(office, django_assert_num_queries):
    matcher = Matcher(office.body)
    with django_assert_num_queries(0):
        assert propose([], matcher) == {}
