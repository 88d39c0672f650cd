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
        ("MT,Cơ Quan  tốt,front,,,", "dòng 3: tên “Cơ Quan tốt” đã là tên của cơ quan có mã “GOOD”, cùng cấp trên"),
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
        (['A,"Sở A,front,,,', "B,Sở B,front,,,"], HEAD, "dòng 2: dấu nháy kép chưa đóng"),
        (["A,Sở\x00 A,front,,,"], HEAD, "dòng 2 có ký tự không nhìn thấy"),
        (["A,\u200bSở A,front,,,"], HEAD, "dòng 2 có ký tự không nhìn thấy"),
        ([f"A,{'x' * 200_000},front,,,"], HEAD, "dòng 2: .* ô quá dài"),
        (["A,Sở A,front,,,,thừa"], HEAD, "dòng 2 có nhiều ô hơn dòng đầu"),
        (["A,Sở A,front,front"], "code,name,kind,kind", "cột Loại hai lần"),
        (["A,Sở A,root,,,"], HEAD, "dòng 2: loại “gốc” chỉ dành cho gốc"),
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
    ("head", "lines", "says"), [("code,kind", ["A,front"], "thiếu cột Tên"), (HEAD, [], "không có dòng nào")]
)
def test_a_file_that_is_no_list(shell, office, listed, head, lines, says):
    with pytest.raises(CommandError, match=says):
        shell("import_bodies", listed(*lines, head=head))


def test_a_file_that_cannot_be_read(shell, office, listed, tmp_path):
    with pytest.raises(CommandError, match="Không mở được tệp"):
        shell("import_bodies", tmp_path / "none.csv")
    with pytest.raises(CommandError, match="CSV UTF-8"):
        shell("import_bodies", listed("MT,Chambre de Sécurité,front,,,", encoding="latin-1"))


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-8-sig"])
def test_other_writings_of_unicode_are_read_as_well(shell, office, listed, encoding):
    shell("import_bodies", listed("MT,Mặt trận Tổ quốc Việt Nam tỉnh,front,,,", encoding=encoding))
    assert Organisation.objects.get(code="MT").name == "Mặt trận Tổ quốc Việt Nam tỉnh"


def test_a_list_in_an_old_font_is_written_over_and_whoever_looks_is_told(shell, office, tmp_path):
    path = tmp_path / "cu.csv"
    lines = (
        "code,name,kind\nA,Së N\xabng nghi\xd6p v\xb5 M\xabi tr\xadêng,department\n"
        "B,H\xa9i \xae\xe5ng nh\xa9n d\xa9n tØnh,peoples_council\n"
    )
    path.write_bytes(lines.encode("latin-1"))
    out = shell("import_bodies", path, "--dry-run")
    assert "TCVN3" in out
    assert "Sở Nông nghiệp và Môi trường" in out
    assert "Chưa ghi gì. Nếu ghi: thêm 2 cơ quan." in out
    assert not Organisation.objects.filter(code="A").exists()


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
        (("MT", "Tên", "--kind", "root"), "“gốc” chỉ dành cho gốc"),
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


def add_user(shell, role: str, body: str, *more: str) -> str:
    arguments = ("an", "Người An", "--role", role, "--body", body, "--password-stdin")
    return shell("add_user", *arguments, *more, stdin="mot-mat-khau-dai")


def test_an_inspector_looks_after_what_was_said(shell, office):
    assert "xem từ Tỉnh An Bình trở xuống" in add_user(shell, "inspector", "T.KHCN", "--scope", "T")
    post = Post.objects.get(user__username="an")
    assert (post.role, post.scope.code) == ("inspector", "T")
    assert post.user.password_given


@pytest.mark.parametrize(
    ("role", "more", "says"),
    [
        ("inspector", (), r"“Kiểm tra” cần --scope: Sở Khoa học và Công nghệ không có(.|\n)*ví dụ: --scope T$"),
        ("leader", (), "“Lãnh đạo” cần --scope"),
        (
            "clerk",
            ("--scope", "T"),
            "“Văn thư” không có phạm vi phụ trách: hãy bỏ --scope. Chỉ dùng cho: Lãnh đạo, Kiểm tra",
        ),
        ("inspector", ("--scope", "T.YT"), "phải là chính cơ quan đó hoặc một cơ quan cấp trên"),
        ("inspector", ("--scope", "NO"), "Không có cơ quan"),
    ],
)
def test_a_scope_that_lacks_or_does_not_fit_is_said(shell, office, role, more, says):
    with pytest.raises(CommandError, match=says):
        add_user(shell, role, "T.KHCN", *more)
    assert not User.objects.filter(username="an").exists()


