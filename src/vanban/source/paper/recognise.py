"""Pages that are pictures, recognised by a child of its own (`scan.py`): one child a document, one page at a time."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec

from vanban.source import confined
from vanban.source.limits import Limits
from vanban.source.paper.page import Box, Page, Rule, Word
from vanban.source.paper.picture import DPI, Picture
from vanban.source.refusals import unreadable

DATA = Path("/usr/share/tesseract-ocr/5/tessdata")
"""Where Debian's package tesseract-ocr-vie puts its data."""
SECONDS = 40
"""For one page; the child is killed then, and the next page has a new one."""
_LIFETIME = 3600
_MEGABYTES = 3072
_PIXELS = 100_000_000
"""Of a picture file: an A3 page at 600 dpi has 70 million."""


_PNG = b"\x89PNG\r\n\x1a\n"
_LACKING = 16 * 1024 * 1024
"""Bytes that a piece of a PNG may lack at the file's end; OpenCV makes room for what a piece says it is long."""

Found = tuple[str, float, float, float, float, float]
"""A word: its text, left, top, right and bottom in pixels, and how sure the recogniser is, 0 to 100."""


class Seen(msgspec.Struct, array_like=True):
    """What the child answers. Rules as (across, at, start, end), in pixels; `lean`: degrees the page was turned by."""

    words: list[Found]
    rules: list[tuple[bool, float, float, float]]
    lean: float = 0.0
    columns: int = 0
    rows: int = 0


def missing() -> str | None:
    """What has to be installed before a scan can be read; None when all is there."""
    if any(importlib.util.find_spec(name) is None for name in ("cv2", "tesserocr", "numpy")):
        return "tiendo[scan]"
    return None if (DATA / "vie.traineddata").is_file() else "tesseract-ocr-vie"


@contextmanager
def recogniser() -> Iterator[Recogniser]:
    """The child is started with the first page, and gone at the end."""
    with confined.folder() as folder:
        one = Recogniser(folder)
        try:
            yield one
        finally:
            one.close()


class Recogniser:
    """None for a page that could not be recognised in time."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._child: subprocess.Popen[bytes] | None = None

    def __call__(self, picture: Picture) -> Page | None:
        head = f"pixels {picture.columns} {picture.rows}\n".encode()
        if not self._ask(head + picture.pixels):
            return None
        return self._page(picture.number, picture.width, picture.height)

    def pages_of(
        self, data: bytes, limits: Limits, progress: Callable[[int, int], None] | None = None
    ) -> Iterator[Page]:
        """The pages of a picture file. Raises Unreadable when there is none, or none large enough to hold letters."""
        sound = not data.startswith(_PNG) or _pieces_fit(data)
        count = self._ask(f"file {len(data)} {limits.scanned}\n".encode() + data) if sound else 0
        if not count:
            raise unreadable("image_broken")
        for number in range(1, count + 1):
            if progress:
                progress(number, count)
            page = self._page(number)
            if page is None:
                raise unreadable("image_broken")
            yield page

    def close(self) -> None:
        if self._child is not None:
            confined.end(self._child)
            self._child = None

    def _page(self, number: int, width: float = 0.0, height: float = 0.0) -> Page | None:
        seen = self._speak(lambda child: msgspec.json.decode(_body(child), type=Seen))
        if seen is None:
            return None
        width, height = width or seen.columns * 72 / DPI, height or seen.rows * 72 / DPI
        across, down = width / seen.columns, height / seen.rows
        words = tuple(
            Word(text, Box(left * across, top * down, right * across, bottom * down), confidence=sure)
            for text, left, top, right, bottom, sure in seen.words
        )
        rules = tuple(
            Rule(level, at * down, start * across, end * across)
            if level
            else Rule(level, at * across, start * down, end * down)
            for level, at, start, end in seen.rules
        )
        return Page(number, width, height, words, rules, scanned=True, lean=seen.lean)

    def _ask(self, request: bytes) -> int:
        """How many pages the child sees in what is asked; 0 when it cannot tell."""

        def put(child: subprocess.Popen[bytes]) -> int:
            assert child.stdin is not None
            child.stdin.write(request)
            child.stdin.flush()
            return int(_line(child))

        return self._speak(put) or 0

    def _speak[T](self, say: Callable[[subprocess.Popen[bytes]], T]) -> T | None:
        """With the child, started where there is none; it is killed when it takes too long or breaks off."""
        child = self._child = self._child or confined.start(
            [
                "env",
                f"OPENCV_IO_MAX_IMAGE_PIXELS={_PIXELS}",
                sys.executable,
                "-m",
                "vanban.source.paper.scan",
                str(DATA),
            ],
            within=self._folder,
            seconds=_LIFETIME,
            megabytes=_MEGABYTES,
        )
        timer = threading.Timer(SECONDS, child.kill)
        timer.start()
        try:
            return say(child)
        except (OSError, ValueError, msgspec.MsgspecError):  # it died, or was killed
            self.close()
            return None
        finally:
            timer.cancel()


def _pieces_fit(data: bytes) -> bool:
    """Whether no piece of a PNG says that it is much longer than the file."""
    at = len(_PNG)
    while at + 8 <= len(data):
        size = int.from_bytes(data[at : at + 4])
        if size > len(data) - at + _LACKING:
            return False
        at += 12 + size
    return True


def _line(child: subprocess.Popen[bytes]) -> bytes:
    assert child.stdout is not None
    return child.stdout.readline()


def _body(child: subprocess.Popen[bytes]) -> bytes:
    size = int(_line(child))
    assert child.stdout is not None
    return child.stdout.read(size)
