"""Settings come from the environment, each documented in docs/settings.md (a test compares the two)."""

from __future__ import annotations

import errno
import fcntl
import ipaddress
import os
import secrets
import sys
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

ROOT = Path(__file__).resolve().parents[3]
DIGITS = 12
SHORTEST_KEY = 32
SMTP_SECONDS = 20
"""So long a mail server may keep us waiting."""
LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
YES, NO = frozenset({"1", "true", "yes", "on"}), frozenset({"0", "false", "no", "off", ""})


class SettingError(Exception):
    """A setting that cannot be meant so. Told in one line at the shell, before anything has begun."""


WHY = {
    errno.ENOENT: "không có tệp hoặc thư mục này",
    errno.EISDIR: "đây là thư mục, không phải tệp",
    errno.ENOTDIR: "trong đường dẫn có tên không phải thư mục",
    errno.EACCES: "người chạy lệnh không có quyền",
    errno.EPERM: "người chạy lệnh không có quyền",
    errno.EROFS: "ổ đĩa chỉ cho đọc",
    errno.ENOSPC: "ổ đĩa đã đầy",
    errno.EDQUOT: "đã dùng hết dung lượng được cấp trên ổ đĩa",
    errno.EIO: "ổ đĩa báo lỗi khi đọc hoặc ghi",
    errno.EBUSY: "đang được dùng, hoặc là điểm gắn ổ đĩa",
    errno.ENAMETOOLONG: "tên quá dài",
    errno.ELOOP: "liên kết trỏ vòng",
    errno.EADDRINUSE: "cổng đang được dùng",
    errno.EADDRNOTAVAIL: "máy này không có địa chỉ đó",
}


def why(error: OSError) -> str:
    """In Vietnamese, why a file could not be used; the system's own words for what is rare."""
    return WHY.get(error.errno or 0) or error.strerror or str(error)


def text(name: str, default: str) -> str:
    """What is said; the default where nothing is, or only nothing (`TIENDO_DATA=`)."""
    return os.environ.get(name, "").strip() or default


def flag(name: str, *, default: bool) -> bool:
    said = os.environ.get(name, "1" if default else "0").strip().lower()
    if said not in YES | NO:
        raise SettingError(f"Biến {name} phải là 1 hoặc 0, không phải “{said}”.")
    return said in YES


def number(name: str, default: int, *, least: int = 0, most: int = 10**9) -> int:
    """A whole number between two bounds, both allowed."""
    said = os.environ.get(name, "").strip() or str(default)
    if not (said.isascii() and said.isdecimal() and least <= int(said[:DIGITS]) <= most and len(said) <= DIGITS):
        raise SettingError(f"Biến {name} phải là một số nguyên từ {least} đến {most}, không phải “{said[:40]}”.")
    return int(said)


def choice(name: str, default: str, among: tuple[str, ...]) -> str:
    """One of several words, whatever its case."""
    said = os.environ.get(name, default).strip().upper()
    if said not in among:
        raise SettingError(f"Biến {name} phải là một trong: {', '.join(among)}.")
    return said


def names(name: str, default: str) -> list[str]:
    return [part.strip() for part in os.environ.get(name, default).split(",") if part.strip()]


def networks(name: str) -> list[str]:
    """Networks and addresses (`10.0.0.0/8, 2001:db8::/32, 203.0.113.7`), each as a network."""
    try:
        return [str(ipaddress.ip_network(part, strict=False)) for part in names(name, "")]
    except ValueError as error:
        raise SettingError(f"Biến {name} phải gồm các dải địa chỉ như 10.0.0.0/8, cách nhau bằng dấu phẩy.") from error


SQLITE = {
    "ENGINE": "django.db.backends.sqlite3",
    # To open the file, and to have its statements read anew, costs as much as several of a page's queries. Whoever
    # moves the file away (restore) holds the folder alone; the journal is emptied every minute whoever has it open.
    "CONN_MAX_AGE": 60,
    "OPTIONS": {
        # IMMEDIATE: a writer waits at its start for its turn and never fails in the middle.
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON; "
        # What is forgotten (name and hash of a file marked secret) is overwritten, not only unlinked.
        "PRAGMA secure_delete=ON;",
    },
}
ADDRESS = "postgresql://người dùng@máy:5432/tên"


