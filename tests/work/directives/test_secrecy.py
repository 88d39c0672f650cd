"""A look for secrecy marks without a reading: whatever the file is, there is an answer."""

from __future__ import annotations

import subprocess
import sys
import time

import pytest

from tiendo.work.directives import child, secrecy

LETTER = "TỈNH ỦY AN BÌNH\nSố 12-BC/TU\n{}\n\nBÁO CÁO\nvề việc bảo vệ bí mật nhà nước\n"


def marked(path, *, seconds=20) -> bool:
    return secrecy.is_marked(path, seconds=seconds, megabytes=1024)


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (LETTER.format("TỐI MẬT").encode(), True),
        (LETTER.format("").encode(), False),
        (b"%PDF-1.7 x", False),
        (b"\xff\xd8\xff\xe0 no picture", False),
        (b"PK\x03\x04 no package", False),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", False),
        (b"a;b\n1;2\n", False),
    ],
)
def test_a_mark_is_seen_and_what_cannot_be_read_has_none(tmp_path, content, found):
    path = tmp_path / "a"
    path.write_bytes(content)
    assert marked(path) is found


def test_a_file_that_takes_too_long_is_let_go(tmp_path, monkeypatch):
    slow, run = tmp_path / "slow.py", subprocess.run
    slow.write_text("import time; time.sleep(60)")
    monkeypatch.setattr(child, "GRACE", 0)
    monkeypatch.setattr(subprocess, "run", lambda _command, **options: run([sys.executable, str(slow)], **options))
    began = time.monotonic()
    assert marked(slow, seconds=1) is False
    assert time.monotonic() - began < 20
