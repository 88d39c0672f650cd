"""What was typed and sent when nobody was signed in any more, or from a page that had grown old: it is not thrown away.

It travels signed, in the page itself, through signing in; then its sender looks at it and sends it again. Nothing of
it is stored here, so that strangers cannot fill the disk and nothing stays that may not be kept. Files cannot travel
so: their names do, and the page that sends it again has a place for each to be chosen anew.
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
    files: tuple[tuple[str, str], ...] = ()
    """Of each file the field in which it was chosen, and its name."""

    @property
    def file_fields(self) -> dict[str, list[str]]:
        """Field → names of the files that were chosen in it."""
        return {field: [name for other, name in self.files if other == field] for field, _ in self.files}

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
    files = [(field, file.name or "") for field, many in request.FILES.lists() for file in many]
    if not (files or any(value.strip() for _, value in values)) or SECRETS & {name for name, _ in values}:
        return None
    return Kept(request.get_full_path(), tuple(values), tuple(files))


def opened(sealed: str) -> Kept | None:
    """What `sealed` holds; None when it is none of ours, or older than two hours."""
    try:
        path, values, files = signing.loads(sealed, salt=SALT, max_age=LIVES)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return Kept(path, tuple((name, value) for name, value in values), tuple((field, name) for field, name in files))


def from_here(request: HttpRequest) -> bool:
    """Whether the form stood on a page of this very site: another site's is never offered to be sent again."""
    told = request.headers.get("Sec-Fetch-Site")
    if told:
        return told == "same-origin"
    origin = request.headers.get("Origin", "")
    return origin == f"{request.scheme}://{request.get_host()}" or origin in settings.CSRF_TRUSTED_ORIGINS
