"""Many people invited from a list: shown line by line, all of them or nobody."""

from __future__ import annotations

import html
import io
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import Workbook

import factories as make
from doors.desk.world import words
from tiendo.foundation.accounts.models import Invitation, User
from tiendo.foundation.organisations.models import Post

URL = "/tai-khoan/moi/danh-sach/"
GOOD = """Họ tên;Email;Đơn vị;Vai trò;Chức vụ;Ghi chú
Đặng Thị Hồng;hong@vd.vn;T.KHCN;Người đứng đầu;Giám đốc;x
Lê Văn An;;Sở Y Tế;văn thư;;
"""


@pytest.fixture
def client(office, enter):
    return enter(make.post("administrator", body=office.body, scope=office.root).user)


def send(client, text, name="nguoi.csv"):
    data = text if isinstance(text, bytes) else text.encode()
    return client.post(URL, {"file": SimpleUploadedFile(name, data)})


def kept(answer) -> str:
    found = re.search(r'<textarea name="lines" hidden>(.*?)</textarea>', answer.content.decode(), re.DOTALL)
    return html.unescape(found[1])


def test_a_list_is_looked_at_then_invited_in_one_click(office, settings, client):
    settings.MAILERS = {}
    shown = send(client, GOOD)
    assert words(shown).count("sẽ mời") >= 2
    assert "Không hiểu cột “Ghi chú”, sẽ bỏ qua" in words(shown)
    assert not Invitation.objects.exists(), "looking invites nobody"
    made = client.post(URL, {"act": "write", "lines": kept(shown)})
    assert made.status_code == 200
    links = re.findall(r"http://testserver(/loi-moi/[^<]+/)", made.content.decode())
    assert len(links) == 2
    assert all(Client().get(link).status_code == 200 for link in links)
    people = {post.user.username: (post.organisation, post.role, post.title) for post in
              Post.objects.filter(user__invitations__isnull=False)}  # fmt: skip
    assert people == {"dang.hong": (office.science, "head", "Giám đốc"), "le.an": (office.health, "clerk", "")}
    again = client.post(URL, {"act": "write", "lines": kept(shown).replace("hong@vd.vn", "")})
    assert again.status_code == 200, "namesakes are other people"
    assert User.objects.filter(username="le.an2").exists()


def test_a_workbook_with_a_title_above(office, client):
    book, written = Workbook(), io.BytesIO()
    for row in (["Danh sách cán bộ"], ["STT", "Họ và tên", "Cơ quan", "Vai trò"], [1, "Lê Văn An", "T.YT", "Văn thư"]):
        book.active.append(row)
    book.save(written)
    shown = send(client, written.getvalue(), "nguoi.xlsx")
    assert "Văn thư, Sở Y tế" in words(shown)
    assert shown.context["ready"]


def test_one_bad_line_and_nobody_is_invited(office, client):
    make.user(username="le.an")
    make.organisation("Phòng Nội vụ", parent=office.science, code="A")
    make.organisation("Phòng Nội vụ", parent=office.health, code="B")
    lines = [
        "full_name,username,email,body,role",
        "Trần Một,,,T.YT,clerk",
        ",,,T.YT,clerk",
        "Trần Ba,Lê.An,,T.YT,clerk",
        "Trần Bốn,le.AN,,T.YT,clerk",
        "Trần Năm,tran nam,,T.YT,clerk",
        "Trần Sáu,,sau@,T.YT,clerk",
        "Trần Bảy,,,Sở Lạ,clerk",
        "Trần Tám,,,Phòng Nội vụ,clerk",
        "Trần Chín,,,X.VP,clerk",
        "Trần Mười,,,T.YT,vua",
        "trần  một,,,Sở Y tế,clerk",
        "Lý Hai,ly.hai,hai@vd.vn,T.YT,clerk",
        "Lý Ba,LY.HAI,HAI@vd.vn,T.YT,clerk",
    ]
    shown = send(client, "\n".join(lines))
    told = {row["line"].number: row["line"].answers for row in shown.context["lines"]}
    assert [number for number, answers in told.items() if not answers] == [2, 4, 13]
    assert "thiếu họ và tên" in told[3][0]
    assert "đã có người dùng" in told[5][0]
    assert "chỉ được có chữ, số" in told[6][0]
    assert "không phải là địa chỉ thư" in told[7][0]
    assert "không có cơ quan “Sở Lạ”" in told[8][0]
    assert told[9] == ["có nhiều cơ quan tên “Phòng Nội vụ”. Hãy ghi mã: A, B."]
    assert "không có cơ quan “X.VP” trong phạm vi" in told[10][0], "another province's body"
    assert "cột Vai trò không nhận “vua”" in told[11][0]
    assert told[12] == ["trùng với dòng 2."]
    assert told[14] == ["trùng với dòng 13."] * 2
    assert "Mời 13 người" not in words(shown)
    refused = client.post(URL, {"act": "write", "lines": "\n".join(lines)})
    assert refused.status_code == 422
    assert not Invitation.objects.exists()


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "thiếu cột"),
        (b"%PDF-1.7 x", "thiếu cột"),
        (b"PK\x03\x04rubbish", "bảng tính bị hỏng"),
        ("Họ tên,Email\nA,b@c.vn\n".encode(), "thiếu cột Cơ quan, Vai trò"),
    ],
)
def test_what_is_no_list_of_people_says_so(client, data, why):
    answer = send(client, data)
    assert answer.status_code == 422
    assert why in words(answer)


def test_an_empty_list_and_a_very_long_one(client):
    head = "full_name,body,role\n"
    assert "không có dòng nào" in words(send(client, head))
    assert "hơn 300 người" in words(send(client, head + "A,T.YT,clerk\n" * 301))
