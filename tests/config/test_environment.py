"""Settings from the environment: what cannot be meant so is told in one line, never a trace."""

import os
import subprocess
import sys

import pytest

from tiendo.config import environment


@pytest.mark.parametrize(("said", "meant"), [("1", True), ("ON", True), (" yes ", True), ("0", False), ("", False)])
def test_a_flag(monkeypatch, said, meant):
    monkeypatch.setenv("TIENDO_HTTPS", said)
    assert environment.flag("TIENDO_HTTPS", default=not meant) is meant


@pytest.mark.parametrize(
    ("name", "said", "told"),
    [
        ("TIENDO_HTTPS", "maybe", "Biến TIENDO_HTTPS phải là 1 hoặc 0, không phải “maybe”."),
        ("TIENDO_UPLOAD_LIMIT_MB", "abc", "Biến TIENDO_UPLOAD_LIMIT_MB phải là một số nguyên từ 1 đến 1024"),
        ("TIENDO_UPLOAD_LIMIT_MB", "-1", "không phải “-1”"),
        ("TIENDO_UPLOAD_LIMIT_MB", "²", "không phải “²”"),
        ("TIENDO_READING_MEMORY_MB", "10", "từ 256 đến 65536"),
        ("TIENDO_READING_SECONDS", "0", "từ 5 đến 86400"),
        ("TIENDO_READING_SECONDS", "9" * 5000, "từ 5 đến 86400"),
        ("TIENDO_SECRET_KEY", "short", "TIENDO_SECRET_KEY quá ngắn"),
        ("TIENDO_AUDIT_KEY", f"{'a' * 40},short", "TIENDO_AUDIT_KEY quá ngắn"),
        ("TIENDO_LOG_LEVEL", "LOUD", "Biến TIENDO_LOG_LEVEL phải là một trong: DEBUG, INFO"),
        ("TIENDO_OFFICE_NETWORKS", "10.0.0.0/8, van-phong", "phải gồm các dải địa chỉ như 10.0.0.0/8"),
        ("TIENDO_SECOND_FACTOR", "yes", "Biến TIENDO_SECOND_FACTOR phải là một trong: AUTO, OFF, ROLES, ALL"),
        ("TIENDO_SSO_ISSUER", "https://sso.example.vn", "phải đặt cả TIENDO_SSO_CLIENT"),
        ("TIENDO_SMTP_HOST", "mail.example.vn", "TIENDO_SMTP_FROM phải là địa chỉ thư"),
        ("TIENDO_SMTP_SECURITY", "SSL", "phải là một trong: STARTTLS, TLS, NONE"),
        ("TIENDO_SMTP_LINKS", "tiendo.example.vn", "TIENDO_SMTP_LINKS phải là địa chỉ của trang"),
        ("TIENDO_DATA", "/proc/none", "Không dùng được thư mục dữ liệu /proc/none"),
    ],
)
def test_a_wrong_setting_is_one_line_at_the_shell(name, said, told):
    surroundings = {**os.environ, "PYTHONPATH": str(environment.ROOT / "src"), name: said}
    command = [sys.executable, "-m", "tiendo", "verify_audit"]
    done = subprocess.run(command, env=surroundings, capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 1
    assert told in done.stderr
    assert len(done.stderr.splitlines()) == 1


@pytest.mark.parametrize("issuer", ["http://sso.example.vn", "sso.example.vn", "ftp://localhost.example"])
def test_the_provinces_sign_on_is_reached_by_https_or_on_this_machine(issuer):
    told = {"client": "tiendo", "secret": "", "name": "Tỉnh", "claim": "sub", "create": False, "strong": False}
    with pytest.raises(environment.SettingError, match="https://"):
        environment.Sso(issuer=issuer, **told)
    assert environment.Sso(issuer="https://sso.example.vn/", **told).apps()[0]["settings"] == {
        "server_url": "https://sso.example.vn"
    }
    assert environment.Sso(issuer="", **told).apps() == []


def smtp(**said):
    told = {"host": "mail.example.vn", "port": 587, "user": "tiendo", "password": "x", "security": "STARTTLS"}
    return environment.Smtp(**told | {"sender": "tiendo@example.vn", "links": ""} | said)


def test_a_password_goes_to_the_mail_server_under_cover_or_stays_on_this_machine():
    with pytest.raises(environment.SettingError, match="lộ mật khẩu"):
        smtp(security="NONE")
    assert smtp(security="NONE", host="127.0.0.1").mailers()["default"]["OPTIONS"]["use_tls"] is False
    assert smtp(security="NONE", password="").mailers()["default"]["OPTIONS"]["use_ssl"] is False
    assert smtp().mailers()["default"]["OPTIONS"]["use_tls"] is True
    assert smtp(security="TLS").mailers()["default"]["OPTIONS"]["use_ssl"] is True


def test_without_a_mail_server_there_is_no_mailer():
    assert smtp(host="", sender="").mailers() == {}


def test_networks_are_written_as_people_do(monkeypatch):
    monkeypatch.setenv("TIENDO_OFFICE_NETWORKS", " 10.1.2.3/8, 2001:db8::1/32 ,203.0.113.7,")
    found = environment.networks("TIENDO_OFFICE_NETWORKS")
    assert found == ["10.0.0.0/8", "2001:db8::/32", "203.0.113.7/32"]


def test_a_number_may_stand_between_blanks(monkeypatch):
    monkeypatch.setenv("TIENDO_JOB_LEASE", " 45 ")
    assert environment.number("TIENDO_JOB_LEASE", 30, least=2, most=60) == 45


def test_the_secret_key_is_made_once_and_readable_by_its_owner_only(tmp_path, monkeypatch):
    monkeypatch.delenv("TIENDO_SECRET_KEY", raising=False)
    data = tmp_path / "a" / "b"
    first = environment.secret_key(data)
    assert len(first) > 50
    assert environment.secret_key(data) == first
    assert (data / "secret_key").stat().st_mode & 0o777 == 0o600


def test_a_key_that_was_cut_off_is_made_anew(tmp_path, monkeypatch):
    """The disk was full when it was first written: every sign-in would fail for ever."""
    monkeypatch.delenv("TIENDO_SECRET_KEY", raising=False)
    (tmp_path / "secret_key").write_text("")
    first = environment.secret_key(tmp_path)
    assert len(first) > 50
    assert environment.secret_key(tmp_path) == first


def test_the_key_of_the_audit_is_made_once_and_readable_by_its_owner_only(tmp_path, monkeypatch):
    monkeypatch.delenv("TIENDO_AUDIT_KEY", raising=False)
    (first,) = environment.audit_keys(tmp_path)
    assert len(first) > 50
    assert environment.audit_keys(tmp_path) == (first,)
    assert (tmp_path / "audit_key").stat().st_mode & 0o777 == 0o600
    assert environment.secret_key(tmp_path) != first


def test_several_keys_of_the_audit_the_oldest_first(tmp_path, monkeypatch):
    monkeypatch.delenv("TIENDO_AUDIT_KEY", raising=False)
    (tmp_path / "audit_key").write_text(f"{'a' * 40}\n{'b' * 40}\n")
    assert environment.audit_keys(tmp_path) == ("a" * 40, "b" * 40)
    monkeypatch.setenv("TIENDO_AUDIT_KEY", f"{'c' * 40}, {'d' * 40} {'c' * 40}")
    assert environment.audit_keys(tmp_path) == ("c" * 40, "d" * 40)


def test_several_processes_agree_on_one_key(tmp_path, monkeypatch):
    monkeypatch.delenv("TIENDO_SECRET_KEY", raising=False)
    script = (
        "import pathlib, sys; from tiendo.config.environment import *; print(secret_key(pathlib.Path(sys.argv[1])))"
    )
    surroundings = {**os.environ, "PYTHONPATH": str(environment.ROOT / "src")}
    command = [sys.executable, "-c", script, str(tmp_path / "data")]
    started = [subprocess.Popen(command, env=surroundings, stdout=subprocess.PIPE, text=True) for _ in range(6)]
    assert len({one.communicate(timeout=60)[0] for one in started}) == 1


def test_said_to_be_nothing_is_the_default(monkeypatch, tmp_path):
    monkeypatch.setenv("TIENDO_DATA", "")
    assert environment.folder("TIENDO_DATA", tmp_path) == tmp_path
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TIENDO_DATA", "here")
    assert environment.folder("TIENDO_DATA", tmp_path / "x") == tmp_path / "here"


def test_without_a_word_the_database_lies_in_the_data_folder(monkeypatch, tmp_path):
    monkeypatch.delenv("TIENDO_DATABASE", raising=False)
    found = environment.database("TIENDO_DATABASE", tmp_path)
    assert (found["ENGINE"].rpartition(".")[2], found["NAME"]) == ("sqlite3", tmp_path / "tiendo.sqlite3")


def test_a_postgresql_is_named_by_its_address(monkeypatch, tmp_path):
    monkeypatch.setattr(environment, "find_spec", lambda _name: object())
    monkeypatch.setenv("TIENDO_DATABASE", "postgresql://v%C4%83n:a%2Fb@10.0.0.5:5433/tiendo")
    found = environment.database("TIENDO_DATABASE", tmp_path)
    names = ("USER", "PASSWORD", "HOST", "PORT", "NAME")
    assert [found[name] for name in names] == ["văn", "a/b", "10.0.0.5", "5433", "tiendo"]


@pytest.mark.parametrize(
    "said", ["mysql://a@b/c", "postgresql://a@b", "postgresql://a@b:x/c", "postgresql://a@b/c?d=1", "tiendo"]
)
def test_another_address_is_refused(monkeypatch, tmp_path, said):
    monkeypatch.setenv("TIENDO_DATABASE", said)
    with pytest.raises(environment.SettingError, match="TIENDO_DATABASE"):
        environment.database("TIENDO_DATABASE", tmp_path)


def test_without_the_driver_it_is_said_what_to_install(monkeypatch, tmp_path):
    monkeypatch.setattr(environment, "find_spec", lambda _name: None)
    monkeypatch.setenv("TIENDO_DATABASE", "postgresql://a@b/c")
    with pytest.raises(environment.SettingError, match="make setup-postgres"):
        environment.database("TIENDO_DATABASE", tmp_path)
