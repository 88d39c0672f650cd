"""What an update asks of the database: of its own transaction, once, and as much for many rows as for few."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

import factories as make
from factories import NOW, continuous, days, row
from tiendo.foundation.accounts.errors import NotAllowedError
from tiendo.foundation.accounts.models import User
from tiendo.foundation.organisations.models import Post
from tiendo.work.programmes.actions import reports
from tiendo.work.programmes.actions.reports import Said
from tiendo.work.programmes.models import Programme, Report
from worlds import SCIENCE, Office

pytestmark = pytest.mark.django_db


@pytest.fixture
def head(office: Office) -> User:
    return office.who("head", office.science)


def standing(office: Office, rows: int) -> Programme:
    charged = (row(f"Tuyên truyền {n}", SCIENCE, deadline=continuous()) for n in range(rows))
    return make.programme(*charged, office=office.body)


def draft(programme: Programme, by: User) -> Report:
    return reports.draft_once(obligation=programme.obligations.order_by("pk")[0], by=by, at=NOW)


def statements(act: Callable[[], object]) -> list[str]:
    """What an act asks of the database."""
    with CaptureQueriesContext(connection) as asked:
        act()
    return [query["sql"] for query in asked.captured_queries]


def test_each_act_looks_the_posts_up_once_and_anew(office: Office, head):
    """In its own transaction: what was held in the act before is not relied on."""
    report = draft(standing(office, 1), head)
    (once,) = owed = [one.obligation for one in report.answers.all()]
    said = {one.pk: Said(nothing_arose=True) for one in owed}
    asked = [
        statements(lambda: reports.draft_once(obligation=once, by=head, at=NOW)),
        statements(lambda: reports.save(report=report, answers=said, version=report.version, by=head, at=NOW)),
        statements(lambda: reports.submit(report=report, by=head, at=NOW)),
    ]
    assert [sum('FROM "organisations_post"' in one for one in some) for some in asked] == [1, 1, 1]


def test_who_lost_the_post_between_two_acts_is_refused(office: Office, head):
    report = draft(standing(office, 1), head)
    Post.objects.filter(user=head).update(ends=days(-1))
    with pytest.raises(NotAllowedError):
        reports.save(report=report, answers={}, version=report.version, by=head, at=NOW)
    with pytest.raises(NotAllowedError):
        reports.submit(report=report, by=head, at=NOW)


def asked_for(rows: int, office: Office, by: User) -> list[int]:
    """Statements of saving and of handing in."""
    report = draft(standing(office, rows), by)
    said = {one.obligation_id: Said(nothing_arose=True) for one in report.answers.all()}
    return [
        len(statements(act))
        for act in (
            lambda: reports.save(report=report, answers=said, version=1, by=by, at=NOW),
            lambda: reports.submit(report=report, by=by, at=NOW),
        )
    ]


def test_an_update_asks_as_much_for_many_rows_as_for_few(office: Office, head):
    assert asked_for(30, office, head) == asked_for(2, office, head)


def test_only_what_changed_is_written(head, office: Office):
    report = draft(standing(office, 2), head)
    first, *_others = rows_ = report.answers.order_by("pk")
    assert len(rows_) > 1
    said = {one.obligation_id: Said(text="Đã làm.") for one in rows_}
    report = reports.save(report=report, answers=said, version=report.version, by=head, at=NOW)
    said[first.obligation_id] = Said(text="Đã làm xong.")
    asked = statements(lambda: reports.save(report=report, answers=said, version=report.version, by=head, at=NOW))
    (written,) = (one for one in asked if one.startswith('UPDATE "programmes_answer"'))
    assert ("Đã làm xong." in written, "Đã làm.'" in written) == (True, False)
