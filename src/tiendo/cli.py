"""`tiendo COMMAND`: the shell's way in. The commands themselves are in `tiendo.doors.commands`."""

import os
import sys


def main() -> None:
    """Run a management command with the project's settings. `add-user` and `add_user` are the same command."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tiendo.config.settings")
    from django.core.management import execute_from_command_line

    from tiendo.config.environment import SettingError

    words = sys.argv.copy()
    if len(words) > 1 and not words[1].startswith("-"):
        words[1] = words[1].replace("-", "_")
    try:
        execute_from_command_line(words)
    except SettingError as error:
        sys.exit(f"Lỗi: {error}")
