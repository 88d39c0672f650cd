"""Reading in a child process with limits, so that no file can harm the web process.

Run as `python -m tiendo.work.directives.child PATH NAME SECONDS MEGABYTES`: it reads the file and writes to standard
output lines `stage NAME` while it works, then `reading LENGTH` and the JSON, or `error` and JSON of code and message.
"""

from __future__ import annotations

import contextlib
import json
import os
import resource
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

GRACE = 5
LONGEST = 4 * 3600
"""Seconds of processor time that are left to a child of the child: recognising three hundred pages takes long."""
OFFICE_MEGABYTES = 6144
"""Address space that the limits leave to LibreOffice (vanban.source.office)."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """Either the Reading's JSON, or why there is none."""

    reading: bytes | None = None
    code: str = ""
    message: str = ""


TIMEOUT = Outcome(
    code="timeout",
    message="Đọc văn bản quá lâu nên đã dừng. Tệp gốc vẫn được giữ; hãy thử tách phụ lục thành tệp riêng.",
)
CRASHED = Outcome(
    code="crashed",
    message="Máy đọc dừng giữa chừng ở tệp này. Tệp gốc vẫn được giữ; hãy đọc lại, hoặc gửi bản khác của văn bản.",
)


def read(path: Path, *, name: str, seconds: int, megabytes: int, progress: Callable[[str], None]) -> Outcome:
    """Read one file in a child of its own. Never raises on what the file holds."""
    command = [sys.executable, "-m", "tiendo.work.directives.child", str(path), name, str(seconds), str(megabytes)]
    with subprocess.Popen(  # noqa: S603 (our own interpreter and module)
        command, stdout=subprocess.PIPE, stdin=subprocess.DEVNULL, env=environment(), start_new_session=True
    ) as process:
        clock = _Clock(process, seconds + GRACE)
        try:
            outcome = _listen(process, progress, clock)
            if outcome is None:
                process.wait()
        finally:
            clock.stop()
            process.kill()
    if outcome is not None:
        return outcome
    # The kernel ends a child that has used up its processor time; the timer one that merely waits.
    return TIMEOUT if clock.expired or process.returncode == -signal.SIGXCPU else CRASHED


def environment() -> dict[str, str]:
    """All that a child is told of ours: no secret, no address of the database. What it unpacks for LibreOffice or for
    recognition lies in the data folder: nobody knows yet whether it carries a secrecy mark.
    """
    from tiendo.work.directives import storage  # only the parent's side has settings

    told = {"PATH": os.environ.get("PATH", ""), "PYTHONPATH": os.pathsep.join(p for p in sys.path if p)}
    told["TMPDIR"] = str(storage.scratch())
    return told | {name: os.environ[name] for name in ("VANBAN_LEXICON",) if name in os.environ}


class _Clock:
    """Kills a child that has told nothing for so long: each stage has its own time, and so has each
    page that is recognised.
    """

    def __init__(self, process: subprocess.Popen[bytes], seconds: int) -> None:
        self.expired = False
        self._process, self._seconds = process, seconds
        self._timer = self._started()

    def _started(self) -> threading.Timer:
        timer = threading.Timer(self._seconds, self._expire)
        timer.start()
        return timer

    def _expire(self) -> None:
        self.expired = True
        self._process.kill()

    def again(self) -> None:
        self._timer.cancel()
        self._timer = self._started()

    def stop(self) -> None:
        self._timer.cancel()


def _listen(process: subprocess.Popen[bytes], progress: Callable[[str], None], clock: _Clock) -> Outcome | None:
    assert process.stdout is not None
    for line in process.stdout:
        word, _, rest = line.decode(errors="replace").rstrip("\n").partition(" ")
        if word == "stage":
            clock.again()
            progress(rest)
        elif word == "reading":
            body = process.stdout.read(int(rest))
            return Outcome(reading=body) if len(body) == int(rest) else None
        elif word == "error":
            return Outcome(**json.loads(rest))
    return None


def limit(seconds: int, megabytes: int) -> None:
    """What this process may use from now on; it dies with the one that started it."""
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, LONGEST))
    # LibreOffice, a child of the child with limits of its own, reserves more than a reading may use: the hard limit.
    most = max(megabytes, OFFICE_MEGABYTES)
    resource.setrlimit(resource.RLIMIT_AS, (megabytes << 20, most << 20))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with contextlib.suppress(OSError):  # die with the web process: it alone can use the answer
        import ctypes

        ctypes.CDLL(None).prctl(1, 9, 0, 0, 0)


def main() -> None:
    """The child's side."""
    path, name, seconds, megabytes = sys.argv[1:5]
    limit(int(seconds), int(megabytes))
    from msgspec.json import encode

    from vanban import read as read_document
    from vanban.errors import VanbanError

    out = sys.stdout.buffer

    def stage(name: str) -> None:
        out.write(f"stage {name}\n".encode())
        out.flush()

    def error(code: str, message: str) -> None:
        out.write(b"error " + json.dumps({"code": code, "message": message}).encode() + b"\n")

    try:
        body = encode(read_document(Path(path).read_bytes(), name=name, progress=stage))
        out.write(f"reading {len(body)}\n".encode() + body)
    except VanbanError as refusal:
        error(refusal.code, refusal.message)
    except MemoryError:
        error(
            "memory",
            "Văn bản cần nhiều bộ nhớ hơn mức cho phép. Tệp gốc vẫn được giữ; hãy tách phụ lục thành tệp riêng.",
        )
    out.flush()


if __name__ == "__main__":
    main()
