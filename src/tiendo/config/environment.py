"""Settings come from the environment, each documented in docs/settings.md (a test compares the two)."""

from __future__ import annotations

import errno
import fcntl
import os
import secrets
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
DIGITS = 12
SHORTEST_KEY = 32
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


def folder(name: str, default: Path) -> Path:
    """A folder's full path, so that it stays the same wherever a process goes."""
    return Path(text(name, str(default))).absolute()


OURS = ("files", "quarantine", "pages", "uploads", "secret_key")
"""What lies in the data folder beside the database and the static files, which are no secret."""
OTHERS = 0o077
"""The rights of everybody but the owner."""


def keep_private(data: Path) -> None:
    """From here on this process makes files for its owner only; what lay open before is closed, and that is said.

    The data folder itself is closed where nothing but ours lies in it: others may have business with what is not.
    """
    os.umask(OTHERS)
    try:
        inside = list(data.iterdir()) if data.is_dir() else []
    except OSError:  # told where the folder is needed
        return
    ours = [path for path in inside if path.name in OURS or path.name.startswith("tiendo.sqlite3")]
    alone = all(path in ours or path.name in {"static", "lost+found"} for path in inside)
    closed, left = _closed([*([data] if ours and alone else []), *ours])
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


def _closed(paths: list[Path]) -> tuple[list[str], list[str]]:
    """Names of those that were open to others and are closed now, and of those that could not be."""
    closed: list[str] = []
    left: list[str] = []
    for path in paths:
        try:
            if path.is_symlink() or not path.stat().st_mode & OTHERS:
                continue
            for each in [path, *(path.rglob("*") if path.name in OURS else [])]:
                if not each.is_symlink():
                    each.chmod(each.stat().st_mode & ~OTHERS & 0o7777)
            closed.append(path.name)
        except FileNotFoundError:  # SQLite's own files come and go
            continue
        except OSError:
            left.append(path.name)
    return closed, left


def _say(line: str) -> None:
    print(line, file=sys.stderr)  # noqa: T201 (before any logging is set up)


def secret_key(data: Path) -> str:
    """The key from the environment, else one made once and kept beside the data, readable by its owner only."""
    if key := os.environ.get("TIENDO_SECRET_KEY"):
        if len(key) < SHORTEST_KEY:
            raise SettingError(
                f"Biến TIENDO_SECRET_KEY quá ngắn: phải có ít nhất {SHORTEST_KEY} ký tự ngẫu nhiên. Hãy bỏ biến này "
                "để hệ thống tự tạo khóa."
            )
        return key
    try:
        return _kept(data / "secret_key")
    except OSError as error:
        raise SettingError(
            f"Không dùng được thư mục dữ liệu {data} ({why(error)}). Hãy đặt TIENDO_DATA là thư mục mà "
            "người chạy hệ thống đọc và ghi được."
        ) from error


def _kept(path: Path) -> str:
    """A key that is empty or cut off (the disk was full when it was written) counts as none."""
    if path.exists() and len(key := path.read_text().strip()) >= SHORTEST_KEY:
        return key
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT, 0o600), "r+") as file:
        fcntl.flock(file, fcntl.LOCK_EX)  # another process may be making it
        key = file.read().strip()
        if len(key) < SHORTEST_KEY:
            key = secrets.token_urlsafe(50)
            file.seek(0)
            file.truncate()
            file.write(key)
            file.flush()
            os.fsync(file.fileno())
        return key
