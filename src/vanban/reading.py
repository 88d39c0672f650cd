"""The pipeline: bytes to `Reading`, one station after another."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import msgspec

from vanban import citations, doubts, duties, slips, targets
from vanban import heading as _heading
from vanban import outline as _outline
from vanban.errors import VanbanError
from vanban.model import Doubt, Heading, Outline, Reading, Target
from vanban.sheet import Sheet
from vanban.source import open_sheet
from vanban.source.limits import Limits
from vanban.source.refusals import unreadable

READER = "0.5.0"
"""Version of the reader: raised whenever the same bytes may read differently."""

Progress = Callable[[str], None]


_NO_TARGETS: tuple[Target, ...] = ()
_NO_DOUBTS: tuple[Doubt, ...] = ()


def read(
    data: bytes, *, name: str | None = None, limits: Limits | None = None, progress: Progress | None = None
) -> Reading:
    """Read one document. `progress` is told each stage's name as it begins, and `open 3/10` while the
    third of ten pages is recognised.

    Raises Unreadable, Locked, TooLarge or Classified, and nothing else (but MemoryError where there is none left);
    whatever is merely unclear is a doubt.
    """
    line = _Line(progress or _silent)
    sheet = line.open(data, name, limits)
    outline = line.station("outline", Outline(), _outline.build, sheet)
    heading = line.station("heading", Heading(), _heading.find, sheet, outline)
    cited = line.station("citations", citations.Found((), ()), citations.find, sheet, outline, heading)
    heading = line.station("heading", heading, _with_implemented, heading, sheet, cited, silent=True)
    ordered = line.station("duties", duties.Found(), duties.find, sheet, outline, heading)
    milestones = line.station("targets", _NO_TARGETS, targets.find, sheet, outline)
    slipped = line.station("slips", _NO_DOUBTS, slips.find, sheet, silent=True)
    known = [*line.failed, *ordered.doubts, *slipped]
    doubtful = line.station("doubts", tuple(known), doubts.find, sheet, heading, ordered.duties, known)
    return Reading(
        reader=READER,
        format=sheet.format,
        encoding=sheet.encoding,
        pages=sheet.pages,
        text=sheet.text,
        heading=heading,
        outline=outline,
        citations=cited.citations,
        works=cited.works,
        duties=ordered.duties,
        targets=milestones,
        doubts=doubtful,
        places=sheet.places,
    )


def _with_implemented(heading: Heading, sheet: Sheet, cited: citations.Found) -> Heading:
    found = heading.implements or citations.implemented(heading, sheet, cited.citations)
    return msgspec.structs.replace(heading, implements=found)


def _log(stage: str, error: Exception) -> None:
    import logging  # only now: it is a tenth of what starting takes

    logging.getLogger("vanban").error(stage, exc_info=error)


def _silent(_stage: str) -> None:
    return


@dataclass(slots=True)
class _Line:
    """Runs one station after another. A station that breaks is our mistake, not the document's: the rest is still read,
    the log has the trace, and a blocking doubt says what is missing.
    """

    tell: Progress
    failed: list[Doubt] = field(default_factory=list)

    def open(self, data: bytes, name: str | None, limits: Limits | None) -> Sheet:
        self.tell("open")
        try:
            return open_sheet(data, name=name, limits=limits, progress=lambda page, of: self.tell(f"open {page}/{of}"))
        except (VanbanError, MemoryError):  # memory is the caller's limit, not the document's fault
            raise
        except Exception as error:
            _log("open", error)
            raise unreadable("failed") from error

    def station[T](self, stage: str, empty: T, find: Callable[..., T], *inputs: object, silent: bool = False) -> T:
        if not silent:
            self.tell(stage)
        try:
            return find(*inputs)
        except MemoryError:
            raise
        except Exception as error:  # noqa: BLE001 - whatever it is, the rest is still worth reading
            _log(stage, error)
            self.failed.append(doubts.doubt("station_failed", stage=stage))
            return empty
