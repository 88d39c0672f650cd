"""An internal document on the pages: every address × every role × outside the office's subtree, and inside it."""

from __future__ import annotations

import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from docx import Document as Paper

import factories as make
from doors.desk.test_access import address  # noqa: F401 (a fixture)
from doors.desk.test_matrix import SAID_IN_PLACES, need, walked
from doors.desk.world import LATE, PLAN, World, open_programme, waiting_document, words
from factories import days
from snapshots import rows
from tiendo.foundation.accounts.permissions import Permission, roles
from tiendo.foundation.organisations.models import Organisation
from tiendo.work.directives.models import Document
from tiendo.work.programmes.actions import internal
from worlds import HEALTH, ROLES, SCIENCE, Office

ABOUT_ONESELF = {"accounts.User", "accounts.Attempt", "audit.Event", "audit.Head"}
LISTS = ("/", "/?het=1", "/van-ban/", "/chuong-trinh/", "/nhat-ky/", "/tim/?q=chuyen+doi+so", "/viec-chua-co-noi-nhan/")
FILES = ("/nhat-ky/?dang=csv", "/co-quan/chua-co-tai-khoan/?tep=csv")
TOLD = (*SAID_IN_PLACES, "Rà soát quy trình", "31/BC-SKHCN")


@pytest.fixture
def beside(office: Office) -> Organisation:
    return make.organisation("Ban Tổ chức", parent=office.root)


@pytest.fixture
def office(office: Office) -> Office:
    """The bodies that report belong to the office itself."""
    for body in (office.science, office.health):
        Organisation.objects.filter(pk=body.pk).delete()
    office.science = make.organisation(SCIENCE, parent=office.body)
    office.health = make.organisation(HEALTH, parent=office.body)
    return office


@pytest.fixture
def world(office: Office) -> World:
    opened = open_programme(office)
    internal.mark(document=opened.programme.document, by=office.chief, at=make.NOW)
    return opened


@pytest.fixture
def document(office: Office) -> Document:
    return internal.mark(document=waiting_document(office), by=office.chief, at=make.NOW)


def body_of(answer) -> bytes:
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


def outside(office: Office, beside: Organisation, where: str, role: str):
    if where == "looking after all":
        return make.post(role, body=beside, scope=office.root).user
    return office.who(role, {"root": office.root, "beside": beside, "elsewhere": office.elsewhere}[where])


@pytest.mark.parametrize("where", ["root", "beside", "elsewhere", "looking after all"])
@pytest.mark.parametrize("role", ROLES)
def test_outside_no_page_and_no_file_tells_anything_of_it(office, address, beside, enter, role, where):  # noqa: F811
    client = enter(outside(office, beside, where, role))
    wrong = []
    for url in [*(address(name) for name in walked()), *LISTS, *FILES]:
        answer = client.get(url)
        has = not isinstance(need(url.partition("?")[0]), Permission) or need(url.partition("?")[0]) in roles()[role]
        about = url.startswith(("/van-ban/", "/chuong-trinh/", "/nhiem-vu/", "/bao-cao/", "/minh-chung/", "/viec/"))
        if has and about and any(part.isdecimal() for part in url.split("/")) and answer.status_code not in {302, 404}:
            wrong.append(f"{url}: {answer.status_code}")
        if answer.status_code == 200:
            told = (
                words(answer) if "html" in answer.headers["Content-Type"] else body_of(answer).decode(errors="ignore")
            )
            wrong += [f"{url}: tells “{said}”" for said in TOLD if said in told]
    assert wrong == []


@pytest.mark.parametrize("role", [role for role in ROLES if role not in {"administrator", "registrar"}])
def test_outside_nothing_of_it_is_changed(office, address, beside, enter, role):  # noqa: F811
    client = enter(office.who(role, beside))
    addresses = [address(name) for name in walked() if name not in {"password", "sessions", "tie"}]
    before = rows()
    for url in addresses:
        client.post(url, {"act": "confirm", "reason": "x", "internal": "0"})
    after = rows()
    assert {label for label in before if before[label] != after[label]} <= ABOUT_ONESELF


