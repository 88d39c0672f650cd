import pytest
from django.core.management import CommandError

import factories as make
from tiendo.foundation.accounts.models import User
from tiendo.foundation.organisations.models import Name, Organisation, Post

pytestmark = pytest.mark.django_db
HEAD = "code,name,kind,parent,short,abbreviations"


@pytest.fixture
def listed(tmp_path):
    def write(*lines, head=HEAD, encoding="utf-8"):
        path = tmp_path / "co-quan.csv"
        path.write_text("\n".join([head, *lines]), encoding=encoding)
        return path

    return write


def test_adds_every_line(shell, office, listed):
    path = listed(
        "MT,Ủy ban MTTQ tỉnh,front,,MTTQ tỉnh,UBMTTQ tỉnh|Mặt trận tỉnh",
        "MT.ND,Hội Nông dân tỉnh,political_social,MT,,",
    )
    assert "Đã thêm 2 cơ quan." in shell("import_bodies", path)
    front = Organisation.objects.get(code="MT")
    assert front.parent.parent is None
    assert Organisation.objects.get(code="MT.ND").parent == front
    assert set(front.names.values_list("text", "source")) >= {
        ("MTTQ tỉnh", "abbreviation"),
        ("Mặt trận tỉnh", "abbreviation"),
    }


def test_one_name_may_stand_below_two_parents(shell, office, listed):
    shell("import_bodies", listed("MT,Mặt trận,front,,,", "A,Văn phòng,other,MT,,", "B,Văn phòng,other,,,"))
    assert Organisation.objects.filter(name="Văn phòng").count() == 2


@pytest.mark.parametrize("separator", [";", "\t"])
def test_spreadsheets_separate_otherwise_and_begin_with_a_mark(shell, office, listed, separator):
    path = listed(
        separator.join(["MT", "Mặt trận, các đoàn thể", "front", "", "", ""]),
        head=HEAD.replace(",", separator),
        encoding="utf-8-sig",
    )
    shell("import_bodies", path)
    assert Organisation.objects.get(code="MT").name == "Mặt trận, các đoàn thể"


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("mt,Tên,front,,,", "dòng 3: mã “mt” phải gồm chữ hoa"),
        ("A B,Tên,front,,,", "dòng 3: mã “A B” phải gồm"),
        (f"{'X' * 36},Tên,front,,,", "dài nhất 35 ký tự"),
        ("T.VP,Tên,front,,,", "dòng 3: mã “T.VP” đã được dùng"),
        ("GOOD,Tên,front,,,", "dòng 3: mã “GOOD” đã được dùng"),
        ("MT,,front,,,", "dòng 3: thiếu tên"),
        ("MT,Tên,mat_tran,,,", "dòng 3: loại “mat_tran” không có"),
        ("MT,Tên,front,NO,,", "dòng 3: cơ quan cấp trên “NO” chưa có"),
        ("MT,Cơ Quan  tốt,front,,,", "dòng 3: tên “Cơ Quan  tốt” đã là tên của cơ quan có mã “GOOD”, cùng cấp trên"),
        ("MT,Sở Y tế,front,,,", "đã là tên của cơ quan có mã"),
        (f"MT,{'T' * 301},front,,,", "tên dài 301 ký tự; dài nhất là 300"),
        (f"MT,Tên,front,,{'T' * 121},", "tên gọi tắt dài 121 ký tự; dài nhất là 120"),
        (f"MT,Tên,front,,,A|{'T' * 301}", "tên viết tắt hoặc tên khác dài 301 ký tự"),
    ],
)
def test_one_wrong_line_and_nothing_is_added(shell, office, listed, line, says):
    before = Organisation.objects.count()
    with pytest.raises(CommandError, match=says):
        shell("import_bodies", listed("GOOD,Cơ quan tốt,front,,,", line))
    assert Organisation.objects.count() == before


@pytest.mark.parametrize(
    ("lines", "head", "says"),
    [
        (['A,"Sở A,front,,,', "B,Sở B,front,,,"], HEAD, "Dòng 2: dấu nháy kép chưa đóng"),
        (["A,Sở\x00 A,front,,,"], HEAD, "Dòng 2 có ký tự không nhìn thấy"),
        (["A,\u200bSở A,front,,,"], HEAD, "Dòng 2 có ký tự không nhìn thấy"),
        ([f"A,{'x' * 200_000},front,,,"], HEAD, "Dòng 2: .* ô quá dài"),
        (["A,Sở A,front,,,,thừa"], HEAD, "Dòng 2 có nhiều ô hơn dòng đầu"),
        (["A,Sở A,front,front"], "code,name,kind,kind", "cột kind hai lần"),
        (["A,Sở A,root,,,"], HEAD, "dòng 2: loại “root” chỉ dành cho gốc"),
    ],
)
def test_a_file_that_is_not_plain_is_refused_with_its_line(shell, office, listed, lines, head, says):
    before = Organisation.objects.count()
    with pytest.raises(CommandError, match=says):
        shell("import_bodies", listed(*lines, head=head))
    assert Organisation.objects.count() == before


