"""The administrator's pages: people, posts, passwords; nothing of the work."""

from __future__ import annotations

import pytest
from django.test import Client

import factories as make
from doors.desk.world import words
from factories import days
from factories.foundation import PASSWORD
from snapshots import rows
from tiendo.foundation.accounts.models import User
from tiendo.foundation.audit.models import Event
from tiendo.foundation.organisations.models import Post

GOOD = "gio-mua-thu-ve"


@pytest.fixture
def keeper(office):
    return office.who("administrator")


@pytest.fixture
def client(keeper, enter) -> Client:
    return enter(keeper)


@pytest.fixture
def clerk(office) -> User:
    return office.who("clerk", office.science)


def listed(client: Client, query: str = "") -> list[User]:
    return [row["user"] for row in client.get(f"/tai-khoan/{query}").context["table"]["rows"]]


def verbs() -> list[str]:
    return list(Event.objects.order_by("sequence").values_list("verb", flat=True))


def test_people_by_their_own_names(office, client, clerk):
    for name in ("Trần Văn Đức", "Lê Thị Dung", "Vũ Ân"):
        make.user(name)
    names = [user.full_name for user in listed(client)]
    assert [name for name in names if name != clerk.full_name] == ["Vũ Ân", "Lê Thị Dung", "Trần Văn Đức"]
    assert "Văn thư, Sở Khoa học và Công nghệ" in words(client.get("/tai-khoan/"))
    assert [user.full_name for user in listed(client, "?sort=-name")] == names[::-1]


def test_people_are_found_by_name_and_state(client, clerk):
    make.user("Trần Văn Đức", username="đức.tran")
    assert [user.full_name for user in listed(client, "?name=Đức")] == ["Trần Văn Đức"]
    assert [user.username for user in listed(client, "?name=ĐỨC.T")] == ["đức.tran"]
    assert listed(client, "?state=left") == []
    assert listed(client, "?name=khong-co-ai") == []


def test_another_trees_people_are_not_ours(office, client):
    stranger = office.who("clerk", office.elsewhere)
    assert stranger not in listed(client)
    before = rows()
    post = Post.objects.get(user=stranger)
    for path in ("", "chuc-vu/", f"chuc-vu/{post.pk}/", "mat-khau/", "ngung/"):
        answer = client.post(f"/tai-khoan/{stranger.pk}/{path}", {"last_day": "02/03/2026", "password": GOOD})
        assert answer.status_code == 404
    assert rows() == before


def person(office, **more: object) -> dict[str, object]:
    return {
        "username": "Tran.Binh",
        "full_name": "Trần Thị Bình",
        "password": GOOD,
        "again": GOOD,
        "organisation": office.health.pk,
        "role": "clerk",
        "starts": "02/03/2026",
        **more,
    }


def test_a_person_is_added_with_a_first_post(office, client, keeper):
    answer = client.post("/tai-khoan/them/", person(office))
    user = User.objects.get(username="tran.binh")
    assert answer.url == f"/tai-khoan/{user.pk}/"
    post = Post.objects.get(user=user)
    assert (post.organisation, post.role, post.starts, post.scope) == (office.health, "clerk", days(0), None)
    events = Event.objects.filter(actor=keeper.actor).order_by("sequence")
    assert [event.verb for event in events] == ["accounts.user.added", "organisations.post.appointed"]
    page = words(client.get(answer.url))
    assert "Đã thêm Trần Thị Bình." in page
    assert "thêm người dùng" in page
    assert Client().post("/dang-nhap/", {"username": "tran.binh", "password": GOOD}).status_code == 302


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"username": "có dấu cách"}, "Tên đăng nhập gồm chữ"),
        ({"full_name": ""}, "Trường này là bắt buộc"),
        ({"password": "ngan", "again": "ngan"}, "Mật khẩu chưa đạt"),
        ({"again": "khac"}, "không giống nhau"),
        ({"organisation": ""}, "Hãy chọn cơ quan."),
        ({"role": ""}, "Hãy chọn vai trò."),
        ({"role": "vua"}, "vua"),
        ({"starts": "hôm nay"}, "Ngày chưa hợp lệ"),
    ],
)
def test_a_person_who_is_not_added(office, client, typed, said):
    before = rows()
    answer = client.post("/tai-khoan/them/", person(office, **typed))
    assert answer.status_code == 422
    assert said in words(answer)
    assert GOOD not in answer.content.decode()
    assert rows() == before


