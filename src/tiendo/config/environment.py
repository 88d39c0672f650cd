"""Settings come from the environment, each documented in docs/settings.md (a test compares the two)."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
YES, NO = frozenset({"1", "true", "yes", "on"}), frozenset({"0", "false", "no", "off", ""})


class SettingError(Exception):
    """A setting that cannot be meant so. Told in one line at the shell, before anything has begun."""


def text(name: str, default: str) -> str:
    return os.environ.get(name, default)


def flag(name: str, *, default: bool) -> bool:
    said = os.environ.get(name, "1" if default else "0").strip().lower()
    if said not in YES | NO:
        raise SettingError(f"Biến {name} phải là 1 hoặc 0, không phải “{said}”.")
    return said in YES


def number(name: str, default: int) -> int:
    said = os.environ.get(name, str(default)).strip()
    if not said.isdecimal():
        raise SettingError(f"Biến {name} phải là một số nguyên không âm, không phải “{said}”.")
    return int(said)


def choice(name: str, default: str, among: tuple[str, ...]) -> str:
    """One of several words, whatever its case."""
    said = os.environ.get(name, default).strip().upper()
    if said not in among:
        raise SettingError(f"Biến {name} phải là một trong: {', '.join(among)}.")
    return said


def names(name: str, default: str) -> list[str]:
    return [part.strip() for part in os.environ.get(name, default).split(",") if part.strip()]


def secret_key(data: Path) -> str:
    """The key from the environment, else one made once and kept beside the data, readable by its owner only."""
    if key := os.environ.get("TIENDO_SECRET_KEY"):
        return key
    path = data / "secret_key"
    try:
        return _kept(path)
    except OSError as error:
        raise SettingError(
            f"Không dùng được thư mục dữ liệu {data} ({error.strerror}). Hãy đặt TIENDO_DATA là thư mục mà "
            "người chạy hệ thống đọc và ghi được."
        ) from error


def _kept(path: Path) -> str:
    try:
        return path.read_text().strip()
    except FileNotFoundError:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        try:
            with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
                file.write(secrets.token_urlsafe(50))
        except FileExistsError:  # another process was quicker
            pass
        return path.read_text().strip()
