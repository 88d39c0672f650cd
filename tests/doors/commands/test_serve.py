"""`tiendo serve`: what it prepares, and a real server that starts, answers and stops."""

import contextlib
import fcntl
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request

import pytest
from django.core.management import CommandError

from tiendo.config import environment
from tiendo.foundation.organisations.models import Organisation


@pytest.fixture
def started(monkeypatch):
    """What would have been executed instead of this process."""
    calls = []
    monkeypatch.setattr(os, "execv", lambda program, arguments: calls.append((program, arguments)))
    return calls


@pytest.mark.django_db
def test_serves_on_the_port_that_was_asked_for(shell, started):
    out = shell("serve", "--port", 8123)
    assert "http://127.0.0.1:8123/" in out
    program, arguments = started[0]
    assert program == sys.executable
    assert arguments[1:] == ["-m", "gunicorn", "--config", "python:tiendo.config.gunicorn", "--bind", "127.0.0.1:8123"]
    assert not Organisation.objects.exists()


@pytest.mark.django_db
def test_a_port_that_is_taken_is_said_at_once(shell, started):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(CommandError, match=f"cổng {port} .*cổng đang được dùng.*--port"):
            shell("serve", "--port", port)
    assert started == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("--port", 0), "cổng 0: hãy ghi một số từ 1 đến 65535"),
        (("--port", 99999), "cổng 99999"),
        (("--port", "x"), "cổng x"),
        (("--host", "nohost.invalid"), "Không có máy nào tên “nohost.invalid”"),
        (("--host", "a" * 70), "Không có máy nào tên"),
    ],
)
def test_an_address_that_is_none(shell, started, arguments, says):
    with pytest.raises(CommandError, match=says):
        shell("serve", *arguments)
    assert started == []


@pytest.mark.django_db
@pytest.mark.parametrize("there", [True, False])
def test_a_data_folder_without_static_files_gets_them(shell, started, settings, tmp_path, monkeypatch, there):
    """`make setup` lays them out in the data folder that it knows of; a page without them is an error."""
    settings.STATIC_ROOT = tmp_path
    if there:
        (tmp_path / "staticfiles.json").write_text("{}")
    laid = []
    monkeypatch.setattr(
        "django.contrib.staticfiles.management.commands.collectstatic.Command.handle",
        lambda *_a, **_k: laid.append(1),
    )
    shell("serve", "--port", free_port())
    assert laid == ([] if there else [1])


@pytest.mark.django_db
def test_makes_the_demo_only_in_an_empty_house(shell, started, monkeypatch):
    made = []
    monkeypatch.setattr(
        "tiendo.doors.commands.management.commands.demo.Command.handle", lambda *_a, **_k: made.append(1)
    )
    shell("serve", "--demo")
    assert made == [1]


@pytest.mark.django_db
def test_leaves_a_real_office_alone(shell, started, office):
    before = Organisation.objects.count()
    assert "mẫu" not in shell("serve", "--demo")
    assert Organisation.objects.count() == before


@pytest.mark.django_db
def test_the_data_folder_is_held_by_whoever_serves(shell, started, settings):
    held = []
    inheritable = os.set_inheritable
    with contextlib.ExitStack() as stack:
        stack.enter_context(pytest.MonkeyPatch.context()).setattr(
            os,
            "set_inheritable",
            lambda descriptor, yes: (held.append((os.dup(descriptor), yes)), inheritable(descriptor, yes)),
        )
        shell("serve")
    descriptor, inherited = held[0]
    assert inherited
    other = os.open(settings.DATA, os.O_RDONLY)
    with pytest.raises(BlockingIOError):
        fcntl.flock(other, fcntl.LOCK_EX | fcntl.LOCK_NB)
    os.close(descriptor)
    os.close(other)


def test_jobs_run_in_the_web_process_when_the_setting_says_so(settings, monkeypatch):
    from tiendo.config import gunicorn

    begun = []
    monkeypatch.setattr("tiendo.config.worker.start", lambda: begun.append(1) or "thread")
    monkeypatch.setattr("tiendo.config.worker.watch", lambda: "watch")
    worker = type("Worker", (), {})()
    settings.JOBS_IN_WEB = False
    gunicorn.post_worker_init(worker)
    assert begun == []
    assert worker.watch == "watch"
    settings.JOBS_IN_WEB = True
    gunicorn.post_worker_init(worker)
    assert worker.jobs == "thread"


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def answers(port, seconds=60):
    """The status of the front door, as soon as it answers."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        with contextlib.suppress(OSError), urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=5) as page:
            return page.status
        time.sleep(0.2)
    return None


def asked(port: int, path: str, headers: str = "") -> str:
    """The whole answer."""
    with socket.create_connection(("127.0.0.1", port), timeout=30) as line:
        line.sendall(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n{headers}\r\n".encode())
        pieces = iter(lambda: line.recv(65536), b"")
        return b"".join(pieces).decode()


@pytest.mark.slow
def test_a_real_server_starts_answers_and_stops_at_ctrl_c(tmp_path):
    port = free_port()
    surroundings = {**os.environ, "TIENDO_DATA": str(tmp_path / "data"), "PYTHONPATH": str(environment.ROOT / "src")}
    call = [sys.executable, "-m", "tiendo"]
    if not (environment.ROOT / "node_modules").is_dir():
        pytest.skip("node_modules is missing: run make setup")
    server = subprocess.Popen([*call, "serve", "--port", str(port)], env=surroundings, start_new_session=True)
    try:
        assert answers(port) == 200
        said = asked(port, f"/tim/?q={'a' * 9000}")
        assert said.startswith("HTTP/1.1 414 ")
        assert "rút ngắn" in said
        assert "Việc của tôi" in said
        assert asked(port, f"/tim/?q={'a' * 6000}").startswith("HTTP/1.1 302 "), "so long an address is still taken"
        assert "Hãy xóa cookie" in asked(port, "/", f"Cookie: {'a' * 9000}\r\n")
        os.killpg(server.pid, signal.SIGINT)
        assert server.wait(timeout=30) == 0
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(server.pid, signal.SIGKILL)
    with socket.socket() as probe, pytest.raises(ConnectionRefusedError):
        probe.connect(("127.0.0.1", port))
