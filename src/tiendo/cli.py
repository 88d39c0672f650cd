"""`tiendo COMMAND`: the shell's way in. The commands themselves are in `tiendo.doors.commands`."""

import os
import sys


def main() -> None:
    """Run a management command with the project's settings."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tiendo.config.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)
