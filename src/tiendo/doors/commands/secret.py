"""Passwords never stand on a command line: they come from standard input, the environment, or a prompt."""

from __future__ import annotations

import getpass
import os
import sys
from collections.abc import Iterator

from tiendo.doors.commands.base import ShellError


def passwords(*, stdin: bool, variable: str, prompt: str) -> Iterator[str]:
    """One password after another: lines of standard input, the variable (always the same), or the prompt.

    Raises ShellError when there is none of these.
    """
    if stdin:
        lines = [line.rstrip("\r\n") for line in sys.stdin]
        if not lines or not lines[0]:
            raise ShellError("Không có mật khẩu ở đầu vào chuẩn.")
        for line in lines:
            if not line:
                break
            yield line
        raise ShellError("Đầu vào chuẩn thiếu mật khẩu: mỗi người một dòng.")
    while True:
        yield os.environ.get(variable) or _ask(prompt, variable)


def _ask(prompt: str, variable: str) -> str:
    if not sys.stdin.isatty():
        raise ShellError(f"Chưa có mật khẩu. Hãy dùng --password-stdin hoặc đặt biến môi trường {variable}.")
    first = getpass.getpass(f"{prompt}: ")
    if first != getpass.getpass("Nhập lại: "):
        raise ShellError("Hai lần nhập không giống nhau.")
    return first
