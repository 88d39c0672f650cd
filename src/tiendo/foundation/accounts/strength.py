"""How soon a password would be guessed: by the words and passwords that leaked most often, and by ours."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from zxcvbn import zxcvbn

ENOUGH = 3
"""zxcvbn's score from which a password withstands guessing against stolen digests of a slow kind: 10^8 tries."""
READ = 72
"""Characters that are looked at: what is longer is strong enough by then, and takes time."""


class GuessValidator:
    """For settings.AUTH_PASSWORD_VALIDATORS. Nothing leaves the machine: the lists come with zxcvbn and with us."""

    def validate(self, password: str, user: Any = None) -> None:
        """Raises ValidationError."""
        if zxcvbn(password[:READ], user_inputs=[*words(), *_own(user)])["score"] < ENOUGH:
            raise ValidationError(
                _("Mật khẩu này dễ đoán. Hãy ghép bốn, năm từ không liên quan với nhau."), code="guessed"
            )

    def get_help_text(self) -> str:
        return _("Không dùng mật khẩu dễ đoán: hãy ghép bốn, năm từ không liên quan với nhau.")


@cache
def words() -> tuple[str, ...]:
    """What Vietnamese offices choose, folded: passwords.txt."""
    lines = (Path(__file__).parent / "passwords.txt").read_text(encoding="utf-8").splitlines()
    return tuple(line.strip() for line in lines if line.strip() and not line.startswith("#"))


def _own(user: Any) -> list[str]:
    """A person's own names, whole and in parts."""
    told = [getattr(user, name, "") or "" for name in ("username", "full_name", "email")]
    return [part for text in told for part in (text, "".join(text.split()), *text.replace("@", " ").split()) if part]
