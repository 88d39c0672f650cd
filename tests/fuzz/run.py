"""`make fuzz MINUTES=30`: damaged files against the reader, for so many minutes of CPU, each in a child of its own.

Starts from our own seeds and from the corpus where it is (damaged copies are never kept in the repository). A damaged
file that reaches a new line of the reader is damaged further. Findings go to FOLDER, one file of each kind, to be cut
down by hand and kept in tests/fuzz/seeds.
"""

from __future__ import annotations

import argparse
import gc
import hashlib
import os
import random
import resource
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "src")]

from fuzz import mutations, originals, watched  # noqa: E402

CORPUS = Path(os.environ.get("CORPUS", ROOT.parent / "shared" / "corpus"))
_LARGEST = 300_000
_HELD = 4_000
"""Damaged files that reached something new and are damaged further."""
_EVERY = 200
"""Reads between two lines of progress."""
_SLOW = 5.0
"""Seconds: the slowest file beyond these is kept beside the findings."""
_RARELY = {"picture": 0.06, "office": 0.02}
"""Tesseract and LibreOffice take seconds: so often their kinds are chosen."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=30)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--findings", type=Path, default=ROOT / "var" / "fuzz")
    asked = parser.parse_args()
    asked.findings.mkdir(parents=True, exist_ok=True)
    run = Run(random.Random(asked.seed), asked.findings)
    while spent() < asked.minutes * 60:
        run.step()
    run.tell()


def spent() -> float:
    """Seconds of CPU so far, the children's too."""
    both = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in both)


class Run:
    def __init__(self, chance: random.Random, folder: Path) -> None:
        self.chance = chance
        self.folder = folder
        self.held: dict[str, list[bytes]] = {}
        self.known: set[str] = set()
        self.came: dict[str, int] = {}
        self.findings: dict[str, int] = {}
        self.reads = 0
        self.slowest = self.largest = 0.0
        for data in [*originals.made(), *corpus()]:
            self.held.setdefault(mutations.family(data), []).append(data)
        for kind, files in self.held.items():
            for data in files[:4] if kind not in _RARELY else ():
                watched.warmed(data)
        print({kind: len(files) for kind, files in self.held.items()}, flush=True)
        gc.freeze()

    def step(self) -> None:
        kind = self.kind()
        data = mutations.mutated(self.chance.choice(self.held[kind]), self.lent(), self.chance)
        self.reads += 1
        outcome = watched.watched(data, self.known)
        self.came[outcome.came] = self.came.get(outcome.came, 0) + 1
        if outcome.seconds > max(self.slowest, _SLOW):
            (self.folder / "slowest.bin").write_bytes(data)
        self.slowest = max(self.slowest, outcome.seconds)
        self.largest = max(self.largest, outcome.megabytes)
        if outcome.finding:
            self.found(data, outcome)
        elif outcome.new and len(self.held[kind]) < _HELD:
            self.held[kind].append(data)
        self.known |= outcome.new
        if self.reads % _EVERY == 0:
            self.tell()

    def kind(self) -> str:
        for kind, share in _RARELY.items():
            if kind in self.held and self.chance.random() < share:
                return kind
        return self.chance.choice([kind for kind in self.held if kind not in _RARELY])

    def lent(self) -> bytes:
        return self.chance.choice(self.held[self.chance.choice(list(self.held))])

    def found(self, data: bytes, outcome: watched.Outcome) -> None:
        """The smallest file of each kind of finding is kept."""
        first = outcome.finding not in self.findings
        self.findings[outcome.finding] = self.findings.get(outcome.finding, 0) + 1
        name = hashlib.sha256(outcome.finding.encode()).hexdigest()[:12]
        kept = self.folder / f"{name}.bin"
        if not kept.exists() or kept.stat().st_size > len(data):
            kept.write_bytes(data)
            (self.folder / f"{name}.txt").write_text(f"{outcome.finding}\n{outcome.trace}")
        if first:
            print(f"FOUND {outcome.finding} ({name})", flush=True)

    def tell(self) -> None:
        came = ", ".join(f"{what} {count}" for what, count in sorted(self.came.items(), key=lambda one: -one[1])[:9])
        print(
            f"{spent() / 60:5.1f} min CPU, {self.reads} reads, {len(self.known)} lines,"
            f" slowest {self.slowest:.1f} s, largest {self.largest:.0f} MB, {len(self.findings)} findings; {came}",
            flush=True,
        )


def corpus() -> list[bytes]:
    """Files of the corpus, small enough to be damaged often."""
    paths = sorted(path for path in CORPUS.rglob("*") if path.is_file() and path.suffix not in {".json", ".csv", ".md"})
    return [path.read_bytes() for path in paths if path.stat().st_size <= _LARGEST and "_scan" not in path.name]


if __name__ == "__main__":
    main()
