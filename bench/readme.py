"""What bench_national.py measured: kept in national.json, and the README's table made from it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
KEPT = HERE / "national.json"
README = HERE.parent / "README.md"
FROM, TO = "<!-- bench: made by `bench_national.py --write` -->", "<!-- /bench -->"


def keep(run: dict[str, Any]) -> None:
    """One run for each engine and size; the README's table again, from all of them."""
    runs = (
        [one for one in json.loads(KEPT.read_text()) if (one["engine"], one["scale"]) != (run["engine"], run["scale"])]
        if KEPT.exists()
        else []
    )
    runs = sorted([*runs, run], key=lambda one: (one["engine"] != "SQLite", one["scale"]))
    KEPT.write_text(json.dumps(runs, indent=1, ensure_ascii=False) + "\n")
    text = README.read_text()
    before, rest = text.split(FROM)
    README.write_text(f"{before}{FROM}\n{table(runs)}\n{TO}{rest.split(TO)[1]}")


def table(runs: list[dict[str, Any]]) -> str:
    """A column for each run, a row for each page and act."""
    heads = ["", *(f"{one['engine']}, {one['counts']['tasks']:,} tasks" for one in runs)]
    lines = [
        ["obligations; size", *(f"{one['counts']['obligations']:,}; {one['gigabytes']} GB" for one in runs)],
        *([f"{page}: CPU; p95", *(_page(one, page) for one in runs)] for page in _pages(runs)),
        ["an update, drafted to handed in: CPU", *(f"{one['acts']['update']} ms" for one in runs)],
        ["raising a month; again", *(_raised(one) for one in runs)],
        ["the morning's run", *(_morning(one) for one in runs)],
        ["`check-tally`", *(f"{one['acts']['check_tally']} s" for one in runs)],
    ]
    rows = [heads, ["---"] * len(heads), *lines]
    where = dict.fromkeys(one["machine"].partition(" · ")[2].rpartition(" · ")[0] for one in runs)
    days = sorted({one["machine"].partition(" ")[0] for one in runs})
    return (
        "\n".join(f"| {' | '.join(row)} |" for row in rows) + f"\n\n{'; '.join(where)}. Measured on {', '.join(days)}."
    )


def _pages(runs: list[dict[str, Any]]) -> list[str]:
    return list(dict.fromkeys(page for one in runs for page in one["pages"]))


def _page(run: dict[str, Any], page: str) -> str:
    """Of the person for whom it is slowest."""
    spent = max(ms for _queries, ms in run["pages"][page].values())
    waited = [ms for name, ms in run["crowd"].items() if name.rpartition(", ")[0] == page]
    return f"{spent} ms" + (f"; {max(waited)} ms" if waited else "")


def _raised(run: dict[str, Any]) -> str:
    new, seconds = run["acts"]["raise_month"]
    return f"{new:,} obligations in {seconds} s; {run['acts']['raise_again'][1]} s"


def _morning(run: dict[str, Any]) -> str:
    reminded, _told, seconds = run["acts"]["daily"]
    return f"{reminded:,} reminders in {seconds} s"
