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


def pdf(*pages: str) -> bytes:
    """Pages with a line each, in a standard font."""
    parts = [b"<< /Type /Catalog /Pages 2 0 R >>", b""]
    kids = []
    for text in pages:
        drawn = f"BT /F1 14 Tf 90 700 Td ({text}) Tj ET".encode()
        parts.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(drawn), drawn))
        font = b"<< /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >>"
        parts.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R /Resources %s >>"
            % (len(parts), font)
        )
        kids.append(b"%d 0 R" % len(parts))
    parts[1] = b"<< /Type /Pages /Kids [%s] /Count %d >>" % (b" ".join(kids), len(kids))
    body, places = b"%PDF-1.4\n", []
    for number, part in enumerate(parts, start=1):
        places.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, part)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    trailer = b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(parts) + 1, len(body))
    return body + b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(parts) + 1, table) + trailer


@pytest.mark.parametrize(("first", "found"), [("MAT", True), ("BAO CAO", False)])
def test_of_a_long_pdf_the_first_page_is_looked_at(tmp_path, monkeypatch, first, found):
    """Three thousand pages are more than a reading takes; the mark on the first is seen all the same."""
    path = tmp_path / "a.pdf"
    path.write_bytes(pdf(first, *("MAT" for _ in range(3000))))
    lexicon = tmp_path / "words"
    lexicon.mkdir()
    (lexicon / "secrecy.toml").write_text('marks = ["mat"]\n', encoding="utf-8")
    monkeypatch.setenv("VANBAN_LEXICON", str(lexicon))
    assert marked(path) is found


def test_a_file_that_takes_too_long_is_let_go(tmp_path, monkeypatch):
    slow, run = tmp_path / "slow.py", subprocess.run
    slow.write_text("import time; time.sleep(60)")
    monkeypatch.setattr(child, "GRACE", 0)
    monkeypatch.setattr(subprocess, "run", lambda _command, **options: run([sys.executable, str(slow)], **options))
    began = time.monotonic()
    assert marked(slow, seconds=1) is False
    assert time.monotonic() - began < 20