def test_what_excel_puts_above_the_head_and_capitals_in_it(shell, office, tmp_path):
    path = tmp_path / "excel.csv"
    path.write_text('sep=;\r\nCode;Name;KIND\r\nMT;"Mặt trận ""tỉnh""; huyện";front\r\n\r\n', encoding="utf-8-sig")
    assert "Đã thêm 1 cơ quan" in shell("import_bodies", path)
    assert Organisation.objects.get(code="MT").name == 'Mặt trận "tỉnh"; huyện'


def test_every_wrong_line_is_named(shell, office, listed):
    with pytest.raises(CommandError) as caught:
        shell("import_bodies", listed("a,,x,NO,,", "MT,Tên,front,,,", "b,Tên khác,front,,,"))
    lines = str(caught.value).splitlines()
    assert sum("dòng 2" in line for line in lines) == 4
    assert sum("dòng 4" in line for line in lines) == 1
    assert not any("dòng 3" in line for line in lines)


@pytest.mark.parametrize(
    ("head", "lines", "says"), [("code,kind", ["A,front"], "thiếu cột name"), (HEAD, [], "không có dòng nào")]
)
def test_a_file_that_is_no_list(shell, office, listed, head, lines, says):
    with pytest.raises(CommandError, match=says):
        shell("import_bodies", listed(*lines, head=head))


def test_a_file_that_cannot_be_read(shell, office, listed, tmp_path):
    with pytest.raises(CommandError, match="Không mở được tệp"):
        shell("import_bodies", tmp_path / "none.csv")
    with pytest.raises(CommandError, match="UTF-8"):
        shell("import_bodies", listed("MT,Mặt trận,front,,,", encoding="utf-16"))


def test_before_init_there_is_no_root(shell, listed):
    with pytest.raises(CommandError, match="tiendo init"):
        shell("import_bodies", listed("MT,Mặt trận,front,,,"))


def test_add_body(shell, office):
    shell(
        "add_body", "MT", "Ủy ban MTTQ tỉnh", "--kind", "front", "--abbreviation", "Mặt trận", "--alias", "UB Mặt trận"
    )
    shell("add_body", "MT.ND", "Hội Nông dân", "--kind", "association", "--parent", "MT", "--short", "HND")
    assert Organisation.objects.get(code="MT.ND").parent.code == "MT"
    assert set(Name.objects.filter(organisation__code="MT").values_list("source", flat=True)) == {
        "own",
        "abbreviation",
        "alias",
    }


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("T.VP", "Tên"), "đã được dùng"),
        (("MT", "Tên", "--parent", "NO"), "Không có cơ quan nào mang mã"),
        (("", ""), "mã “” phải gồm chữ hoa .* thiếu tên cơ quan"),
        (("sct", "Tên"), "mã “sct” phải gồm chữ hoa"),
        (("MT", " - "), "thiếu tên cơ quan"),
        (("MT", "Sở  Y Tế"), "đã là tên của cơ quan có mã “T.YT”"),
        (("MT", "Tên\u200b"), "không nhìn thấy"),
        (("MT", "Tên", "--alias", "T" * 301), "dài 301 ký tự"),
        (("MT", "Tên", "--kind", "root"), "“root” chỉ dành cho gốc"),
    ],
)
def test_errors_of_the_house_are_one_line(shell, office, arguments, says):
    with pytest.raises(CommandError, match=says) as caught:
        shell("add_body", "--kind", "front", *arguments)
    assert "\n" not in str(caught.value)


def test_add_user(shell, office):
    out = shell(
        "add_user",
        "an",
        "Người An",
        "--role",
        "clerk",
        "--body",
        "T.KHCN",
        "--password-stdin",
        stdin="mot-mat-khau-dai",
    )
    assert "Văn thư, Sở Khoa học và Công nghệ" in out
    post = Post.objects.get(user__username="an")
    assert (post.role, post.organisation.code) == ("clerk", "T.KHCN")
    assert post.user.check_password("mot-mat-khau-dai")


@pytest.mark.parametrize(
    ("more", "says"),
    [(("--email", "khong-phai"), "không phải là địa chỉ thư"), (("--title", "T" * 121), "Chức vụ dài 121 ký tự")],
)
def test_what_a_form_would_refuse_the_shell_refuses_too(shell, office, more, says):
    arguments = ("an", "Người An", "--role", "clerk", "--body", "T.KHCN", "--password-stdin")
    with pytest.raises(CommandError, match=says):
        shell("add_user", *arguments, *more, stdin="mot-mat-khau-dai")


@pytest.mark.parametrize(
    ("username", "body", "password", "says"),
    [
        ("co.roi", "T.KHCN", "mot-mat-khau-dai", "đã có người dùng"),
        ("an", "NO", "mot-mat-khau-dai", "Không có cơ quan"),
        ("an", "T.KHCN", "123", "Mật khẩu chưa đạt"),
    ],
)
def test_a_user_is_added_whole_or_not_at_all(shell, office, username, body, password, says):
    make.user(username="co.roi")
    before = User.objects.count()
    with pytest.raises(CommandError, match=says):
        shell("add_user", username, "Người An", "--role", "clerk", "--body", body, "--password-stdin", stdin=password)
    assert User.objects.count() == before
