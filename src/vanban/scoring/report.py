"""What the shell prints of a Score: a table for each folder, the sum, and what was asked for beside them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from vanban.score import Score
from vanban.scoring.facts import Sum, sums
from vanban.scoring.targets import causes, targets


def scores(result: Score, *, per_document: bool, misses: bool) -> Iterator[str]:
    """A Score as tables: folders, then the sum; the unread always, the rest when asked for."""
    if per_document:
        for name in sorted(result.folders):
            yield from _table(name, result.of_document(name))
    folders = sorted(set(result.folders.values()))
    for folder in folders:
        documents = sum(name == folder for name in result.folders.values())
        yield from _table(f"== {folder} ({documents} văn bản)", result.of_folder(folder))
    if len(folders) > 1:
        yield from _table(f"== tất cả ({len(result.folders)} văn bản)", sums(result.facts))
    yield from _targets(result)
    yield from _unread(result)
    yield from _since(result)
    if misses:
        for fact in result.misses():
            mark = " (trước đây đúng)" if fact.key in result.lost.get(fact.document, ()) else ""
            yield f"{fact.document} {fact.field} {fact.item}{mark}\n    gold:  {fact.gold}\n    found: {fact.found}"


def _targets(result: Score) -> Iterator[str]:
    """Each wanted share, by source and by family, with what it came to; then what was missed there, counted."""
    yield "== mục tiêu"
    yield f"  {'':<28}{'':<24}{'đúng':>7}{'gold':>7}{'đọc':>7}{'F1':>9}{'muốn':>8}"
    for one in targets(result.facts, result.formats, result.families):
        counted = f"{one.sum.right:>7}{one.sum.n:>7}{one.sum.found:>7}"
        mark = "" if one.met else "  chưa đạt"
        yield f"  {one.group:<28}{one.field:<24}{counted}{one.share:>9.1%}{one.wanted:>8.0%}{mark}"
    for (name, cause), count in sorted(causes(result.facts, result.formats).items()):
        yield f"  sai {name}: {count} chỗ {cause}"


def _since(result: Score) -> Iterator[str]:
    """What was gained and lost against the last run, document by document."""
    gained, lost = (sum(map(len, table.values())) for table in (result.gained, result.lost))
    if gained or lost:
        yield f"so với lần trước: thêm {gained} chỗ đúng, mất {lost} chỗ đúng"
    for name in sorted({*result.gained, *result.lost}):
        yield f"  {name}: +{len(result.gained.get(name, ()))} −{len(result.lost.get(name, ()))}"


def _unread(result: Score) -> Iterator[str]:
    if result.unread:
        yield f"không đọc được: {len(result.unread)} văn bản"
        yield from (f"  {name}: {reason}" for name, reason in sorted(result.unread.items()))


def _table(title: str, table: Mapping[str, Sum]) -> Iterator[str]:
    yield title
    yield f"  {'':<26}{'đúng':>7}{'gold':>7}{'đọc':>7}{'chính xác':>11}{'đầy đủ':>9}"
    for name, one in table.items():
        shares = f"{_share(one.precision):>11}{_share(one.recall):>9}"
        yield f"  {name:<26}{one.right:>7}{one.n:>7}{one.found:>7}{shares}{'  ✓' if one.exact else ''}"


def _share(value: float | None) -> str:
    return "–" if value is None else f"{value:.1%}"
