"""The child process: whatever a file does to it, the caller gets an answer."""

from __future__ import annotations

import subprocess
import sys
import time

import msgspec
import pytest

from tiendo.work.directives import child
from tiendo.work.directives.child import CRASHED, TIMEOUT, Outcome
from vanban import model

TABLE = """TỈNH ỦY AN BÌNH
*
Số 12-CTr/TU
CHƯƠNG TRÌNH HÀNH ĐỘNG
về chuyển đổi số
"""


def read(path, *, seconds=20, megabytes=1024) -> tuple[Outcome, list[str]]:
    stages: list[str] = []
    return child.read(path, name=path.name, seconds=seconds, megabytes=megabytes, progress=stages.append), stages


@pytest.fixture
def script(monkeypatch, tmp_path):
    """Have the child run this instead of the reader."""

    def use(code: str, seconds: float = 20) -> tuple[Outcome, list[str]]:
        file = tmp_path / "child.py"
        file.write_text(f"import os, signal, sys, time\n{code}")
        popen = subprocess.Popen

        def start(_command, **options):
            return popen([sys.executable, str(file)], **options)

        monkeypatch.setattr(subprocess, "Popen", start)
        return read(file, seconds=seconds)

    return use


@pytest.fixture
def impatient(monkeypatch):
    monkeypatch.setattr(child, "GRACE", 0)


