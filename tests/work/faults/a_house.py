"""A house in a folder of its own, and the processes that live in it (tests/faulty.py)."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

TESTS = Path(__file__).parents[2]


def run(data: Path, *arguments: str, dies: bool = False) -> Any:
    """What the process prints, read as JSON. `dies`: it is to end by `kill -9`."""
    paths = os.pathsep.join([str(TESTS), str(TESTS.parent / "src")])
    environment = {**os.environ, "TIENDO_DATA": str(data), "PYTHONPATH": paths}
    command = [sys.executable, str(TESTS / "faulty.py"), *arguments]
    done = subprocess.run(command, env=environment, check=False, capture_output=True, text=True, timeout=240)
    assert done.returncode == (-9 if dies else 0), done.stderr[-2000:]
    return json.loads(done.stdout) if done.stdout.strip() else None


def copied(house: Path, to: Path) -> Path:
    shutil.copytree(house, to)
    return to
