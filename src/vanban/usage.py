"""What argparse says, in Vietnamese. Sentences that it says in a later Python and that are not here stay English."""

from __future__ import annotations

import argparse

WORDS = {
    "usage: ": "Cách dùng: ",
    "%(heading)s:": "%(heading)s:",
    "positional arguments": "Tham số",
    "options": "Tùy chọn",
    "subcommands": "Lệnh",
    "show this help message and exit": "in hướng dẫn này rồi dừng",
    "show program's version number and exit": "in số phiên bản rồi dừng",
    " (default: %(default)s)": " (mặc định: %(default)s)",
    "%(prog)s: error: %(message)s\n": "%(prog)s: %(message)s. Thêm --help để xem cách dùng.\n",
    "argument %(argument_name)s: %(message)s": "%(argument_name)s: %(message)s",
    "the following arguments are required: %s": "còn thiếu: %s",
    "one of the arguments %s is required": "cần một trong các tham số: %s",
    "not allowed with argument %s": "không dùng cùng với %s",
    "unrecognized arguments: %s": "không có tham số nào như: %s",
    "ambiguous option: %(option)s could match %(matches)s": "%(option)s chưa rõ, có thể là %(matches)s",
    "ignored explicit argument %r": "không nhận giá trị %r",
    "expected one argument": "cần một giá trị đi kèm",
    "expected at most one argument": "chỉ nhận nhiều nhất một giá trị",
    "expected at least one argument": "cần ít nhất một giá trị",
    "expected %s argument": "cần %s giá trị",
    "expected %s arguments": "cần %s giá trị",
    "invalid %(type)s value: %(value)r": "giá trị %(value)r không hợp lệ",
    "invalid choice: %(value)r (choose from %(choices)s)": "không có lựa chọn %(value)r; hãy chọn trong: %(choices)s",
    "invalid choice: %(value)r, maybe you meant %(closest)r? (choose from %(choices)s)": (
        "không có lựa chọn %(value)r, có phải là %(closest)r? Hãy chọn trong: %(choices)s"
    ),
    "unknown parser %(parser_name)r (choices: %(choices)s)": "không có lệnh %(parser_name)r; các lệnh: %(choices)s",
    "can't open '%(filename)s': %(error)s": "không mở được '%(filename)s': %(error)s",
}


def speak_vietnamese() -> None:
    """From here on every parser of this process does. (argparse looks its sentences up in its own module's names.)"""
    argparse._ = lambda said: WORDS.get(said, said)  # type: ignore[attr-defined]
    argparse.ngettext = lambda one, _many, _count: WORDS.get(one, one)  # type: ignore[attr-defined]
