"""Reading one file in a child of its own, with limits: what came of it, and whether that may be.

May be: a Reading whose pieces lie within its text and that survives JSON, or one of the four errors. May not: any other
exception (those that the reader itself catches and logs too), a signal, more than SECONDS, more than MEGABYTES.
"""

from __future__ import annotations

import contextlib
import json
import logging
import os
import resource
import select
import signal
import sys
import time
import traceback
from dataclasses import dataclass, field
from pathlib import Path
from types import CodeType
from typing import Any

import msgspec

import vanban
from vanban.errors import VanbanError
from vanban.model import Reading

SECONDS = 20
"""Of CPU, since others use the machine; LibreOffice and Tesseract have their own limits."""
_PATIENCE = 240
"""Seconds by the clock: whatever is not done by then waits for something that never comes."""
MEGABYTES = 1024
_READER = 128
"""Megabytes of a process that has done nothing but load the reader."""
_HOME = str(Path(vanban.__file__).parent)


@dataclass(frozen=True, slots=True)
class Outcome:
    """`finding` is empty where all is well; else what it is, one line, the same for the same fault."""

    came: str
    finding: str = ""
    trace: str = ""
    seconds: float = 0.0
    megabytes: float = 0.0
    """At most, on top of what this process held: a child begins with all of that, be it ever so much."""
    new: frozenset[str] = field(default_factory=frozenset)
    """Lines of the reader that were not known to be reached."""


def watched(data: bytes, known: set[str] | None = None) -> Outcome:
    """Fork, read there, wait. `known` lines are not told."""
    begun, before = time.monotonic(), _pages(1)
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reader)
        _child(data, writer, known)
    os.close(writer)
    said = _listen(reader, begun + _PATIENCE)
    os.close(reader)
    if said is None:
        os.kill(child, signal.SIGKILL)
    _, status, used = os.wait4(child, 0)
    seconds, megabytes = used.ru_utime + used.ru_stime, max(0.0, used.ru_maxrss / 1024 - before / (1 << 20))
    if said is None:
        return Outcome("hang", f"hang: more than {time.monotonic() - begun:.0f} s", "", seconds, megabytes)
    if os.WIFSIGNALED(status):
        name = signal.Signals(os.WTERMSIG(status)).name
        return Outcome("killed", f"killed by {name}", "", seconds, megabytes)
    answer: dict[str, Any] = json.loads(said)
    finding = answer["finding"] or (f"memory: {megabytes:.0f} MB" if megabytes > MEGABYTES - _READER else "")
    return Outcome(answer["came"], finding, answer["trace"], seconds, megabytes, frozenset(answer["new"]))


def warmed(data: bytes) -> None:
    """Read here, so that no child has to load libraries and word lists again."""
    with contextlib.suppress(VanbanError):
        vanban.read(data)


def _listen(reader: int, until: float) -> bytes | None:
    """All that the child writes; None where the time is over first."""
    said = b""
    while True:
        ready, _, _ = select.select([reader], [], [], max(0.0, until - time.monotonic()))
        if not ready:
            return None
        more = os.read(reader, 1 << 16)
        if not more:
            return said
        said += more


def _child(data: bytes, writer: int, known: set[str] | None) -> None:
    """Never returns."""
    try:
        # On top of what is mapped already: under a limit below that, a thread starts and dies before it says so, and
        # whoever started it waits for ever.
        resource.setrlimit(resource.RLIMIT_AS, (_pages(0) + (MEGABYTES << 20), resource.RLIM_INFINITY))
        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, resource.RLIM_INFINITY))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        lines = set[str]() if known is None else _followed(known)
        came, finding, trace = _read(data)
        answer = json.dumps({"came": came, "finding": finding, "trace": trace, "new": sorted(lines)})
        with os.fdopen(writer, "wb") as out:
            out.write(answer.encode())
    except BaseException:  # noqa: BLE001 - a child that returned would go on as its parent
        traceback.print_exc()
        os._exit(1)
    os._exit(0)


def _pages(which: int) -> int:
    """Bytes of address space that this process has mapped (0), or of memory that it holds (1)."""
    return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[which]) * resource.getpagesize()


def _read(data: bytes) -> tuple[str, str, str]:
    """What came of it, the finding and its trace."""
    caught: list[BaseException] = []
    handler = logging.Handler()
    handler.emit = lambda record: caught.append(record.exc_info[1]) if record.exc_info and record.exc_info[1] else None  # type: ignore[method-assign]
    logging.getLogger("vanban").addHandler(handler)
    logging.getLogger("vanban").propagate = False
    try:
        reading = vanban.read(data)
        came = reading.format
        _sound(reading)
    except VanbanError as error:
        came = f"{error.code}:{getattr(error, 'reason', '')}"
    except Exception as error:  # noqa: BLE001 - that is what is sought
        caught.append(error)
        came = "raised"
    if not caught:
        return came, "", ""
    return came, _named(caught[0]), "".join(traceback.format_exception(caught[0]))


def _named(error: BaseException) -> str:
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if _HOME in frame.filename]
    where = f"{Path(frames[-1].filename).relative_to(_HOME)}:{frames[-1].name}" if frames else "?"
    return f"{type(error).__name__} in {where}"


def _sound(reading: Reading) -> None:
    """Raises where a piece lies outside the text, or where JSON does not give the same reading back."""
    length = len(reading.text)
    spans = [span for duty in reading.duties for span in duty.spans]
    spans += [citation.span for citation in reading.citations]
    spans += [span for found in reading.doubts for span in ([found.span] if found.span else [])]
    assert all(0 <= span.start <= span.end <= length for span in spans), "a span outside the text"
    at = 0
    for place in reading.places:
        assert at <= place.start <= place.end <= length, "a place outside the text or out of order"
        assert all(0 <= side <= 1 for side in place.box), "a place outside its page"
        at = place.end
    assert msgspec.json.decode(msgspec.json.encode(reading), type=Reading) == reading, "JSON changed it"


def _followed(known: set[str]) -> set[str]:
    """The lines of the reader reached from now on that are not known; each is told once and costs nothing then."""
    lines: set[str] = set()
    tool = sys.monitoring.COVERAGE_ID

    def line(code: CodeType, number: int) -> object:
        if code.co_filename.startswith(_HOME):
            name = f"{code.co_filename[len(_HOME) + 1 :]}:{number}"
            if name not in known:
                lines.add(name)
        return sys.monitoring.DISABLE

    sys.monitoring.use_tool_id(tool, "fuzz")
    sys.monitoring.register_callback(tool, sys.monitoring.events.LINE, line)
    sys.monitoring.set_events(tool, sys.monitoring.events.LINE)
    return lines
