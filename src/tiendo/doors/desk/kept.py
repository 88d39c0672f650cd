"""What was typed and sent when nobody was signed in any more, or from a page that had grown old: it is not thrown away.

It travels signed, in the page itself, through signing in; then its sender looks at it and sends it again. Nothing of
it is stored here, so that strangers cannot fill the disk. Files cannot travel so and are asked for again.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.core import signing
from django.http import HttpRequest

SALT = "tiendo.desk.kept"
LIVES = 2 * 3600
"""Seconds in which one signs in again."""
LARGEST = 1_000_000
"""Characters; more is shown to be copied."""
SECRETS = frozenset({"password", "again", "current", "otp", "credential"})
OURS = frozenset({"csrfmiddlewaretoken", "kept", "next"})


@dataclass(frozen=True, slots=True)
class Kept:
    """A form as it was sent: where to, and each name with its value."""

    path: str
    values: tuple[tuple[str, str], ...]
    files: bool = False

    @property
    def words(self) -> list[str]:
        """What a person typed, to be recognised: whole words, not numbers and switches of the form."""
        return list(dict.fromkeys(value.strip() for _, value in self.values if len(value.split()) > 1))

    @property
    def too_large(self) -> bool:
        return sum(len(name) + len(value) for name, value in self.values) > LARGEST

    def sealed(self) -> str:
        return "" if self.too_large else signing.dumps([self.path, self.values, self.files], salt=SALT, compress=True)


def of(request: HttpRequest) -> Kept | None:
    """The form of a request, None when nothing in it is worth keeping. What holds a password is never kept."""
    if request.method != "POST":
        return None
    values = [(name, str(value)) for name, many in request.POST.lists() for value in many if name not in OURS]
    if not any(value.strip() for _, value in values) or SECRETS & {name for name, _ in values}:
        return None
    return Kept(request.get_full_path(), tuple(values), files=bool(request.FILES))


def opened(sealed: str) -> Kept | None:
    """What `sealed` holds; None when it is none of ours, or older than two hours."""
    try:
        path, values, files = signing.loads(sealed, salt=SALT, max_age=LIVES)
    except (signing.BadSignature, ValueError):
        return None
    return Kept(path, tuple((name, value) for name, value in values), files)


def from_here(request: HttpRequest) -> bool:
    """Whether the form stood on a page of this very site: another site's is never offered to be sent again."""
    told = request.headers.get("Sec-Fetch-Site")
    if told:
        return told == "same-origin"
    origin = request.headers.get("Origin", "")
    return origin == f"{request.scheme}://{request.get_host()}" or origin in settings.CSRF_TRUSTED_ORIGINS
