"""The child's side of a document's pages, without Django: a Word document printed, a picture taken of a page.

Run as `python -m tiendo.work.directives.child_pages SECONDS MEGABYTES print PATH KIND TEXT FOLDER` (it writes
`print.pdf` and `places.json`) or `… picture PATH NUMBER TARGET`. What it cannot do, it leaves undone.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from msgspec.json import encode

from tiendo.work.directives import child

PRINT, PLACES = "print.pdf", "places.json"


def put(target: Path, body: bytes) -> None:
    """Whole, or not at all."""
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_name(f".{target.name}-{os.getpid()}")
    part.write_bytes(body)
    part.replace(target)


def main() -> None:
    seconds, megabytes, verb, path, *rest = sys.argv[1:]
    child.limit(int(seconds), int(megabytes))
    from vanban import pages

    data = Path(path).read_bytes()
    if verb == "picture":
        number, target = rest
        shown = pages.picture(data, int(number))
        if shown is not None:
            put(Path(target), shown)
        return
    kind, text, folder = rest
    made = pages.printed(data, kind=kind, text=Path(text).read_text(encoding="utf-8"))
    if made is not None:
        put(Path(folder) / PRINT, made.pdf)
        put(Path(folder) / PLACES, encode(made.places))


if __name__ == "__main__":
    main()
