import pytest
from django.core.management import CommandError

from tiendo.foundation.accounts.models import User
from tiendo.foundation.audit import heads
from tiendo.foundation.audit.models import Event
from tiendo.foundation.organisations.models import Organisation, Post

pytestmark = pytest.mark.django_db
OFFICE = (
    *("--province-name", "Tỉnh Lạc Vân"),
    *("--office-code", "VPTU"),
    *("--office-name", "Văn phòng Tỉnh ủy"),
    *("--admin", "quan.tri"),
    *("--admin-name", "Người Quản Trị"),
)
REGISTRAR = ("--registrar", "danh.ba", "--registrar-name", "Người Giữ Sổ")
HEAD = ("--head", "chanh.vp", "--head-name", "Người Đứng Đầu")
SECRET = "mot-mat-khau-dai"


def roles():
    return {(post.user.username, post.role, post.organisation.code) for post in Post.objects.all()}


def test_makes_an_empty_office_with_an_administrator_and_an_office_head(shell):
    out = shell("init", *OFFICE, *HEAD, "--password-stdin", stdin=f"{SECRET}-1\n{SECRET}-2\n")
    assert "Đã khởi tạo Văn phòng Tỉnh ủy (VPTU)." in out
    assert [(body.code, body.kind) for body in Organisation.objects.all()] == [
        ("T", "root"),
        ("VPTU", "party_advisory"),
    ]
    assert roles() == {
        ("quan.tri", "administrator", "VPTU"),
        ("chanh.vp", "office_head", "VPTU"),
        ("chanh.vp", "registrar", "VPTU"),
    }
    assert Post.objects.get(role="registrar").scope.code == "T", "the whole tree"
    assert "thấy cả nội dung" not in out
    assert [user.password_given for user in User.objects.order_by("pk")] == [False, True]
    assert User.objects.get(username="quan.tri").check_password(f"{SECRET}-1")
    assert User.objects.get(username="chanh.vp").check_password(f"{SECRET}-2")


@pytest.mark.parametrize("stdin", [f"{SECRET}-1\n", f"{SECRET}-1\n\n", f"{SECRET}-1\n\n{SECRET}-3\n"])
def test_too_few_passwords_are_said_and_nothing_is_left(shell, stdin):
    with pytest.raises(CommandError, match="thiếu mật khẩu"):
        shell("init", *OFFICE, *HEAD, "--password-stdin", stdin=stdin)
    assert not Organisation.objects.exists()


def test_without_an_office_head_the_administrator_holds_all_posts_and_is_told_so(shell, monkeypatch):
    monkeypatch.setenv("TIENDO_PASSWORD", SECRET)
    out = shell("init", *OFFICE)
    assert roles() == {("quan.tri", role, "VPTU") for role in ("administrator", "office_head", "registrar")}
    assert "thấy cả nội dung công việc" in out
    assert not User.objects.get().password_given, "who runs it chose it"


def test_somebody_of_their_own_keeps_the_register(shell):
    out = shell("init", *OFFICE, *HEAD, *REGISTRAR, "--password-stdin", stdin="\n".join(f"{SECRET}-{n}" for n in "123"))
    assert "Quản lý danh bạ cơ quan: danh.ba." in out
    assert ("danh.ba", "registrar", "VPTU") in roles()
    assert ("chanh.vp", "registrar", "VPTU") not in roles()
    assert User.objects.get(username="danh.ba").check_password(f"{SECRET}-3")


def test_the_audit_ends_outside_the_database_from_the_first_day_on(shell, settings):
    shell("init", *OFFICE, "--password-stdin", stdin=SECRET)
    assert heads.last(settings.AUDIT_HEADS)[0] == Event.objects.count()


def test_is_recorded(shell):
    shell("init", *OFFICE, "--password-stdin", stdin=SECRET)
    verbs = list(Event.objects.values_list("verb", "actor").distinct())
    assert ("accounts.user.added", "shell:init") in verbs
    assert ("organisations.post.appointed", "shell:init") in verbs


def test_refuses_a_second_time(shell):
    shell("init", *OFFICE, "--password-stdin", stdin=SECRET)
    with pytest.raises(CommandError, match="đã được khởi tạo"):
        shell("init", *OFFICE, "--password-stdin", stdin=SECRET)
    assert User.objects.count() == 1


@pytest.mark.parametrize(
    ("arguments", "stdin", "says"),
    [
        (OFFICE[:-2], SECRET, "Thiếu --admin-name"),
        ((*OFFICE, "--head", "x"), SECRET, "cả --head và --head-name"),
        ((*OFFICE, "--registrar", "x"), SECRET, "cả --registrar và --registrar-name"),
        (OFFICE, "", "Không có mật khẩu ở đầu vào"),
        (OFFICE, "ngan", "Mật khẩu chưa đạt"),
        ((*OFFICE, "--head", "x", "--head-name", "Y"), SECRET, "mỗi người một dòng"),
    ],
)
def test_a_slip_leaves_nothing_behind(shell, arguments, stdin, says):
    with pytest.raises(CommandError, match=says):
        shell("init", *arguments, "--password-stdin", stdin=stdin)
    assert not Organisation.objects.exists()
    assert not User.objects.exists()


def test_without_a_password_and_a_person_to_ask_it_says_where_to_put_one(shell, monkeypatch):
    monkeypatch.delenv("TIENDO_PASSWORD", raising=False)
    with pytest.raises(CommandError, match="--password-stdin hoặc đặt biến môi trường TIENDO_PASSWORD"):
        shell("init", *OFFICE)


class Terminal:
    """A person at a keyboard."""

    def isatty(self):
        return True


@pytest.fixture
def terminal(monkeypatch):
    def answer(*lines, secrets=(SECRET, SECRET)):
        typed, hidden = iter(lines), iter(secrets)
        monkeypatch.setattr("sys.stdin", Terminal())
        monkeypatch.setattr("builtins.input", lambda _prompt: next(typed))
        monkeypatch.setattr("getpass.getpass", lambda _prompt: next(hidden))

    monkeypatch.delenv("TIENDO_PASSWORD", raising=False)
    return answer


def test_asks_a_person_for_what_is_missing(terminal):
    from django.core.management import call_command

    terminal("", "Người Quản Trị")
    call_command("init", *OFFICE[:-2])
    assert User.objects.get().full_name == "Người Quản Trị"
    assert User.objects.get().check_password(SECRET)


def test_two_different_passwords_are_a_slip(terminal):
    from django.core.management import call_command

    terminal(secrets=(SECRET, "khac"))
    with pytest.raises(CommandError, match="không giống nhau"):
        call_command("init", *OFFICE)
