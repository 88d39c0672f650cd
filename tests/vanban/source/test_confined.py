"""What a foreign program may not do: outlive its time, fill the memory, reach the network, leave anything behind."""

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from vanban.source import confined


@pytest.fixture
def folder():
    with confined.folder() as path:
        yield path


def python(code, folder, *, seconds=20, megabytes=2048):
    return confined.run([sys.executable, "-c", code], within=folder, seconds=seconds, megabytes=megabytes)


def test_what_it_prints_and_how_it_ends(folder):
    result = python("print('xin chào'); raise SystemExit(3)", folder)
    assert (result.code, result.output.decode(), result.timed_out) == (3, "xin chào\n", False)


def test_it_lives_in_its_own_folder(folder):
    code = "import os; print(os.getcwd(), os.environ['HOME'], os.environ['TMPDIR'], sorted(os.environ))"
    said = python(code, folder).output.decode()
    assert said.startswith(f"{folder} {folder} {folder}")
    assert "DJANGO" not in said
    assert "TIENDO" not in said


def test_the_folder_is_gone_afterwards_whatever_happened():
    seen = []

    def break_down():
        with confined.folder() as path:
            (path / "x").write_text("x")
            seen.append(path)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        break_down()
    assert not seen[0].exists()


@pytest.mark.parametrize("family", ["AF_INET", "AF_INET6"])
def test_no_network(folder, family):
    """Even to this machine: a real server listens, and cannot be reached."""
    server = socket.create_server(("127.0.0.1", 0))
    with server:
        code = (
            f"import socket\ntry:\n    s = socket.socket(socket.{family})\n"
            f"    s.connect(('127.0.0.1', {server.getsockname()[1]}))\n    print('reached')\n"
            "except OSError as error:\n    print('refused', error.errno)"
        )
        assert python(code, folder).output.decode().startswith("refused")


def test_what_it_starts_has_no_network_either(folder):
    inner = "import socket; socket.socket(socket.AF_INET)"
    start = f"subprocess.run([sys.executable, '-c', {inner!r}], stderr=-3)"
    code = f"import subprocess, sys; raise SystemExit({start}.returncode)"
    assert python(code, folder).code == 1


def test_local_sockets_stay(folder):
    assert python("import socket; socket.socketpair(); print('ok')", folder).output == b"ok\n"


def test_memory(folder):
    result = python("x = bytearray(900 << 20); print('held')", folder, megabytes=400)
    assert result.code != 0
    assert b"held" not in result.output


def test_processor_time(folder):
    start = time.monotonic()
    result = python("while True: pass", folder, seconds=1)
    assert result.code < 0
    assert time.monotonic() - start < 15


def test_wall_time_and_whatever_it_left_behind(folder):
    """The child sleeps and has started another that sleeps: neither is there when the time is over."""
    code = (
        "import os, time\n"
        "if os.fork():\n    print(os.getpid(), flush=True); time.sleep(60)\n"
        "else:\n    print(os.getpid(), flush=True); time.sleep(60)"
    )
    start = time.monotonic()
    result = python(code, folder, seconds=2)
    assert result.timed_out
    assert time.monotonic() - start < 15
    pids = [int(pid) for pid in result.output.split()]
    assert len(pids) == 2
    time.sleep(0.2)
    assert not [pid for pid in pids if alive(pid)]


def alive(pid):
    try:
        return Path(f"/proc/{pid}/stat").read_text("ascii").split()[2] != "Z"
    except FileNotFoundError:
        return False


def test_a_program_that_is_not_there(folder):
    assert confined.run(["/no/such/program"], within=folder, seconds=5, megabytes=512).code == 127


def test_a_child_to_speak_with(folder):
    code = "import sys; [print(line.strip().upper(), flush=True) for line in sys.stdin]"
    child = confined.start([sys.executable, "-c", code], within=folder, seconds=20, megabytes=2048)
    try:
        child.stdin.write(b"chao\n")
        child.stdin.flush()
        assert child.stdout.readline() == b"CHAO\n"
    finally:
        confined.end(child)
    assert child.returncode == -signal.SIGKILL


def test_it_dies_with_whoever_asked(tmp_path):
    code = (
        "import sys\nfrom pathlib import Path\nfrom vanban.source import confined\n"
        f"c = confined.start([sys.executable, '-c', 'import time; time.sleep(60)'], within=Path({str(tmp_path)!r}), "
        "seconds=60, megabytes=2048)\nprint(c.pid, flush=True)\nimport time; time.sleep(60)"
    )
    parent = subprocess.Popen(
        [sys.executable, "-c", code], stdout=subprocess.PIPE, env={**os.environ, "PYTHONPATH": "src"}
    )
    pid = int(parent.stdout.readline())
    end = time.monotonic() + 5
    while not alive(pid) and time.monotonic() < end:
        time.sleep(0.05)
    time.sleep(0.5)
    parent.kill()
    parent.wait()
    end = time.monotonic() + 5
    while alive(pid) and time.monotonic() < end:
        time.sleep(0.05)
    assert not alive(pid)


def test_where_the_network_cannot_be_cut_nothing_is_started(monkeypatch):
    monkeypatch.setattr(confined, "_filtered", lambda: False)
    monkeypatch.setattr(confined, "_unshared", lambda: False)
    monkeypatch.setattr(confined, "_limit", lambda *_: None)
    monkeypatch.setattr(os, "execvp", lambda *_: pytest.fail("started"))
    monkeypatch.setattr(confined.ctypes, "CDLL", lambda *_, **__: type("C", (), {"prctl": staticmethod(lambda *_: 0)}))
    monkeypatch.setattr(sys, "argv", ["confined", "1", "1", "true"])
    with pytest.raises(SystemExit) as caught:
        confined.main()
    assert caught.value.code == confined.UNCONFINED