@pytest.mark.parametrize("role", ROLES)
def test_inside_every_page_is_as_it_was(office, world, enter, role):
    world.sent(LATE)
    pages = [world.board, f"/nhiem-vu/{world.task(PLAN).pk}/", f"/co-quan/{office.science.pk}/", *LISTS]
    for body in (office.body, office.science):
        client = enter(office.who(role, body))
        marked = [client.get(url).status_code for url in pages]
        Document.objects.update(internal=False)
        assert [client.get(url).status_code for url in pages] == marked
        Document.objects.update(internal=True)


@pytest.mark.parametrize("role", ["inspector", "registrar"])
def test_the_history_is_silent_outside_and_speaks_inside(office, world, enter, role):
    world.sent(LATE)
    shown = words(enter(office.who(role, office.root)).get("/nhat-ky/"))
    for said in ("mở chương trình", "duyệt văn bản", "đánh dấu văn bản là nội bộ", "gửi báo cáo", "ngoài phạm vi"):
        assert f"{said}:" not in shown
    inside = words(enter(office.who(role, office.body)).get("/nhat-ky/"))
    assert "đánh dấu văn bản là nội bộ" in inside
    assert "mở chương trình" in inside


def test_figures_outside_count_nothing_of_it(office, world, beside, enter):
    page = enter(office.who("leader", office.root)).get(f"/co-quan/{office.science.pk}/")
    assert [one.get("whole") or one.get("count") or 0 for one in page.context["figures"]] == [0, 0, 0, 0]
    keeper = make.post("administrator", body=beside, scope=office.root).user
    told = body_of(enter(keeper).get("/co-quan/chua-co-tai-khoan/?tep=csv")).decode()
    assert not any(line.endswith(",có") for line in told.splitlines())


def test_a_hand_over_kept_from_outside_shows_no_line_and_no_count(office, world, enter):
    keeper = office.who("registrar", office.root)
    draft = make.succession("absorb", [office.science], [office.health], by=keeper)
    client = enter(keeper)
    page = client.get(f"/co-quan/sap-xep/{draft.pk}/")
    assert page.context["preview"].lines == 0
    assert "0 việc đang chủ trì" in words(page)
    paper = Paper(io.BytesIO(client.get(f"/co-quan/sap-xep/{draft.pk}/bien-ban/{office.science.pk}/").content))
    assert any("Không có nhiệm vụ nào đang mở." in paragraph.text for paragraph in paper.paragraphs)
    done = words(client.post(f"/co-quan/sap-xep/{draft.pk}/thuc-hien/", follow=True))
    assert "0 lượt phân công" in done
    assert not world.programme.tasks.filter(assignments__organisation=office.science, assignments__ends=None).exists()


# -- the mark -----------------------------------------------------------------------------------------------------


def test_it_is_set_and_taken_off_after_being_asked_once_more(office, enter):
    document = waiting_document(office)
    client = enter(office.chief)
    there = f"/van-ban/{document.pk}/noi-bo/"
    assert there in client.get(f"/van-ban/{document.pk}/").content.decode()
    assert "Lãnh đạo và người kiểm tra ở cấp trên cũng không thấy" in words(client.get(there))
    told = words(client.post(there, {"internal": "1"}, follow=True))
    assert "Đã đánh dấu nội bộ." in told
    assert " nội bộ " in told
    assert "Bỏ dấu nội bộ" in words(client.get(there))
    assert "Đã bỏ dấu nội bộ." in words(client.post(there, {"internal": "0"}, follow=True))
    document.refresh_from_db()
    assert not document.internal


