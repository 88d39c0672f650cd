"""The judge of the comparison: what counts as kept, what as lost."""

import sys
from pathlib import Path

import pytest

BENCH = Path(__file__).parents[1] / "bench"


@pytest.fixture(scope="module")
def bench():
    sys.path[:0] = [str(BENCH), str(BENCH / "reader")]
    import losses
    import papers

    yield losses, papers
    del sys.path[:2]


def cells(row, lead):
    return [row.number, row.content, lead, row.others, row.deadline]


def test_rows_are_the_same_each_time_and_share_their_leads(bench):
    _, papers = bench
    rows = papers.rows_of()
    assert rows == papers.rows_of()
    assert (len(rows), sum(row.leads_for for row in rows)) == (60, 60)
    assert [row.content for row in papers.rows_of(8)] == [row.content for row in rows[:8]]
    assert sum(row.leads_for for row in papers.rows_of(8)) == 8  # no lead cell is wider than the table


def test_whole_rows_leads_heads_and_pieces(bench):
    losses, papers = bench
    rows = papers.rows_of(3)
    whole, bare, cut = cells(rows[0], rows[0].lead), cells(rows[1], ""), cells(rows[2], rows[2].lead)
    half = len(cut[1]) // 2
    made = {
        "rows": [papers.COLUMNS, whole, papers.COLUMNS, bare, [*cut[:1], cut[1][:half], *cut[2:]], ["", cut[1][half:]]]
    }
    kept = losses.judged("rows", made, rows)
    assert (kept.whole, kept.leads, kept.split, kept.heads) == (2, 1, 1, 1)
    assert kept.words > 0.99


def test_a_merged_cell_of_html_stands_in_all_its_rows(bench):
    losses, papers = bench
    rows = papers.rows_of()
    kept = losses.judged("html", papers.web(rows, ["Mở đầu"]), rows)
    assert (kept.whole, kept.leads, kept.split, kept.heads) == (60, 60, 0, 0)


def test_a_scan_may_miss_a_few_letters_and_marks(bench):
    losses, papers = bench
    rows = papers.rows_of(1)
    said = ["1", rows[0].content.replace("ố", "ổ", 1), rows[0].lead.replace("ự", "ư"), "", ""]
    assert losses.judged("rows", {"rows": [said]}, rows).whole == 0
    kept = losses.judged("rows", {"rows": [said]}, rows, scanned=True)
    assert (kept.whole, kept.leads) == (1, 1)


def test_markdown_gives_its_rows(bench):
    losses, papers = bench
    rows = papers.rows_of(1)
    line = "| " + " | ".join(" ".join(cell.split()) for cell in cells(rows[0], rows[0].lead)) + " |"
    assert losses.judged("markdown", f"KẾ HOẠCH\n\n{line}", rows).leads == 1
