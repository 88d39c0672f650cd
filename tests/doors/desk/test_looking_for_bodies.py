"""Forms that ask for a body, in a register of many: it is looked for, what was typed stays, nothing is judged yet."""

from __future__ import annotations

import re

import pytest

import factories as make
from doors.desk.test_access import address  # noqa: F401 (a fixture)
from doors.desk.world import LATE, words
from snapshots import rows
from tiendo.doors.desk.bodies import picking
from tiendo.foundation.organisations.models import Post
from tiendo.work.programmes.models import Letter, Obstacle, Programme, Requirement
from worlds import HEALTH, SCIENCE

FORMS = {
    "add-account": ("admin", ["organisation", "scope"]),
    "appoint": ("admin", ["organisation", "scope"]),
    "move-posts": ("admin", ["to"]),
    "raise-obstacle": ("head", ["level"]),
    "ask-cause": ("head", ["proposed"]),
    "cause": ("chief", ["competent"]),
    "programme-settings": ("chief", ["confirming", "monitor"]),
    "cascade": ("chief", ["bodies"]),
}
"""Name of the page → who fills it in, and its fields of bodies."""


@pytest.fixture
def _many(monkeypatch) -> None:
    """Two bodies are many here."""
    monkeypatch.setattr(picking, "OPTIONS", 0)
    monkeypatch.setattr(picking, "BOXES", 0)


@pytest.fixture
def client_of(office, enter):
    people = {
        "chief": lambda: office.chief,
        "head": lambda: office.who("head", office.science),
        "admin": lambda: make.post("administrator", body=office.body, scope=office.root).user,
    }
    return lambda who: enter(people[who]())


def form_of(answer):
    return answer.context["post_form"] if "post_form" in (answer.context or {}) else answer.context["form"]


def offered(form, field: str) -> list[str]:
    return [str(name) for value, name in form.fields[field].widget.choices if value]


@pytest.mark.usefixtures("_many")
@pytest.mark.parametrize("name", sorted(FORMS))
def test_a_body_is_looked_for_and_nothing_is_judged_or_written(office, address, client_of, name):  # noqa: F811
    who, fields = FORMS[name]
    client, url = client_of(who), address(name)
    before = rows()
    for field in fields:
        asked = "van phong" if name in {"raise-obstacle", "ask-cause", "cause"} else "khoa hoc"
        answer = client.post(url, {"find": field, f"find-{field}": asked, "note": "x", "due": "hôm", "starts": "hôm"})
        assert answer.status_code == 200, name
        form = form_of(answer)
        assert offered(form, field)[0] in {"Văn phòng Tỉnh ủy", SCIENCE}
        assert not form.errors, "what is typed so far is not judged"
        page = answer.content.decode()
        assert f'id="pick-{field}"' in page
        assert f'value="{asked}"' in page, "what was looked for stays"
    after = rows()
    assert {label for label in before if before[label] != after[label]} <= {"audit.Event", "audit.Head"}


@pytest.mark.usefixtures("_many")
@pytest.mark.parametrize("name", sorted(set(FORMS) - {"appoint"}))
def test_a_long_register_is_not_listed(office, address, client_of, name):  # noqa: F811
    who, fields = FORMS[name]
    form = form_of(client_of(who).get(address(name)))
    for field in fields:
        held = {"confirming": ["Văn phòng Tỉnh ủy"]}.get(field, [])
        assert offered(form, field) == held, "only what is chosen already"


@pytest.mark.usefixtures("_many")
def test_to_whom_a_letter_goes_is_looked_for_among_those_that_are_late(office, world, client_of):
    client, there = client_of("chief"), f"{world.board}cong-van/"
    assert offered(client.get(there).context["form"], "organisation") == []
    assert offered(client.get(f"{there}?co-quan={office.science.pk}").context["form"], "organisation") == [SCIENCE]
    for asked, found in (("khoa hoc", [SCIENCE]), ("y te", [])):
        answer = client.post(there, {"find": "organisation", "find-organisation": asked, "kind": "explain"})
        assert (answer.status_code, offered(answer.context["form"], "organisation")) == (200, found)
        assert '<option value="explain" selected>' in answer.content.decode()
    assert not Letter.objects.exists()


@pytest.mark.usefixtures("_many")
def test_the_search_of_a_form_that_is_sent_elsewhere_is_sent_there(office, client_of):
    person = office.who("clerk", office.science)
    page = client_of("admin").get(f"/tai-khoan/{person.pk}/").content.decode()
    assert re.search(rf'name="find" value="organisation" formaction="/tai-khoan/{person.pk}/chuc-vu/#pick-', page)


@pytest.mark.usefixtures("_many")
def test_what_was_found_is_taken(office, world, client_of):
    chief, admin, head = (client_of(who) for who in ("chief", "admin", "head"))
    letters = f"{world.board}cong-van/"
    assert chief.post(letters, {"organisation": office.science.pk, "kind": "remind"}).status_code == 302
    assert Letter.objects.get().organisation == office.science
    said = {"text": "Thiếu vốn", "level": office.body.pk}
    assert head.post(f"/viec/{world.owed(LATE).pk}/vuong-mac/", said).status_code == 302
    assert Obstacle.objects.get().level == office.body
    person = office.who("clerk", office.science)
    given = {"organisation": office.health.pk, "role": "clerk", "starts": "01/03/2026"}
    assert admin.post(f"/tai-khoan/{person.pk}/chuc-vu/", given).status_code == 302
    assert Post.objects.filter(user=person, organisation=office.health, scope=None).exists()
    kept = {"confirming": office.body.pk, "monitor": office.health.pk, "standing_every": "half"}
    sent = {**kept, "tracked_from": f"{world.programme.tracked_from:%d/%m/%Y}"}
    assert chief.post(f"{world.board}thiet-lap/", sent).status_code == 302
    assert Programme.objects.get().monitor.name == HEALTH
    plans = {"bodies": [office.health.pk, office.science.pk], "due": "30/06/2026"}
    assert chief.post(f"{world.board}cu-the-hoa/", plans).status_code == 302
    assert Requirement.objects.count() == 2


@pytest.mark.usefixtures("_many")
def test_one_that_is_none_of_those_offered_is_refused(office, world, client_of):
    refused = client_of("chief").post(
        f"{world.board}cong-van/", {"organisation": office.elsewhere.pk, "kind": "remind"}
    )
    assert refused.status_code == 422
    assert form_of(refused).errors["organisation"]
    missing = client_of("chief").post(f"{world.board}cong-van/", {"kind": "remind"})
    assert "Hãy chọn cơ quan." in words(missing)


def test_a_short_register_is_a_plain_list(office, world, client_of):
    page = client_of("chief").get(f"{world.board}thiet-lap/").content.decode()
    assert '<select name="confirming"' in page
    assert f'<option value="{office.body.pk}" selected>' in page
    assert 'name="find"' not in page


def test_opening_a_programme_looks_for_a_body_before_it_opens(office, enter, monkeypatch):
    monkeypatch.setattr(picking, "OPTIONS", 0)
    document = make.approved(make.machine(make.row("Việc", SCIENCE)), office=office.body)
    there = f"/van-ban/{document.pk}/mo-chuong-trinh/"
    answer = enter(office.chief).post(there, {"find": "monitor", "find-monitor": "y te", "confirming": office.body.pk})
    assert answer.status_code == 200
    assert offered(answer.context["form"], "monitor") == [HEALTH]
    assert offered(answer.context["form"], "confirming") == ["Văn phòng Tỉnh ủy"]
    assert not Programme.objects.exists()
