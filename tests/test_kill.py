"""`kill -9` of the server in the middle of reading: after the next start it is read once, and nothing is doubled."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

HERE = Path(__file__).parent
ROWS = 15_000
LEASE = 4
BETWEEN = {"open", "outline", "heading", "citations", "duties", "targets", "doubts"}


def environment(data: Path) -> dict[str, str]:
    paths = [str(HERE), str(HERE.parent / "src")]
    own = {"TIENDO_DATA": str(data), "TIENDO_JOB_LEASE": str(LEASE), "PYTHONPATH": os.pathsep.join(paths)}
    return {**os.environ, **own, "DJANGO_SETTINGS_MODULE": "tiendo.config.settings"}


def run(data: Path, *arguments: str) -> str:
    command = [sys.executable, str(HERE / "killing.py"), *arguments]
    return subprocess.run(command, env=environment(data), check=True, capture_output=True, text=True, timeout=60).stdout


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextlib.contextmanager
def serving(data: Path) -> Iterator[subprocess.Popen[bytes]]:
    """`tiendo serve`, in a process group of its own, gone at the end however it went."""
    command = [sys.executable, "-m", "tiendo", "serve", "--port", str(free_port())]
    with (data / "serve.log").open("ab") as log:
        server = subprocess.Popen(command, env=environment(data), start_new_session=True, stdout=log, stderr=log)
    try:
        yield server
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(server.pid, signal.SIGKILL)
        server.wait()


def document(data: Path) -> tuple[str, str]:
    """State and stage, without a look through the house's own eyes."""
    with contextlib.closing(sqlite3.connect(data / "tiendo.sqlite3", timeout=20)) as database:
        return database.execute("SELECT state, stage FROM directives_document").fetchone()


def wait_until(said: str, true, server: subprocess.Popen[bytes], data: Path, seconds: float = 40) -> None:
    end = time.monotonic() + seconds
    while not true():
        if server.poll() is not None or time.monotonic() > end:
            pytest.fail(f"never {said}: {document(data)}\n{(data / 'serve.log').read_text()[-2000:]}")
        time.sleep(0.05)


def readers(data: Path) -> list[str]:
    """Reading children at work on this data folder."""
    found = []
    for process in Path("/proc").glob("[0-9]*/cmdline"):
        with contextlib.suppress(OSError):
            command = process.read_bytes().decode(errors="replace")
            if "tiendo.work.directives.child" in command and str(data) in command:
                found.append(command)
    return found


@pytest.mark.slow
def test_a_server_killed_while_reading_reads_once_after_its_restart(tmp_path: Path):
    run(tmp_path, "prepare", str(ROWS))
    with serving(tmp_path) as server:
        wait_until("reading", lambda: document(tmp_path)[1] in BETWEEN and readers(tmp_path), server, tmp_path)
        os.killpg(server.pid, signal.SIGKILL)
        server.wait()
    assert document(tmp_path)[0] == "quarantined", "it was killed before it was done"
    end = time.monotonic() + 5
    while readers(tmp_path) and time.monotonic() < end:
        time.sleep(0.05)
    assert readers(tmp_path) == [], "the child dies with the process that would use its answer"

    with serving(tmp_path) as server:
        wait_until("read", lambda: document(tmp_path)[0] == "read", server, tmp_path)
        time.sleep(LEASE + 1)  # a second claim would show by now
        assert server.poll() is None
    told = json.loads(run(tmp_path, "tell"))
    assert told == {
        "state": "read",
        "attempts": 2,
        "readings": 1,
        "duties": ROWS,
        "positions": ROWS,
        "events": ["directives.document.received", "directives.document.read"],
        "chain": True,
        "jobs": ["SUCCESSFUL"],
        "kept": True,
    }