def database(name: str, folder: Path) -> dict[str, Any]:
    """As Django has it: SQLite in the data folder, or the PostgreSQL that the variable names.

    A password belongs into PostgreSQL's own file (PGPASSFILE), not into the address, but may stand there. Raises
    SettingError for an address of another kind, and where the driver is not installed.
    """
    said = text(name, "")
    if not said:
        return SQLITE | {"NAME": folder / "tiendo.sqlite3"}
    try:
        parts = urlsplit(said)
        port = parts.port
    except ValueError:
        parts, port = urlsplit(""), None
    place = unquote(parts.path.strip("/"))
    if parts.scheme not in {"postgresql", "postgres"} or not place or "/" in place or parts.query or parts.fragment:
        raise SettingError(f"Biến {name} phải là một địa chỉ như {ADDRESS}.")
    if find_spec("psycopg") is None:
        raise SettingError("Để dùng PostgreSQL hãy cài thêm: make setup-postgres.")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": place,
        "HOST": unquote(parts.hostname or ""),
        "PORT": str(port or ""),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }


@dataclass(frozen=True, slots=True)
class Sso:
    """The province's single sign-on. `claim`: what an administrator ties an account to; the rest: docs/settings.md.

    Raises SettingError for half a description, or an address that strangers on the way could change.
    """

    issuer: str
    client: str
    secret: str
    name: str
    claim: str
    create: bool
    strong: bool

    def __post_init__(self) -> None:
        parts = urlsplit(self.issuer)
        if self.issuer and not self.client:
            raise SettingError("Đã đặt TIENDO_SSO_ISSUER thì phải đặt cả TIENDO_SSO_CLIENT.")
        if self.issuer and parts.scheme != "https" and parts.hostname not in LOOPBACK:
            raise SettingError("Biến TIENDO_SSO_ISSUER phải là một địa chỉ https://.")

    def apps(self) -> list[dict[str, Any]]:
        """As allauth has it."""
        told = {"server_url": self.issuer.rstrip("/")}
        app = {"provider_id": "sso", "name": self.name, "client_id": self.client, "secret": self.secret}
        return [app | {"settings": told}] if self.issuer else []


@dataclass(frozen=True, slots=True)
class Smtp:
    """The mail server that takes notices; none: nothing is sent by e-mail. `links`: how mails name the site.

    Raises SettingError for half a description, or a password that would go over the line in clear.
    """

    host: str
    port: int
    user: str
    password: str
    security: str
    sender: str
    links: str

    def __post_init__(self) -> None:
        if self.host and "@" not in self.sender:
            raise SettingError("Đã đặt TIENDO_SMTP_HOST thì TIENDO_SMTP_FROM phải là địa chỉ thư của người gửi.")
        if self.host and self.password and self.security == "NONE" and self.host not in LOOPBACK:
            raise SettingError("TIENDO_SMTP_SECURITY=NONE để lộ mật khẩu trên đường truyền: hãy đặt STARTTLS hoặc TLS.")
        if self.links and urlsplit(self.links).scheme not in {"http", "https"}:
            raise SettingError("Biến TIENDO_SMTP_LINKS phải là địa chỉ của trang, như https://tiendo.example.vn.")

    def mailers(self) -> dict[str, Any]:
        """As Django has it."""
        options = {
            "host": self.host,
            "port": self.port,
            "username": self.user,
            "password": self.password,
            "use_tls": self.security == "STARTTLS",
            "use_ssl": self.security == "TLS",
            "timeout": SMTP_SECONDS,
        }
        return {"default": {"OPTIONS": options}} if self.host else {}


def folder(name: str, default: Path) -> Path:
    """A folder's full path, so that it stays the same wherever a process goes."""
    return Path(text(name, str(default))).absolute()


OURS = ("files", "quarantine", "pages", "uploads", "secret_key", "audit_key", "audit_heads")
"""What lies in the data folder beside the database and the static files, which are no secret."""
OTHERS = 0o077
"""The rights of everybody but the owner."""