def test_the_tag_stands_where_the_title_stands(office, world, document, enter):
    client = enter(office.chief)
    pages = [
        world.board,
        f"{world.board}thiet-lap/",
        f"/van-ban/{document.pk}/",
        f"/nhiem-vu/{world.task(PLAN).pk}/",
        "/van-ban/",
        "/chuong-trinh/",
        "/tim/?q=12-CTr",
    ]
    tag = 'class="soft small"'
    for url in pages:
        html = client.get(url).content.decode()
        assert any(part.startswith(">") and " nội bộ</span>" in part[:200] for part in html.split(tag)), url


def test_the_programmes_settings_lead_there_and_a_body_outside_is_named(office, beside, enter):
    opened = open_programme(office)
    opened.programme.monitor = beside
    opened.programme.save()
    client = enter(office.chief)
    there = f"/van-ban/{opened.programme.document_id}/noi-bo/"
    assert there in client.get(f"{opened.board}thiet-lap/").content.decode()
    assert beside.name in words(client.get(there))
    refused = client.post(there, {"internal": "1"})
    assert refused.status_code == 422
    assert f"Chưa đánh dấu nội bộ được: {beside.name} không thuộc" in words(refused)
    assert not Document.objects.filter(internal=True).exists()


def test_a_body_outside_is_refused_on_the_settings_page(office, world, beside, enter):
    asked = {
        "confirming": beside.pk,
        "monitor": "",
        "tracked_from": f"{world.programme.tracked_from:%d/%m/%Y}",
        "standing_every": world.programme.standing_every,
    }
    answer = enter(office.chief).post(f"{world.board}thiet-lap/", asked)
    assert answer.status_code == 422
    assert f"{beside.name} không thuộc" in words(answer)


def test_only_the_office_head_marks(office, enter):
    document = waiting_document(office)
    there = f"/van-ban/{document.pk}/noi-bo/"
    assert enter(office.officer).get(there).status_code == 403
    assert there not in enter(office.officer).get(f"/van-ban/{document.pk}/").content.decode()
    assert enter(office.who("office_head", office.elsewhere)).post(there, {"internal": "1"}).status_code == 404


def test_the_office_that_carries_it_on_keeps_the_mark_too(office, world, beside, enter):
    """Its people do not see the document itself, but the programme is theirs."""
    keeper = office.who("registrar", office.root)
    client = enter(keeper)
    draft = make.succession("absorb", [office.body], [beside], by=keeper)
    client.post(f"/co-quan/sap-xep/{draft.pk}/thuc-hien/", {f"below-{office.science.pk}": beside.pk})
    heir = enter(office.who("office_head", beside))
    there = f"/van-ban/{world.programme.document_id}/noi-bo/"
    assert there in heir.get(f"{world.board}thiet-lap/").content.decode()
    assert heir.post(there, {"internal": "0"}).status_code == 302
    assert not Document.objects.get(pk=world.programme.document_id).internal


# -- what it costs -----------------------------------------------------------------------------------------------


def asked(client, url: str) -> int:
    client.get(url)
    with CaptureQueriesContext(connection) as captured:
        client.get(url)
    return len(captured)


@pytest.mark.parametrize("who", ["chief", "leader", "head"])
def test_pages_ask_as_often_with_many_internal_programmes_as_with_none(office, enter, who):
    user = {
        "chief": office.chief,
        "leader": office.who("leader", office.root),
        "head": office.who("head", office.science),
    }[who]
    client = enter(user)
    opened = [
        make.programme(make.row(f"Việc {n}", SCIENCE, deadline=make.by_date(days(n + 1))), office=office.body)
        for n in range(6)
    ]
    pages = [*LISTS, f"/chuong-trinh/{opened[0].pk}/", f"/co-quan/{office.science.pk}/"]
    if who == "leader":
        pages = [*LISTS[:4], f"/co-quan/{office.science.pk}/"]
    before = [asked(client, url) for url in pages]
    for one in opened if who != "leader" else opened[1:]:
        internal.mark(document=one.document, by=make.person("office_head", office.body), at=make.NOW)
    after = [asked(client, url) for url in pages]
    assert [(url, b) for url, a, b in zip(pages, before, after, strict=True) if b > a] == []
