"""`tiendo COMMAND`: the shell's way in. The commands themselves are in `tiendo.doors.commands`."""

from __future__ import annotations

import difflib
import os
import sqlite3
import sys
from collections.abc import Iterator

STOPPED = 130
"""Exit code after Ctrl-C, as shells have it."""
WRONG_CALL = 2


def main() -> None:
    """Run a management command with the project's settings. `add-user` and `add_user` are the same command."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tiendo.config.settings")
    from django.db import Error

    from tiendo.config.environment import SettingError
    from tiendo.doors.commands.troubles import told
    from vanban import usage
    from vanban.lexicon import LexiconError, check_own

    usage.speak_vietnamese()
    try:
        check_own()
        _run(sys.argv.copy())
        sys.stdout.flush()
    except (LexiconError, SettingError) as error:
        sys.exit(f"Lỗi: {error}")
    except BrokenPipeError:  # whoever read the answer has read enough (`tiendo … | head`)
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except (Error, sqlite3.Error, OSError) as error:
        if "--traceback" in sys.argv:
            raise
        sys.exit(f"Lỗi: {told(error)}")
    except KeyboardInterrupt:
        print("\nĐã dừng giữa chừng.", file=sys.stderr)
        sys.exit(STOPPED)


def _run(words: list[str]) -> None:
    import django
    from django.core.management import execute_from_command_line, get_commands

    if len(words) > 1 and not words[1].startswith("-"):
        words[1] = words[1].replace("-", "_")
    django.setup()
    if len(words) == 1 or words[1:] in (["help"], ["--help"], ["-h"]):
        print("\n".join(_overview()))
        return
    if words[1] == "help":
        words = [words[0], words[2].replace("-", "_"), "--help"]
    if not words[1].startswith("-") and words[1] not in get_commands():
        near = difflib.get_close_matches(words[1], get_commands(), 1)
        guess = f" Có phải là “{_written(near[0])}”?" if near else ""
        print(f"Không có lệnh “{_written(words[1])}”.{guess} Gõ “tiendo” để xem các lệnh.", file=sys.stderr)
        sys.exit(WRONG_CALL)
    execute_from_command_line(words)


def _overview() -> Iterator[str]:
    """Our own commands, each with what it does."""
    from django.core.management import get_commands, load_command_class

    ours = sorted(name for name, app in get_commands().items() if app == "tiendo.doors.commands")
    yield "Cách dùng: tiendo LỆNH …    (tiendo LỆNH --help: cách dùng của từng lệnh)"
    yield ""
    for name in ours:
        yield f"  {_written(name):<14} {load_command_class('tiendo.doors.commands', name).help}"
    yield ""
    yield "Ngoài ra có các lệnh của Django, như migrate (cập nhật cơ sở dữ liệu), changepassword (đặt lại mật khẩu)."


def _written(name: str) -> str:
    return name.replace("_", "-")
