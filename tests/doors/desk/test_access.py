"""Every address: who is let in, where the others are sent."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import URLPattern

import factories as make
from doors.desk.world import LATE, PLAN, STANDING, WAITING, World, words
from tiendo.doors.desk.urls import urlpatterns
from tiendo.foundation.organisations.models import Post
from tiendo.work.programmes.models import Assignment

PUBLIC = {"sign-in", "sign-out", "language", "gallery"}
PUBLIC |= {"second-step", "sign-in-passkey", "passkey-options", "sso", "sso-back", "draft", "invitation"}
POSTED = {
    "read-again": "document",
    "approve": "confirm",
    "take-back": "document",
    "sign-table": "confirm",
    "row": "confirm",
    "mean-body": "confirm",
    "set-focal": "task",
    "unname-body": "task",
    "open-by-event": "task",
    "decide": "report",
    "part": "task",
    "appoint": "account",
    "end-post": "account",
    "set-password": "account",
    "deactivate": "account",
    "help-in": "account",
    "sso-name": "account",
    "invite-again": "account",
    "name-deputy": "account",
    "end-absence": "account",
    "choose-heirs": "succession",
    "carry-out": "succession",
    "confirm-succession": "succession",
    "undo-succession": "succession",
    "set-new-codes": "succession",
    "take-pack": "course",
    "revoke-link": "draft-link",
    "submit-on-paper": "draft-link",
}
REGISTER = {"choose-heirs", "carry-out", "confirm-succession", "undo-succession", "set-new-codes"}
"""For whoever keeps the register."""
ACCOUNTS = {"accounts", "add-account", "account", "appoint", "end-post", "set-password", "deactivate"}
ACCOUNTS |= {
    "without-accounts",
    "help-in",
    "sso-name",
    "move-posts",
    "move-posts-of-body",
    "stranded",
    "invite-person",
    "invite-list",
    "invitations",
    "invite-again",
    "name-deputy",
    "end-absence",
}
OWN = {
    "home", "capacity", "password", "own-deputies", "bodies", "body", "body-tree", "security", "sessions", "unlock",
    "notices",
}  # fmt: skip
CHANGED_BY_ONE_WHO_IS_THERE = {"add-app", "add-passkey", "codes", "remove-factor", "tie"}


@pytest.fixture
def address(world: World, document):
    """The address of each page by its name, all leading to things that exist."""
    from django.urls import reverse

    letter = make.letter(world.owed(LATE), by=world.office.officer).pk
    report = world.sent(LATE)
    piece = report.answers.get().evidence.get()
    owed = world.owed(STANDING)
    assignment = world.task(WAITING).assignments.first()
    post = Post.objects.get(user=world.office.who("clerk", world.office.science))
    science, health = world.office.science, world.office.health
    draft = make.succession("absorb", [science], [health], by=world.office.who("registrar", world.office.root)).pk
    link = make.draft_link(world.owed(PLAN), by=world.office.officer).pk
    absence = make.absence(post)
    phrase = Assignment.objects.filter(pk=assignment.pk)
    phrase.update(group=True, organisation=None)
    lead, part = world.owed(PLAN), world.task(PLAN).assignments.get(role="coordinate")
    coordinated = world.task(PLAN).pk
    waits = Assignment.objects.create(task=world.task(WAITING), role="coordinate", party_text="x", organisation=health)
    handed = report.answers.get().obligation
    known = {
        "invite": [coordinated, part.pk], "part": [waits.task_id, waits.pk], "review": [waits.task_id],
        **{name: [lead.pk] for name in ("instruct", "raise-obstacle", "ask-cause")},
        "propose-correction": [handed.pk], "obstacle": [make.obstacle(lead).pk], "cause": [make.cause(lead).pk],
        "progress": [make.progress(lead).pk],
        "correction": [make.correction(handed).pk], "revoke-confirmation": [report.pk],
        "clocks": [world.programme.pk], "fact-sheet": [science.pk],
        "letters": [world.programme.pk], "letter": [letter], "letter-file": [letter],
        "correct-body": [science.pk], "move-body": [science.pk], "remove-body": [science.pk], "register-file": ["csv"],
        "register-list": [make.register_list().pk],
        "issue-link": [science.pk], "draft-link": [link], "revoke-link": [link], "submit-on-paper": [link],
        "group": [world.task(WAITING).pk, assignment.pk],
        "succession": [draft], **{name: [draft] for name in REGISTER}, "handover-record": [draft, science.pk],
        "document": [document.pk], "read-again": [document.pk], "heading": [document.pk], "original": [document.pk],
        "set-aside": [document.pk], "take-back": [document.pk], "add-row": [document.pk], "page": [document.pk, 1],
        "internal": [document.pk],
        "reconciliation": [document.pk], "approve": [document.pk], "open-programme": [document.pk],
        "confirm": [document.pk], "sign-table": [document.pk], "row": [document.pk, document.duties.first().pk],
        "mean-body": [document.pk, document.duties.first().pk],
        "open-more": [world.programme.pk], "programme": [world.programme.pk], "obligations": [world.programme.pk],
        "period-reports": [world.programme.pk], "period-reports-of-body": [science.pk],
        "period": [world.programme.pk, owed.organisation_id, owed.period_start, owed.period_end],
        "task": [world.task(WAITING).pk], "name-body": [world.task(WAITING).pk, assignment.pk],
        "set-focal": [world.task(WAITING).pk, assignment.pk], "unname-body": [world.task(WAITING).pk, assignment.pk],
        "set-confirming": [world.task(WAITING).pk], "restrict": [world.task(WAITING).pk],
        "figures": [world.programme.pk], "snapshot": [make.snapshot(world.programme).pk],
        "programme-settings": [world.programme.pk], "course": [world.programme.pk], "take-pack": [world.programme.pk],
        "cascade": [world.programme.pk], "cascade-lines": [world.programme.pk],
        "requirement": [make.requirement(world.programme, science).pk], "amendments": [world.programme.pk],
        "amendment": [make.amendment(world.programme).pk],
        "open-by-event": [world.task(WAITING).pk], "answer": [world.owed(PLAN).pk], "report": [report.pk],
        "annex": [world.programme.pk], "task-reconciliation": [world.programme.pk], "forms": [world.programme.pk],
        "register-rows": [document.pk], "returned-form": [make.returned_form(world.owed(PLAN)).pk],
        "decide": [report.pk], "evidence": [piece.pk], "body": [world.office.science.pk],
        "account": [post.user_id], "appoint": [post.user_id],
        "move-posts": [post.user_id], "move-posts-of-body": [science.pk],
        "name-deputy": [post.user_id, post.pk], "end-absence": [post.user_id, absence.pk],
        "help-in": [post.user_id], "invite-again": [post.user_id], "sso-name": [post.user_id], "remove-factor": [1],
        "set-password": [post.user_id], "deactivate": [post.user_id], "end-post": [post.user_id, post.pk],
    }  # fmt: skip
    lead = world.task(PLAN).assignments.get(organisation=science, role="lead")
    known |= {"dates": [world.owed(PLAN).pk], "task-changes": [world.task(PLAN).pk], "stages": [world.task(PLAN).pk],
              "refuse": [world.task(PLAN).pk, lead.pk], "refusal": [make.refusal(lead).pk],
              "recompute": [world.programme.pk]}  # fmt: skip
    return lambda name: reverse(f"desk:{name}", args=known.get(name, []))


def names() -> list[str]:
    return [one.name for one in urlpatterns if isinstance(one, URLPattern)]


def guarded() -> list[str]:
    return [name for name in names() if name not in PUBLIC]


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_stranger_is_sent_to_the_door_and_back_afterwards(address, method):
    for name in guarded():
        answer = getattr(Client(), method)(f"{address(name)}?a=1")
        assert (answer.status_code, answer.url) == (302, f"/dang-nhap/?next={address(name)}%3Fa%3D1"), name


def test_the_administrator_sees_no_content(office, address, enter):
    client = enter(office.who("administrator"))
    for name in guarded():
        answer = client.get(address(name), follow=name in ACCOUNTS)
        if name in CHANGED_BY_ONE_WHO_IS_THERE:
            assert answer.url.startswith("/mo-khoa/"), name
            continue
        assert answer.status_code == (200 if name in OWN | ACCOUNTS else 403), name
        if answer.status_code == 403:
            assert "không có quyền" in words(answer), name


@pytest.mark.parametrize(
    "name", sorted({"home", "bodies", "body", "accounts", "account", "add-account", "without-accounts"})
)
def test_what_the_administrator_sees_tells_nothing_of_the_work(office, address, world, document, enter, name):
    """Not on the page itself, and not in what is recorded about an account or a body."""
    client = enter(make.post("administrator", body=office.body, scope=office.root).user)
    shown = words(client.get(address(name)))
    told = {task.content for task in world.programme.tasks.all()} | {duty.content for duty in document.duties.all()}
    told |= {str(world.programme), world.programme.document.filename, "báo cáo của", "gửi báo cáo", "mở chương trình"}
    assert [text for text in told if text in shown] == []


@pytest.mark.parametrize(("name", "back"), POSTED.items())
def test_what_is_only_posted_leads_back_to_its_page(office, address, enter, name, back):
    """A reload after a refused form, the links on it, and signing in anew come here by GET."""
    who = office.who("administrator") if name in ACCOUNTS else office.chief
    who = office.who("registrar", office.root) if name in REGISTER else who
    answer = enter(who).get(f"{address(name)}?show=waiting")
    assert answer.status_code == 302
    assert answer.url.startswith(f"{address(back)}?show=waiting")


def test_the_row_at_hand_stays_at_hand(office, document, enter):
    row = document.duties.all()[2]
    answer = enter(office.officer).get(f"/van-ban/{document.pk}/dong/{row.pk}/", follow=True)
    assert answer.context["row"] == row
    link = enter(office.officer).get(f"/van-ban/{document.pk}/dong/{row.pk}/?row=7")
    assert link.url == f"/van-ban/{document.pk}/dong/?row=7"


@pytest.mark.parametrize(
    "name",
    ["document", "heading", "original", "reconciliation", "confirm", "open-programme", "programme", "obligations",
     "period-reports", "period", "task", "answer", "report", "evidence", "programme-settings", "restrict", "course",
     "issue-link", "draft-link", "invite", "review", "instruct", "raise-obstacle", "ask-cause", "propose-correction",
     "obstacle", "cause", "progress", "correction", "revoke-confirmation", "clocks", "letters", "letter", "letter-file",
      "cascade", "cascade-lines", "requirement", "amendments", "amendment",
     "dates", "task-changes", "stages", "refuse", "refusal", "recompute"],
)  # fmt: skip
def test_another_office_finds_nothing(office, address, enter, name):
    answer = enter(office.who("office_head", office.elsewhere)).get(address(name))
    assert answer.status_code == 404
    assert "không thuộc phạm vi" in words(answer)


@pytest.mark.parametrize(
    "name",
    ["read-again", "approve", "sign-table", "row", "name-body", "unname-body", "set-confirming", "programme-settings",
     "restrict", "open-by-event", "decide", "take-pack", "revoke-link", "submit-on-paper", "issue-link", "part",
     "invite", "review", "instruct", "raise-obstacle", "ask-cause", "propose-correction", "obstacle", "cause",
     "progress", "correction", "revoke-confirmation", "letters", "letter",
      "cascade", "requirement", "amendments", "amendment",
     "dates", "task-changes", "stages", "refuse", "refusal", "recompute"],
)  # fmt: skip
def test_another_office_changes_nothing(office, address, enter, name):
    from snapshots import rows

    intruder = enter(office.who("office_head", office.elsewhere))
    there = address(name)
    before = rows()
    assert intruder.post(there, {"act": "confirm", "reason": "x"}).status_code == 404
    assert rows() == before


@pytest.mark.parametrize(
    ("role", "name"),
    [("clerk", "confirm"), ("clerk", "sign-table"), ("clerk", "approve"), ("officer", "approve"), ("clerk", "heading"),
     ("officer", "open-programme"), ("officer", "decide"), ("leader", "receive"), ("leader", "confirm"),
     ("clerk", "history"), ("leader", "answer"), ("clerk", "name-body"), ("inspector", "open-by-event"),
     ("clerk", "unname-body"), ("officer", "set-confirming"), ("officer", "programme-settings"),
     ("officer", "restrict"), ("clerk", "issue-link"),
     ("officer", "cascade"), ("officer", "amendments"), ("officer", "amendment"),
     ("officer", "task-changes"), ("officer", "recompute"), ("head", "task-changes"), ("clerk", "refuse"),
     ("leader", "dates"), ("inspector", "stages"), ("clerk", "refusal"),
     ("clerk", "without-accounts"), ("clerk", "submit-on-paper"), ("head", "submit-on-paper")],
)  # fmt: skip
def test_a_role_without_the_right_is_refused(office, address, enter, role, name):
    from snapshots import rows

    client, there = enter(office.who(role)), address(name)
    before = rows()
    answer = client.post(there, {"act": "confirm"})
    assert answer.status_code == 403
    assert "không có quyền" in words(answer)
    assert rows() == before


@pytest.mark.parametrize("name", ["succession", "handover-record", *sorted(REGISTER)])
def test_who_keeps_another_register_finds_nothing(office, address, enter, name):
    from snapshots import rows

    client, there = enter(office.who("registrar", office.elsewhere)), address(name)
    before = rows()
    assert client.get(there, follow=True).status_code == 404
    assert client.post(there, {"decision": "1", "decided_on": "2026-01-01"}).status_code in {404, 405}
    assert rows() == before


def test_a_part_of_a_page_asked_for_without_a_session_sends_the_whole_page_to_the_door(world):
    answer = Client().get(world.board, headers={"HX-Request": "true"})
    assert answer.status_code == 200
    assert answer.headers["HX-Redirect"] == f"/dang-nhap/?next={world.board}"


def test_the_page_that_is_not_there_speaks_vietnamese(office, enter):
    answer = enter(office.clerk).get("/khong-co-trang-nay/")
    assert answer.status_code == 404
    assert "Không tìm thấy trang" in words(answer)


def test_a_form_opened_long_ago_says_what_to_do(office, document, enter):
    client = enter(office.officer, enforce_csrf_checks=True)
    answer = client.post(f"/van-ban/{document.pk}/dong/ca-bang/")
    assert answer.status_code == 403
    assert "tải lại trang" in words(answer)


@pytest.mark.parametrize(
    "path",
    ["/van-ban/{}/", "/van-ban/{}/dong/", "/van-ban/{}/tep-goc/", "/chuong-trinh/{}/", "/chuong-trinh/{}/viec/",
     "/chuong-trinh/{0}/ky/{0}/2026-01-01/2026-06-14/", "/chuong-trinh/1/ky/1/hom-qua/2026-02-30/", "/nhiem-vu/{}/",
     "/viec/{}/", "/bao-cao/{}/", "/minh-chung/{}/", "/co-quan/{}/"],
)  # fmt: skip
def test_an_address_that_leads_nowhere_is_not_found(world, enter, path):
    for number in (0, 10**30):
        assert enter(world.office.chief).get(path.format(number)).status_code == 404


def test_when_something_breaks_the_page_says_so(office, enter, monkeypatch):
    client = enter(office.clerk, raise_request_exception=False)
    monkeypatch.setattr("tiendo.doors.desk.home.views.work.to_report", lambda rights: 1 / 0)
    answer = client.get("/")
    assert answer.status_code == 500
    assert "chưa được lưu" in words(answer)


def test_every_page_carries_the_policy(office, enter):
    headers = enter(office.clerk).get("/").headers
    assert headers["Content-Security-Policy"].startswith("default-src 'self'; base-uri 'self'")
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["X-Content-Type-Options"] == "nosniff"


def test_a_person_without_a_post_sees_an_empty_desk(enter, db):
    answer = enter(make.user("Người mới")).get("/")
    assert answer.status_code == 200
    assert "Bạn hiện không giữ chức vụ nào" in words(answer)