def test_a_body_of_another_tree_is_not_offered(office, client):
    page = client.get("/tai-khoan/them/").content.decode()
    assert office.elsewhere.name not in page
    assert client.post("/tai-khoan/them/", person(office, organisation=office.elsewhere.pk)).status_code == 422


def test_a_post_with_what_it_looks_after(office, client, clerk):
    there = f"/tai-khoan/{clerk.pk}/"
    given = {"organisation": office.body.pk, "role": "inspector", "scope": office.root.pk, "starts": "02/03/2026"}
    assert client.post(f"{there}chuc-vu/", given).url == there
    assert Post.objects.get(user=clerk, role="inspector").looks_after == office.root
    assert "Tỉnh An Bình và cấp dưới" in words(client.get(there))


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"role": "clerk"}, "Vai trò này không có phạm vi phụ trách."),
        ({"scope": "health"}, "Hãy chọn chính cơ quan đó"),
        ({"organisation": ""}, "Hãy chọn cơ quan."),
    ],
)
def test_what_is_looked_after_lies_above(office, client, clerk, typed, said):
    given = {"organisation": office.body.pk, "role": "inspector", "scope": office.root.pk, "starts": "02/03/2026"}
    given |= {name: office.health.pk if value == "health" else value for name, value in typed.items()}
    answer = client.post(f"/tai-khoan/{clerk.pk}/chuc-vu/", given)
    assert answer.status_code == 422
    assert said in words(answer)


def test_nobody_gives_themselves_a_post(office, client, keeper):
    assert "Giao chức vụ" not in words(client.get(f"/tai-khoan/{keeper.pk}/"))
    given = {"organisation": office.body.pk, "role": "office_head", "starts": "02/03/2026"}
    answer = client.post(f"/tai-khoan/{keeper.pk}/chuc-vu/", given)
    assert answer.status_code == 422
    assert "Không ai tự giao chức vụ cho mình." in words(answer)
    assert Post.objects.filter(user=keeper).count() == 1


def test_a_post_ends(office, client, clerk):
    post, there = Post.objects.get(user=clerk), f"/tai-khoan/{clerk.pk}/"
    refused = client.post(f"{there}chuc-vu/{post.pk}/", {"last_day": "31/31/2026"})
    assert refused.status_code == 422
    assert "Ngày chưa hợp lệ" in words(refused)
    assert client.post(f"{there}chuc-vu/{post.pk}/", {"last_day": "28/02/2026"}).url == there
    assert Post.objects.get(pk=post.pk).ends == days(-2)
    assert "01/01/2020 – 28/02/2026" in words(client.get(there))
    again = client.post(f"{there}chuc-vu/{post.pk}/", {"last_day": "02/03/2026"})
    assert "đã thôi giữ từ ngày 28/02/2026" in words(again)


def test_a_wrong_last_day_loses_no_post_and_is_set_right(office, client, clerk):
    post, there = Post.objects.get(user=clerk), f"/tai-khoan/{clerk.pk}/"
    refused = client.post(f"{there}chuc-vu/{post.pk}/", {"last_day": "28/02/2016"})
    assert refused.status_code == 422
    assert "bắt đầu từ ngày 01/01/2020, sau ngày 28/02/2016" in words(refused)
    assert 'value="28/02/2016"' in refused.content.decode()
    client.post(f"{there}chuc-vu/{post.pk}/", {"last_day": "28/02/2062"})
    assert "Ghi nhầm ngày thôi?" in words(client.get(there))
    wrong = client.post(f"{there}chuc-vu/{post.pk}/", {"act": "correct", "last_day": "30/02/2026"})
    assert wrong.status_code == 422
    assert "Ngày chưa hợp lệ" in words(wrong)
    assert client.post(f"{there}chuc-vu/{post.pk}/", {"act": "correct", "last_day": "28/02/2026"}).url == there
    assert Post.objects.get(pk=post.pk).ends == days(-2)
    assert client.post(f"{there}chuc-vu/{post.pk}/", {"act": "correct", "last_day": ""}).url == there
    assert Post.objects.get(pk=post.pk).ends is None


