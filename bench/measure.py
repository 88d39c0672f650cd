"""What each bench measures with: CPU time (others may be using the machine), peak memory of a fresh process, ratios."""

from __future__ import annotations

import gc
import itertools
import json
import os
import platform
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

CORPUS = Path(os.environ.get("CORPUS", Path(__file__).resolve().parents[2] / "shared" / "corpus"))


def cpu(work: Callable[[], object], times: int, clock: Callable[[], float] = time.process_time) -> list[float]:
    """Seconds of CPU of each run, quickest first; rubbish is collected between runs, not in them."""
    taken = []
    for _ in range(times):
        gc.collect()
        start = clock()
        work()
        taken.append(clock() - start)
    return sorted(taken)


def with_process(pid: int) -> Callable[[], float]:
    """A clock of this process and another one of this machine (a database's): seconds of CPU of both."""
    spent = Path(f"/proc/{pid}/schedstat")
    return lambda: time.process_time() + int(spent.read_text().split()[0]) / 1e9


def cpu_of_child(command: Sequence[str], times: int) -> list[float]:
    """Seconds of CPU (user and system, all threads) of a command from cold, quickest first.

    The command must print what it made: one that printed nothing did no work, and its time would mean nothing.
    """
    taken = []
    for _ in range(times):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        printed = subprocess.run(command, check=True, capture_output=True).stdout
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        if not printed.strip():
            raise RuntimeError(f"printed nothing, so nothing was measured: {' '.join(command)}")
        taken.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return sorted(taken)


def memory_of_reading(path: Path) -> dict[str, float]:
    """MiB of a fresh process: the bare interpreter, with the reader loaded, and at the peak of reading this file once.

    From /proc, not from `ru_maxrss`: that figure begins at what the process that started the child had taken.
    """
    lines = subprocess.run([sys.executable, "-c", _CHILD, str(path)], check=True, capture_output=True, text=True).stdout
    return dict(json.loads(lines))


_CHILD = """
import json, sys
def now(field):
    return int(next(line for line in open("/proc/self/status") if line.startswith(field)).split()[1]) / 1024
bare = now("VmRSS")
import vanban
from pathlib import Path
loaded = now("VmRSS")
reading = vanban.read(Path(sys.argv[1]).read_bytes())
print(json.dumps({"bare": bare, "loaded": loaded, "peak": now("VmHWM")}))
"""


def stages(read: Callable[[Callable[[str], None]], object], times: int) -> dict[str, float]:
    """Seconds of CPU between one stage's name and the next, as `read` tells them; each stage's quickest run."""
    best: dict[str, float] = {}
    for _ in range(times):
        begun: list[tuple[str, float]] = []
        gc.collect()
        read(lambda stage, begun=begun: begun.append((stage, time.process_time())))
        begun.append(("", time.process_time()))
        for (name, start), (_, end) in itertools.pairwise(begun):
            best[name] = min(best.get(name, end - start), end - start)
    return best


def median(values: Sequence[float]) -> float:
    return statistics.median(values)


def against(value: float, budget: float) -> str:
    """How a figure stands to its budget, where less is better."""
    return "within" if value <= budget else f"OVER by {value / budget:.2f}×"


def machine() -> str:
    """One line: where and when."""
    model = next((line.partition(":")[2].strip() for line in _cpuinfo() if line.startswith("model name")), "?")
    load = os.getloadavg()[0]
    day = time.strftime("%Y-%m-%d %H:%M")
    return f"{day} · Python {platform.python_version()} · {os.cpu_count()} cores, {model} · load {load:.1f}"


def _cpuinfo() -> list[str]:
    path = Path("/proc/cpuinfo")
    return path.read_text().splitlines() if path.exists() else []
