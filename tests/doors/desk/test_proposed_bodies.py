"""A printed name that is misspelt: the body that is meant, one click away, on the task and on the document's row."""

from __future__ import annotations

import pytest

import factories as make
from doors.desk.world import words
from tiendo.foundation.audit.models import Event
from tiendo.foundation.organisations.models import Name
from tiendo.work.programmes.models import Assignment
from worlds import HEALTH

pytestmark = pytest.mark.django_db
SLIP = "Sở Tài nguyên và Môi trườg"


@pytest.fixture
def nature(office):
    return make.organisation("Sở Tài nguyên và Môi trường", parent=office.root)


@pytest.fixture
def waiting(office, nature) -> list[Assignment]:
    rows = [make.row("Việc một", SLIP), make.row("Việc hai", SLIP)]
    programme = make.programme(*rows, office=office.body, by=office.chief)
    return list(Assignment.objects.filter(task__programme=programme).order_by("task__position"))


def test_the_task_proposes_the_body_and_one_click_gives_it(waiting, office, nature, enter):
    client, page = enter(office.officer), f"/nhiem-vu/{waiting[0].task_id}/"
    shown = client.get(page)
    proposal = shown.context["assignments"][0]["proposals"][0]
    assert proposal.organisation == nature
    assert f"Gán {nature.name} ở cả 2 dòng tên gần giống, khớp 98 %" in words(shown)
    client.post(f"{page}gan/{waiting[0].pk}/", {"organisation": proposal.organisation.pk})
    waiting[0].refresh_from_db()
    assert waiting[0].organisation == nature
    assert Name.objects.get(organisation=nature, office=office.body).text == SLIP
    assert client.get(page).context["assignments"][0]["proposals"] == []
    assert client.get(f"/nhiem-vu/{waiting[1].task_id}/").context["assignments"][0]["proposals"][0].why == "same"


def test_all_rows_of_the_name_at_once(waiting, office, nature, enter):
    client = enter(office.officer)
    sent = {"organisation": nature.pk, "everywhere": "1"}
    client.post(f"/nhiem-vu/{waiting[1].task_id}/gan/{waiting[1].pk}/", sent)
    assert set(Assignment.objects.values_list("organisation", flat=True)) == {nature.pk}


def test_whoever_does_not_assign_is_proposed_nothing(waiting, office, enter):
    shown = enter(office.clerk).get(f"/nhiem-vu/{waiting[0].task_id}/")
    assert "khớp 98 %" not in words(shown)


@pytest.fixture
def row(office, nature):
    seen = make.machine(make.row("Việc một", SLIP, coordinators=[HEALTH]))
    return make.read(seen, office=office.body, by=office.chief).duties.get()


def test_the_row_of_a_document_proposes_it_too_and_what_was_said_is_remembered(row, office, nature, enter):
    client, page = enter(office.officer), f"/van-ban/{row.document_id}/dong/"
    assert f"“{SLIP}” là cơ quan nào? {nature.name} tên gần giống, khớp 98 %" in words(client.get(page))
    answer = client.post(f"{page}{row.pk}/ten/", {"name": SLIP, "organisation": nature.pk}, follow=True)
    assert f"được hiểu là {nature.name}" in words(answer)
    assert "là cơ quan nào?" not in words(answer)
    assert "Không có cơ quan nào tên" not in words(answer), "the doubt is settled"
    row.refresh_from_db()
    assert row.leads[0]["name"] == SLIP, "the row stays as printed"
    assert Event.objects.filter(verb="organisations.alias.added", actor=office.officer.actor).count() == 1


def test_a_name_that_no_row_prints_and_a_body_of_another_tree_are_refused(row, office, enter):
    client, page = enter(office.officer), f"/van-ban/{row.document_id}/dong/{row.pk}/ten/"
    said = client.post(page, {"name": "Sở Bịa", "organisation": office.health.pk}, follow=True)
    assert "Không còn dòng nào của văn bản ghi tên cơ quan “Sở Bịa”" in words(said)
    assert client.post(page, {"name": SLIP, "organisation": office.elsewhere.pk}).status_code == 404
    assert not Name.objects.filter(office=office.body).exists()


def test_only_who_assigns_says_what_a_name_means(row, office, nature, enter):
    page = f"/van-ban/{row.document_id}/dong/{row.pk}/ten/"
    assert enter(office.clerk).post(page, {"name": SLIP, "organisation": nature.pk}).status_code == 403
