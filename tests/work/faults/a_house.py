"""A house in a folder of its own, and the processes that live in it (tests/faulty.py); on PostgreSQL, where
TIENDO_DATABASE names one, with a database of its own beside it.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

TESTS = Path(__file__).parents[2]
SERVER = os.environ.get("TIENDO_DATABASE", "")


def run(data: Path, *arguments: str, dies: bool = False) -> Any:
    """What the process prints, read as JSON. `dies`: it is to end by `kill -9`."""
    paths = os.pathsep.join([str(TESTS), str(TESTS.parent / "src")])
    environment = {**os.environ, "TIENDO_DATA": str(data), "PYTHONPATH": paths}
    if SERVER:
        if arguments[0] == "prepare":
            _made(data)
        environment["TIENDO_DATABASE"] = urlunsplit(urlsplit(SERVER)._replace(path=f"/{_name(data)}"))
    command = [sys.executable, str(TESTS / "faulty.py"), *arguments]
    done = subprocess.run(command, env=environment, check=False, capture_output=True, text=True, timeout=240)
    assert done.returncode == (-9 if dies else 0), done.stderr[-2000:]
    return json.loads(done.stdout) if done.stdout.strip() else None


def copied(house: Path, to: Path) -> Path:
    shutil.copytree(house, to)
    if SERVER:
        _made(to, like=house)
    return to


def _name(data: Path) -> str:
    return f"house_{sha256(str(data).encode()).hexdigest()[:16]}"


def _made(data: Path, like: Path | None = None) -> None:
    """Its database, empty or as that of another house, whatever a former run of the tests left."""
    import psycopg

    template = f' TEMPLATE "{_name(like)}"' if like else ""
    with psycopg.connect(SERVER, autocommit=True) as server:
        server.execute(f'DROP DATABASE IF EXISTS "{_name(data)}"')
        server.execute(f'CREATE DATABASE "{_name(data)}"{template}')
