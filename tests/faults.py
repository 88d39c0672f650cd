"""`tiendo check-tally` and `tiendo verify-audit` as somebody runs them: after work they hold, after a fault not."""

from __future__ import annotations

import io
import re
from collections.abc import Callable

import pytest
from django.core.management import call_command
from django.db.models import F

from tampering import tampering
from tiendo.doors.commands.base import ShellError
from tiendo.foundation.audit.models import Event
from tiendo.work.programmes.models import Tally

Shell = Callable[..., str]


def said(command: str, *arguments: str) -> str:
    """What a command prints. Raises ShellError, on which it leaves with code 1 (doors/commands/test_cli.py)."""
    out = io.StringIO()
    call_command(command, *arguments, stdout=out)
    return out.getvalue()


def both_hold(shell: Shell = said) -> None:
    assert "Số đếm đúng" in shell("check_tally")
    assert re.search("Nhật ký nguyên vẹn|sự kiện còn trong nhật ký đều khớp nhau", shell("verify_audit"))


def both_are_found(shell: Shell = said) -> None:
    """A number of the cube, and a word of an event in the middle, are changed past the house; and put right again."""
    Tally.objects.filter(pk=Tally.objects.order_by("-n").values("pk")[:1]).update(n=F("n") + 1)
    with pytest.raises(ShellError, match="1 ô đếm sai"):
        shell("check_tally")
    assert "Đã sửa 1 ô" in shell("check_tally", "--repair")
    middle = Event.objects.order_by("sequence")[Event.objects.count() // 2]
    with tampering():
        Event.objects.filter(pk=middle.pk).update(actor="shell:nobody")
    with pytest.raises(ShellError, match=f"không còn nguyên vẹn ở sự kiện số {middle.sequence}"):
        shell("verify_audit")
    with tampering():
        Event.objects.filter(pk=middle.pk).update(actor=middle.actor)
    both_hold(shell)
