"""Eight people at once against the web server itself: how long each page takes them (bench_national.py)."""

from __future__ import annotations

import http.client
import os
import socket
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

LIMIT_MS = 300
"""DESIGN: p95 of any page, eight people on two cores."""
PATIENCE = 120


@dataclass(frozen=True, slots=True)
class Waited:
    """Milliseconds until the last byte."""

    times: int
    median: float
    p95: float


def crowd(pages: Sequence[tuple[str, str, str]], *, people: int, seconds: float) -> Mapping[str, Waited]:
    """Each of `people` asks for one page after another without a pause, beginning at different ones.

    `pages`: (name, address, session cookie). A page that is not 200 stops the bench.
    """
    port = _free_port()
    with subprocess.Popen(
        _server(port), env=os.environ | {"TIENDO_WEB_PROCESSES": "2", "TIENDO_JOBS_IN_WEB": "0"}
    ) as server:
        try:
            _ready(server, port)
            for page in pages:  # each process has compiled its templates and patterns
                for _ in range(4):
                    _get(port, page)
            return _measured(port, pages, people, seconds)
        finally:
            server.terminate()


def _server(port: int) -> list[str]:
    return [
        sys.executable,
        "-m",
        "gunicorn",
        "--config",
        "python:tiendo.config.gunicorn",
        "--bind",
        f"127.0.0.1:{port}",
    ]


def _measured(port: int, pages: Sequence[tuple[str, str, str]], people: int, seconds: float) -> Mapping[str, Waited]:
    taken: dict[str, list[float]] = {name: [] for name, _url, _cookie in pages}
    wrong: list[BaseException] = []
    end = time.monotonic() + seconds

    def one(begin: int) -> None:
        place = begin
        try:
            while time.monotonic() < end:
                page = pages[place % len(pages)]
                start = time.monotonic()
                _get(port, page)
                taken[page[0]].append((time.monotonic() - start) * 1000)
                place += 1
        except BaseException as error:  # noqa: BLE001 (told by the main thread)
            wrong.append(error)

    threads = [threading.Thread(target=one, args=(number * len(pages) // people,)) for number in range(people)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if wrong:
        raise wrong[0]
    return {
        name: Waited(len(every), statistics.median(every), statistics.quantiles(every, n=20)[-1])
        for name, every in taken.items()
        if len(every) > 1
    }


def _get(port: int, page: tuple[str, str, str]) -> None:
    name, url, cookie = page
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    try:
        connection.request("GET", url, headers={"Cookie": f"sessionid={cookie}"})
        answer = connection.getresponse()
        answer.read()
    finally:
        connection.close()
    if answer.status != 200:
        raise RuntimeError(f"{name} {url}: {answer.status}")


def _ready(server: subprocess.Popen[bytes], port: int) -> None:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if server.poll() is not None:
            raise RuntimeError("the web server ended")
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=1):
                return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError("the web server does not answer")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
