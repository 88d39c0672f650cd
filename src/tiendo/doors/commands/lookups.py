"""Arguments of the shell → records."""

from __future__ import annotations

import re
from argparse import ArgumentTypeError
from datetime import date

from tiendo.doors.commands.base import ShellError
from tiendo.foundation.accounts.models import User
from tiendo.work.directives.models import Document
from tiendo.work.programmes.models import Programme, Task


def day(text: str) -> date:
    """`2026-11-23` or `23/11/2026`. Raises ArgumentTypeError."""
    try:
        if "/" in text:
            dd, mm, yyyy = (int(part) for part in text.split("/"))
            return date(yyyy, mm, dd)
        return date.fromisoformat(text)
    except ValueError as error:
        raise ArgumentTypeError(f"“{text}” không phải là ngày; hãy ghi như 2026-11-23 hoặc 23/11/2026") from error


def person(username: str) -> User:
    """Raises ShellError."""
    try:
        user = User.objects.get_by_natural_key(username)
    except User.DoesNotExist as error:
        raise ShellError(f"Không có người dùng “{username}”. Thêm bằng “tiendo add-user”.") from error
    if not user.is_active:
        raise ShellError(f"Người dùng “{username}” đã ngừng hoạt động.")
    return user


def programme(name: str) -> Programme:
    """By id, or by the symbol of its document when only one programme carries it. Raises ShellError."""
    found = list(Programme.objects.filter(pk=int(name)) if _number(name) else Programme.objects.filter(symbol=name))
    return _only(found, f"chương trình “{name}”")


def task(name: str) -> Task:
    """By id, or `SYMBOL:NUMBER`. Raises ShellError."""
    tasks = Task.objects.select_related("programme", "duty")
    if _number(name):
        return _only(list(tasks.filter(pk=int(name))), f"nhiệm vụ “{name}”")
    symbol, _, number = name.rpartition(":")
    return _only(list(tasks.filter(programme__symbol=symbol, number=number)), f"nhiệm vụ “{name}”")


def document(name: str) -> Document:
    """By id, or by symbol. Raises ShellError."""
    found = list(Document.objects.filter(pk=int(name)) if _number(name) else Document.objects.filter(symbol=name))
    return _only(found, f"văn bản “{name}”")


def _number(name: str) -> bool:
    """Is it one that a row of the database may have?"""
    return re.fullmatch("[0-9]{1,18}", name) is not None


def _only[T](found: list[T], what: str) -> T:
    if not found:
        raise ShellError(f"Không tìm thấy {what}.")
    if len(found) > 1:
        ids = ", ".join(str(one.pk) for one in found)  # type: ignore[attr-defined]
        raise ShellError(f"Có {len(found)} {what}. Hãy chọn theo số thứ tự trong hệ thống: {ids}.")
    return found[0]