def test_a_post_given_by_mistake_is_taken_away(office, client, clerk, keeper):
    post, there = Post.objects.get(user=clerk), f"/tai-khoan/{clerk.pk}/"
    answer = client.post(f"{there}chuc-vu/{post.pk}/", {"act": "mistaken"}, follow=True)
    assert "Đã gỡ chức vụ giao nhầm" in words(answer)
    assert not Post.objects.filter(pk=post.pk).exists()
    own = Post.objects.get(user=keeper)
    refused = client.post(f"/tai-khoan/{keeper.pk}/chuc-vu/{own.pk}/", {"act": "mistaken"})
    assert refused.status_code == 422
    assert "người quản trị cuối cùng" in words(refused)


def test_a_new_password(client, clerk, enter):
    open_elsewhere = enter(clerk)
    there = f"/tai-khoan/{clerk.pk}/"
    assert client.post(f"{there}mat-khau/", {"password": GOOD, "again": "khac"}).status_code == 422
    assert client.post(f"{there}mat-khau/", {"password": GOOD, "again": GOOD}).url == there
    assert open_elsewhere.get("/").status_code == 302
    assert Client().post("/dang-nhap/", {"username": clerk.username, "password": PASSWORD}).status_code == 422
    assert Client().post("/dang-nhap/", {"username": clerk.username, "password": GOOD}).status_code == 302


def test_who_leaves_and_comes_back(client, clerk, enter):
    open_elsewhere = enter(clerk)
    there = f"/tai-khoan/{clerk.pk}/"
    assert client.post(f"{there}ngung/", {"last_day": "02/03/2026"}).url == there
    assert open_elsewhere.get("/").status_code == 302
    assert (clerk in listed(client), clerk in listed(client, "?state=left")) == (False, True)
    assert Post.objects.get(user=clerk).ends == days(0)
    again = client.post(f"{there}ngung/", {"last_day": "02/03/2026"})
    assert again.status_code == 422
    assert "đã ngừng hoạt động từ trước" in words(again)
    assert client.post(f"{there}ngung/", {"act": "activate"}).url == there
    assert clerk in listed(client)
    assert verbs()[-3:] == ["accounts.user.deactivated", "organisations.post.ended", "accounts.user.activated"]


def test_what_is_recorded_names_the_other_one_only(client, clerk):
    Client().post("/dang-nhap/", {"username": clerk.username, "password": "sai"})
    Client().post("/dang-nhap/", {"username": clerk.username, "password": PASSWORD})
    client.post(f"/tai-khoan/{clerk.pk}/mat-khau/", {"password": GOOD, "again": GOOD})
    told = client.get(f"/tai-khoan/{clerk.pk}/").context["events"]
    assert [(event["what"], [one["label"] for one in event["objects"]]) for event in told[:4]] == [
        ("đặt mật khẩu mới cho", [clerk.full_name]),
        ("kết thúc phiên đăng nhập", [clerk.full_name]),
        ("đăng nhập", []),
        ("từ chối đăng nhập", [clerk.full_name]),
    ]
    assert told[3]["who"] == "Trang đăng nhập"


def test_the_last_administrator_stays(client, keeper):
    answer = client.post(f"/tai-khoan/{keeper.pk}/ngung/", {"last_day": "02/03/2026"})
    assert answer.status_code == 422
    assert "Đây là người quản trị cuối cùng." in words(answer)
    assert client.get("/tai-khoan/").status_code == 200


def test_an_account_that_is_active_is_not_taken_up_again(client, clerk):
    assert client.post(f"/tai-khoan/{clerk.pk}/ngung/", {"act": "activate"}).status_code == 400


def test_pages_ask_as_often_for_many_as_for_few(office, client, django_assert_max_num_queries):
    for _ in range(60):
        make.person("clerk", office.health)
    with django_assert_max_num_queries(8):
        client.get("/tai-khoan/")
    with django_assert_max_num_queries(27):  # eight of them make the person with a post
        client.get(f"/tai-khoan/{office.who('clerk', office.health).pk}/")
