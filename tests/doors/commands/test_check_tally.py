"""`tiendo check-tally`: finds a wrong count, names it, puts it right."""

import pytest
from django.core.management import CommandError

import factories as make
from tiendo.foundation.audit.models import Event
from tiendo.work.programmes.actions import tally as acts
from tiendo.work.programmes.models import Tally
from tiendo.work.programmes.queries import tally

pytestmark = pytest.mark.django_db


def test_what_is_right_is_said(shell):
    make.obligation()
    assert shell("check_tally") == "Số đếm đúng: 1 ô, 1 việc phải báo cáo.\n"


def test_a_wrong_count_is_named_and_put_right(shell):
    one = make.tally()
    Tally.objects.filter(pk=one.pk).update(n=4)
    assert [(wrong.kept, wrong.true) for wrong in tally.differences()] == [(4, 1)]
    with pytest.raises(CommandError, match=r"(?s)1 ô đếm sai.*giữ 4, đúng 1"):
        shell("check_tally")
    assert "Đã sửa 1 ô" in shell("check_tally", "--repair")
    assert list(tally.differences()) == []
    event = Event.objects.get(verb="programmes.tally.repaired")
    assert (event.actor, event.data["count"]) == ("shell:check-tally", 1)


def test_a_count_that_is_missing_is_made_anew():
    make.tally().delete()
    assert [(wrong.kept, wrong.true) for wrong in acts.repair(at=make.NOW, actor="job:tally")] == [(0, 1)]
    assert list(tally.differences()) == []


def test_many_wrong_counts_are_not_all_shown(shell):
    kept = make.tally()
    body = kept.organisation
    make.programme(*(make.row(f"Việc {n}", body.name, deadline=make.by_date(make.days(30 + n))) for n in range(25)))
    Tally.objects.update(n=9)
    with pytest.raises(CommandError, match="… và 6 ô nữa"):
        shell("check_tally")
