"""`python -I -S watch.py SECONDS COMMAND…`: runs it; prints JSON (CPU in seconds, peak in MiB).

A process's peak memory begins at what the process that started it held: this one is small, so that each tool's own is
told. CPU is that of the command and of all it started; the peak is that of the largest of them.
"""

import json
import os
import resource
import signal
import subprocess
import sys


def main() -> None:
    seconds, *command = sys.argv[1:]
    child = subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, start_new_session=True
    )
    try:
        _, errors = child.communicate(timeout=float(seconds))
        code = child.returncode
    except subprocess.TimeoutExpired:
        os.killpg(child.pid, signal.SIGKILL)
        child.wait()
        code, errors = -1, f"more than {seconds} s".encode()
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    lines = errors.decode(errors="replace").strip().splitlines()
    said = lines[-1][:200] if code and lines else ""
    print(json.dumps({"code": code, "cpu": used.ru_utime + used.ru_stime, "peak": used.ru_maxrss / 1024, "said": said}))


if __name__ == "__main__":
    main()
