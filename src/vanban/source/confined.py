"""A foreign program on a stranger's file: limited in time, memory and output, without network, in a folder of its own.

The program is started by this very file, run as a script, which sets the limits for itself and then becomes the
program: no code runs between fork and exec in a process that has threads. Sockets other than local ones are refused by
a filter of the kernel (seccomp, inherited by whatever the program starts); where there is no such filter a network
namespace without any network stands for it; where there is neither, nothing is started.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import platform
import resource
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

UNCONFINED = 97
"""Exit code of the launcher where the network could not be cut."""
_OUTPUT = 64 * 1024 * 1024
"""Bytes of standard output that are taken."""
_FILES = 512 * 1024 * 1024
"""Bytes a file may have that the program writes."""
_ARCHITECTURES = {"x86_64": (0xC000003E, 41), "aarch64": (0xC00000B7, 198)}
"""Audit number of the architecture, and number of the call `socket` (Linux, asm/unistd.h)."""


@dataclass(frozen=True, slots=True)
class Result:
    """`code` as of `subprocess` (negative: ended by a signal)."""

    code: int
    output: bytes
    timed_out: bool = False


@contextlib.contextmanager
def folder() -> Iterator[Path]:
    """A temporary folder, removed whatever happens in it."""
    with tempfile.TemporaryDirectory(prefix="vanban-", ignore_cleanup_errors=True) as path:
        yield Path(path)


def run(command: Sequence[str], *, within: Path, seconds: int, megabytes: int) -> Result:
    """Run to the end, or kill it and all that it started when the time is over. Raises nothing for what it does."""
    output = within / ".output"
    with (
        output.open("wb") as out,
        start(command, within=within, seconds=seconds, megabytes=megabytes, out=out) as child,
    ):
        try:
            code, timed_out = child.wait(timeout=seconds), False
        except subprocess.TimeoutExpired:
            code, timed_out = -signal.SIGKILL, True
        finally:
            end(child)
    with output.open("rb") as written:
        return Result(code, written.read(_OUTPUT), timed_out)


def start(
    command: Sequence[str], *, within: Path, seconds: int, megabytes: int, out: IO[bytes] | int = subprocess.PIPE
) -> subprocess.Popen[bytes]:
    """Start a child to speak with over its pipes; the caller ends it with `end`."""
    launcher = [sys.executable, "-I", "-S", __file__, str(seconds), str(megabytes), *command]
    surroundings = {
        "PATH": os.environ.get("PATH", os.defpath),
        "HOME": str(within),
        "TMPDIR": str(within),
        "LANG": "C.UTF-8",
        "OMP_THREAD_LIMIT": "1",
    }
    if "PYTHONPATH" in os.environ:
        surroundings["PYTHONPATH"] = os.environ["PYTHONPATH"]
    return subprocess.Popen(  # noqa: S603 - our own launcher; the command is the caller's, never the file's
        launcher,
        cwd=within,
        env=surroundings,
        stdin=subprocess.DEVNULL if out is not subprocess.PIPE else subprocess.PIPE,
        stdout=out,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


def end(child: subprocess.Popen[bytes]) -> None:
    """Kill the child's whole session group: LibreOffice leaves processes behind."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(child.pid, signal.SIGKILL)
    child.wait()


# -- below: the launcher, run as a script with nothing but the standard library


class _Instruction(ctypes.Structure):
    _fields_ = (
        ("code", ctypes.c_ushort),
        ("if_true", ctypes.c_ubyte),
        ("if_false", ctypes.c_ubyte),
        ("value", ctypes.c_uint32),
    )


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("first", ctypes.POINTER(_Instruction)))


def _filtered() -> bool:
    """Refuse every socket that is not local, for good. Whether the kernel took the filter."""
    known = _ARCHITECTURES.get(platform.machine())
    if known is None:
        return False
    load, equal, above, answer = 0x20, 0x15, 0x35, 0x06
    allow, refuse, kill = 0x7FFF0000, 0x00050000 | 1, 0x80000000  # EPERM
    architecture, socket = known
    steps = [
        (load, 0, 0, 4),
        (equal, 1, 0, architecture),
        (answer, 0, 0, kill),
        (load, 0, 0, 0),
        (above, 3, 0, 0x40000000),  # the other way to number calls on x86
        (equal, 1, 0, socket),
        (answer, 0, 0, allow),
        (load, 0, 0, 16),
        (equal, 1, 0, 1),  # AF_UNIX
        (answer, 0, 0, refuse),
        (answer, 0, 0, allow),
    ]
    steps[4] = (above, len(steps) - 2 - 5, 0, 0x40000000)
    program = (_Instruction * len(steps))(*(_Instruction(*step) for step in steps))
    c = ctypes.CDLL(None, use_errno=True)
    no_new_privileges, seccomp, mode_filter = 38, 22, 2
    if c.prctl(no_new_privileges, 1, 0, 0, 0):
        return False
    return not c.prctl(seccomp, mode_filter, ctypes.byref(_Program(len(steps), program)), 0, 0)


def _unshared() -> bool:
    try:
        os.unshare(os.CLONE_NEWUSER | os.CLONE_NEWNET)
    except (OSError, AttributeError):
        return False
    return True


def _limit(seconds: int, megabytes: int) -> None:
    for what, wanted in (
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_AS, megabytes << 20),
        (resource.RLIMIT_FSIZE, _FILES),
        (resource.RLIMIT_NOFILE, 1024),
        (resource.RLIMIT_CORE, 0),
    ):
        hard = resource.getrlimit(what)[1]
        most = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
        resource.setrlimit(what, (most, most))


def main() -> None:
    """The launcher: SECONDS MEGABYTES COMMAND …"""
    seconds, megabytes, *command = sys.argv[1:]
    ctypes.CDLL(None).prctl(1, signal.SIGKILL, 0, 0, 0)  # die with whoever asked
    _limit(int(seconds), int(megabytes))
    if not (_filtered() or _unshared()):
        sys.exit(UNCONFINED)
    try:
        os.execvp(command[0], command)  # noqa: S606 - no shell
    except OSError:
        sys.exit(127)


if __name__ == "__main__":
    main()