def test_a_document_is_read_stage_by_stage(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text(TABLE, encoding="utf-8")
    outcome, stages = read(path)
    reading = msgspec.json.decode(outcome.reading, type=model.Reading)
    assert reading.format == "text"
    assert "CHƯƠNG TRÌNH HÀNH ĐỘNG" in reading.text
    assert stages[:2] == ["open", "outline"]
    assert "duties" in stages


@pytest.mark.parametrize("name", ["--help", "-c", "tên có dấu cách.txt", "a'\"$(b).txt"])
def test_a_name_is_only_a_name(tmp_path, name):
    path = tmp_path / "a.txt"
    path.write_text(TABLE, encoding="utf-8")
    outcome = child.read(path, name=name, seconds=20, megabytes=1024, progress=lambda _: None)
    assert outcome.reading is not None


@pytest.mark.parametrize(
    ("content", "code"),
    [(b"", "unreadable"), (b"\xff\xd8\xff\xe0 JFIF anh chup", "unreadable"), (b"%PDF-1.7 ...", "unreadable")],
)
def test_what_cannot_be_read_says_why(tmp_path, content, code):
    path = tmp_path / "a.docx"
    path.write_bytes(content)
    outcome, _ = read(path)
    assert (outcome.reading, outcome.code) == (None, code)
    assert len(outcome.message) > 20


def test_a_secrecy_mark_is_told_apart(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text(f"MẬT\n{TABLE}", encoding="utf-8")
    outcome, _ = read(path)
    assert (outcome.reading, outcome.code) == (None, "classified")


def test_a_file_that_is_gone_is_a_crash(tmp_path):
    outcome, _ = read(tmp_path / "gone.txt")
    assert outcome == CRASHED


def test_memory_is_limited(tmp_path):
    path = tmp_path / "big.txt"
    path.write_text("Nội dung nhiệm vụ " * 4_000_000, encoding="utf-8")
    outcome, _ = read(path, megabytes=150)
    assert (outcome.reading, outcome.code) == (None, "memory")
    assert "tách phụ lục" in outcome.message


def test_a_child_that_waits_too_long_is_ended(script, impatient):
    begun = time.monotonic()
    outcome, _ = script("print('stage open', flush=True)\ntime.sleep(60)", seconds=1)
    assert outcome == TIMEOUT
    assert time.monotonic() - begun < 10


def test_each_page_has_its_own_time(script, impatient):
    code = """
for page in "1234":
    print(f"stage open {page}/4", flush=True)
    time.sleep(0.5)
print("reading 2\\n{}", end="")
"""
    outcome, stages = script(code, seconds=1)
    assert outcome == Outcome(reading=b"{}")
    assert stages == ["open 1/4", "open 2/4", "open 3/4", "open 4/4"]


def test_a_child_that_closed_its_mouth_and_hangs_is_ended(script, impatient):
    outcome, _ = script("os.close(1)\ntime.sleep(60)", seconds=1)
    assert outcome == TIMEOUT


def test_processor_time_is_limited_and_called_a_timeout(script):
    code = """
import tiendo.work.directives.child as child
child.limit(1, 1024)
print("stage open", flush=True)
while True: pass
"""
    outcome, stages = script(code)
    assert (outcome, stages) == (TIMEOUT, ["open"])


@pytest.mark.parametrize(
    "code",
    [
        "os.kill(os.getpid(), signal.SIGSEGV)",
        "os.kill(os.getpid(), signal.SIGKILL)",
        "sys.exit(3)",
        "raise RuntimeError('bug')",
        "print('stage open')",
        "print('reading 100\\nshort', end='')",
        "print('some noise')",
        "",
    ],
)
def test_a_child_that_ends_without_an_answer_crashed(script, code, capfd):
    outcome, _ = script(code)
    assert outcome == CRASHED
    assert "được giữ" in outcome.message


def test_the_answer_is_taken_byte_by_byte(script):
    outcome, stages = script(
        "body = 'có\\nxuống dòng'.encode()\n"
        "sys.stdout.buffer.write(b'stage open\\nstage duties\\nreading %d\\n' % len(body) + body + b'tail')"
    )
    assert outcome.reading.decode() == "có\nxuống dòng"
    assert stages == ["open", "duties"]


def test_an_error_passes_with_its_message(script):
    outcome, _ = script("""print('error {"code": "locked", "message": "Tệp có\\\\nmật khẩu."}')""")
    assert outcome == Outcome(code="locked", message="Tệp có\nmật khẩu.")


def test_the_child_gets_no_secret_of_the_house(script, monkeypatch):
    monkeypatch.setenv("TIENDO_SECRET_KEY", "bi-mat")
    outcome, _ = script(
        "body = repr(dict(os.environ)).encode()\nsys.stdout.buffer.write(b'reading %d\\n' % len(body) + body)"
    )
    assert b"bi-mat" not in outcome.reading
    assert b"PYTHONPATH" in outcome.reading


def test_a_caller_that_fails_leaves_no_child(script, monkeypatch, tmp_path):
    started = []
    popen = subprocess.Popen

    def start(_command, **options):
        started.append(
            popen([sys.executable, "-c", "print('stage a', flush=True); import time; time.sleep(60)"], **options)
        )
        return started[0]

    def broken(_stage):
        raise LookupError

    monkeypatch.setattr(subprocess, "Popen", start)
    with pytest.raises(LookupError):
        child.read(tmp_path, name="a", seconds=30, megabytes=512, progress=broken)
    assert started[0].returncode == -9


def inside(monkeypatch, capfdbinary, path, read=None) -> bytes:
    """What the child's own side writes, run here without its limits."""
    monkeypatch.setattr(child, "limit", lambda *_: None)
    monkeypatch.setattr(sys, "argv", ["child", str(path), path.name, "9", "99"])
    if read is not None:
        monkeypatch.setattr("vanban.read", read)
    child.main()
    return capfdbinary.readouterr().out


def test_what_the_child_writes(monkeypatch, capfdbinary, tmp_path):
    path = tmp_path / "a.txt"
    path.write_text(TABLE, encoding="utf-8")
    written = inside(monkeypatch, capfdbinary, path)
    stages, _, rest = written.partition(b"reading ")
    length, _, body = rest.partition(b"\n")
    assert stages.startswith(b"stage open\nstage outline\n")
    assert len(body) == int(length)
    assert msgspec.json.decode(body, type=model.Reading).format == "text"


def test_what_the_child_writes_when_it_may_not_read(monkeypatch, capfdbinary, tmp_path):
    path = tmp_path / "a.txt"
    path.write_bytes(b"")
    word, _, told = inside(monkeypatch, capfdbinary, path).splitlines()[-1].partition(b" ")
    assert word == b"error"
    assert msgspec.json.decode(told)["code"] == "unreadable"


def test_what_the_child_writes_at_the_end_of_its_memory(monkeypatch, capfdbinary, tmp_path):
    def hungry(*_args, **_more):
        raise MemoryError

    path = tmp_path / "a.txt"
    path.write_bytes(b"x")
    _word, _, told = inside(monkeypatch, capfdbinary, path, hungry).partition(b" ")
    assert msgspec.json.decode(told)["code"] == "memory"