def keep_private(data: Path) -> None:
    """From here on this process makes files for its owner only; what lay open before is closed, and that is said.

    The data folder itself is closed where nothing but ours lies in it: others may have business with what is not.
    """
    os.umask(OTHERS)
    try:
        inside = list(data.iterdir())
    except OSError:  # none yet, or none at all: told where it is needed
        return
    ours = [path for path in inside if path.name in OURS or path.name.startswith("tiendo.sqlite3")]
    alone = all(path in ours or path.name in {"static", "lost+found"} for path in inside)
    closed, left = _closed({**({data: "chính thư mục này"} if alone else {}), **{path: path.name for path in ours}})
    if closed:
        _say(
            f"Đã thu hẹp quyền trong {data}: {', '.join(closed)} trước đây mở cho người dùng khác trên máy, "
            "nay chỉ chủ sở hữu đọc được."
        )
    if left:
        _say(
            f"Chú ý: trong {data}, người dùng khác trên máy đọc được {', '.join(left)}; lệnh này không có quyền sửa. "
            f"Chủ sở hữu các tệp hãy chạy: chmod -R go= {data}"
        )


def _closed(names: dict[Path, str]) -> tuple[list[str], list[str]]:
    """Names of those that were open to others and are closed now, and of those that could not be."""
    closed: list[str] = []
    left: list[str] = []
    for path, name in names.items():
        try:
            if path.is_symlink() or not path.stat().st_mode & OTHERS:
                continue
            _close(path)
            if path.stat().st_mode & OTHERS:  # a disk that knows no rights
                left.append(name)
                continue
            for each in path.rglob("*") if path.name in OURS else ():
                _close(each)
            closed.append(name)
        except FileNotFoundError:  # SQLite's own files come and go
            continue
        except OSError:
            left.append(name)
    return closed, left


def _close(path: Path) -> None:
    if not path.is_symlink():
        path.chmod(path.stat().st_mode & ~OTHERS & 0o7777)


def _say(line: str) -> None:
    print(line, file=sys.stderr)  # noqa: T201 (before any logging is set up)


def secret_key(data: Path) -> str:
    """The key from the environment, else one made once and kept beside the data, readable by its owner only."""
    if key := os.environ.get("TIENDO_SECRET_KEY"):
        return _long_enough("TIENDO_SECRET_KEY", key)
    return _made_once(data, "secret_key")


def audit_keys(data: Path) -> tuple[str, ...]:
    """The keys that seal the audit, the oldest first; the last one seals, the others are for looking back.

    From the environment (several: separated by blanks or commas), else from the file `audit_key` in the data folder,
    one to a line: the first is made once, another comes with `tiendo audit-key`.
    """
    said = os.environ.get("TIENDO_AUDIT_KEY", "").strip() or _made_once(data, "audit_key")
    return tuple(dict.fromkeys(_long_enough("TIENDO_AUDIT_KEY", key) for key in said.replace(",", " ").split()))


def _long_enough(name: str, key: str) -> str:
    if len(key) < SHORTEST_KEY:
        raise SettingError(
            f"Biến {name} quá ngắn: phải có ít nhất {SHORTEST_KEY} ký tự ngẫu nhiên. Hãy bỏ biến này "
            "để hệ thống tự tạo khóa."
        )
    return key


def _made_once(data: Path, name: str) -> str:
    try:
        return _kept(data / name)
    except OSError as error:
        raise SettingError(
            f"Không dùng được thư mục dữ liệu {data} ({why(error)}). Hãy đặt TIENDO_DATA là thư mục mà "
            "người chạy hệ thống đọc và ghi được."
        ) from error


def new_key() -> str:
    return secrets.token_urlsafe(50)


def _kept(path: Path) -> str:
    """A key that is empty or cut off (the disk was full when it was written) counts as none."""
    if path.exists() and len(key := path.read_text().strip()) >= SHORTEST_KEY:
        return key
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT, 0o600), "r+") as file:
        fcntl.flock(file, fcntl.LOCK_EX)  # another process may be making it
        key = file.read().strip()
        if len(key) < SHORTEST_KEY:
            key = new_key()
            file.seek(0)
            file.truncate()
            file.write(key)
            file.flush()
            os.fsync(file.fileno())
        return key