def test_where_there_are_bodies_below_none_need_be_said(shell, office):
    add_user(shell, "inspector", "T")
    assert Post.objects.get(user__username="an").scope is None


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


def test_bodies_that_exist_are_changed_only_when_that_was_asked_for(shell, office, listed):
    path = listed("T.YT,Sở Y tế tỉnh,department,,SYT,", "MT,Mặt trận tỉnh,front,,,")
    with pytest.raises(CommandError, match="--change"):
        shell("import_bodies", path)
    with pytest.raises(CommandError, match=r"sửa tên \(không giữ tên cũ\)(.|\n)*--renamed-on(.|\n)*--looked-at"):
        shell("import_bodies", path, "--change")
    out = shell("import_bodies", path, "--change", "--looked-at")
    assert "tên: Sở Y tế → Sở Y tế tỉnh" in out
    assert "tên gọi tắt: (trống) → SYT" in out
    assert "Đã thêm 1 cơ quan, sửa 1 cơ quan." in out
    body = Organisation.objects.get(code="T.YT")
    assert (body.name, body.short_name) == ("Sở Y tế tỉnh", "SYT")
    assert set(body.names.values_list("text", "source")) == {("Sở Y tế tỉnh", "own"), ("SYT", "abbreviation")}


def test_names_that_change_hold_from_the_day_that_is_said(shell, office, listed):
    path = listed("T.YT,Sở Y tế và Dân số,department,,,")
    out = shell("import_bodies", path, "--change", "--renamed-on", "2025-03-01")
    assert "đổi tên từ ngày 01/03/2025" in out
    names = Name.objects.filter(organisation__code="T.YT").values_list("text", "ends")
    assert {(text, str(ends)) for text, ends in names} == {("Sở Y tế", "2025-02-28"), ("Sở Y tế và Dân số", "None")}


def test_one_list_says_what_became_of_a_name_from_a_day_on(shell, office, listed):
    path = listed("T.YT,Sở Y tế và Dân số,department,,,,1/3/2025", head=f"{HEAD},renamed_on")
    shell("import_bodies", path, "--change")
    names = Name.objects.filter(organisation__code="T.YT").values_list("text", "starts", "ends")
    assert {(text, str(starts), str(ends)) for text, starts, ends in names} == {
        ("Sở Y tế", "None", "2025-02-28"),
        ("Sở Y tế và Dân số", "2025-03-01", "None"),
    }


@pytest.mark.parametrize("form", ["csv", "zip", "xlsx"])
def test_what_was_exported_changes_nothing_when_it_comes_back(shell, office, tmp_path, form):
    path = tmp_path / f"danh-ba.{form}"
    assert "Đã ghi" in shell("export_bodies", path)
    out = shell("import_bodies", path, "--dry-run")
    assert "Nếu ghi: thêm 0 cơ quan." in out


def test_an_export_needs_a_form_that_is_known_and_a_place(shell, office, tmp_path):
    with pytest.raises(CommandError, match=r"\.csv, \.zip, \.xlsx"):
        shell("export_bodies", tmp_path / "danh-ba.pdf")
    with pytest.raises(CommandError, match="Không ghi được tệp"):
        shell("export_bodies", tmp_path / "khong-co" / "danh-ba.csv")


def test_somebody_may_stand_for_a_list_within_what_they_keep(shell, office, listed):
    registrar = office.who("registrar")
    shell("import_bodies", listed("MT,Mặt trận,front,,,"), "--as", registrar.username)
    with pytest.raises(CommandError, match="ngoài danh bạ"):
        shell("import_bodies", listed("X.VP,Văn phòng khác,front,,,"), "--change", "--as", registrar.username)
