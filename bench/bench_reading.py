"""How fast and in how much memory plain text is read, and whether the time grows as the length does."""

from __future__ import annotations

import tempfile
from pathlib import Path

from measure import CORPUS, against, cpu, machine, median, memory_of_reading, stages
from synthetic import directive

from vanban import read

REAL = CORPUS / "core" / "55-ctr-tu.txt"
BUDGET_MS, BUDGET_MIB = 150, 120
MB = 1_000_000


def main() -> None:
    print(machine())
    with tempfile.TemporaryDirectory() as folder:
        _real(Path(folder))
        _growth(Path(folder))


def _real(folder: Path) -> None:
    path = REAL
    if not path.exists():
        path = folder / "synthetic.txt"
        path.write_bytes(directive(88_000))
        print(f"no {REAL}: a synthetic directive of the same length instead")
    data = path.read_bytes()
    first = cpu(lambda: read(data), 1)[0] * 1000
    warm = [seconds * 1000 for seconds in cpu(lambda: read(data), 20)]
    peak = memory_of_reading(path)
    print(f"\n{path.name}, {len(data) / 1000:.0f} kB")
    print(f"  time    median of 20: {median(warm):6.1f} ms CPU   best {warm[0]:.1f}, first with word lists {first:.1f}")
    print(f"          budget {BUDGET_MS} ms: {against(median(warm), BUDGET_MS)}")
    print(
        f"  memory  peak {peak['peak']:.1f} MiB with the interpreter, {peak['peak'] - peak['bare']:.1f} without"
        f" (reader loaded: {peak['loaded']:.1f})"
    )
    print(f"          budget {BUDGET_MIB} MB: {against(peak['peak'] * 1.048576, BUDGET_MIB)}")
    _breakdown(data)


def _growth(folder: Path) -> None:
    print("\nsynthetic directive (bench/synthetic.py)")
    seconds: dict[int, float] = {}
    for size, times in ((1, 5), (2, 3), (5, 3)):
        data = directive(size * MB)
        seconds[size] = cpu(lambda data=data: read(data), times)[0]
        path = folder / f"{size}.txt"
        path.write_bytes(data)
        peak = memory_of_reading(path)["peak"]
        ratio = seconds[size] / seconds[1]
        print(
            f"  {size} MB  {seconds[size]:6.2f} s CPU  {len(data) / MB / seconds[size]:5.2f} MB/s"
            f"  t({size})/t(1) = {ratio:.2f} (linear: {size}.00)  peak {peak:.0f} MiB"
        )
    _breakdown(directive(MB), directive(5 * MB))


def _breakdown(*texts: bytes) -> None:
    """Milliseconds of each stage; with two texts, also how the second stands to the first."""
    runs = [stages(lambda tell, data=data: read(data, progress=tell), 2) for data in texts]
    print("  stage " + "".join(f"{len(data) / 1000:>11.0f} kB" for data in texts) + ("     ratio" if runs[1:] else ""))
    for name in runs[0]:
        ratio = f"{runs[1][name] / runs[0][name]:10.2f}" if runs[1:] and runs[0][name] > 0.0005 else ""
        print(f"    {name:10}" + "".join(f"{run.get(name, 0) * 1000:9.1f} ms" for run in runs) + ratio)


if __name__ == "__main__":
    main()
