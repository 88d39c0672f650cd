"""Through which door an act comes, where that is worth keeping beside who did it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_door: ContextVar[str] = ContextVar("door", default="")


@contextmanager
def through(door: str) -> Iterator[None]:
    """What is recorded within says through which door it came (`via`).

    At the shell whoever has the machine acts in the name of a person, without that person's password.
    """
    token = _door.set(door)
    try:
        yield
    finally:
        _door.reset(token)


def via() -> dict[str, str]:
    """What an event's data say of it: nothing for the usual door, the pages."""
    return {"via": door} if (door := _door.get()) else {}
