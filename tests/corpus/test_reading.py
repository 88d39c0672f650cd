"""The reader on real documents, which stand beside the repository; skipped where they are not there."""

import os
from pathlib import Path

import pytest

from vanban import read
from vanban.errors import VanbanError
from vanban.model import Reading
from vanban.scoring.pairs import pairs

CORPUS = Path(os.environ.get("CORPUS", Path(__file__).parents[3] / "shared" / "corpus"))
pytestmark = [pytest.mark.corpus, pytest.mark.skipif(not CORPUS.is_dir(), reason=f"no corpus at {CORPUS}")]
FILES = sorted(path for path in CORPUS.glob("*/*") if path.suffix in {".txt", ".md", ".docx", ".doc", ".pdf", ".html"})


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_every_file_is_read_or_refused_by_name(path):
    try:
        reading = read(path.read_bytes(), name=path.name)
    except VanbanError as error:
        refusal = error
    else:
        assert all(0 <= where.start <= where.end <= len(reading.text) for where in _spans(reading))
        assert "station_failed" not in {doubt.code for doubt in reading.doubts}
        return
    assert path.suffix not in {".txt", ".md", ".docx"}
    assert refusal.reason in {"scan_missing", "html_empty"}


def _spans(reading: Reading):
    yield from (span for duty in reading.duties for span in duty.spans)
    yield from (citation.span for citation in reading.citations)
    yield from (target.span for target in reading.targets)
    yield from reading.heading.spans.values()
    yield from (doubt.span for doubt in reading.doubts if doubt.span)


def test_a_gold_has_its_document():
    found = list(pairs(CORPUS))
    assert {pair.folder for pair in found} >= {"core", "tasks", "citations", "headings", "formats"}
    assert all(pair.path.is_file() for pair in found)


@pytest.mark.parametrize("path", sorted(CORPUS.glob("formats/*.docx")), ids=lambda path: path.name)
def test_a_document_laid_out_as_docx_orders_what_its_text_orders(path):
    text = CORPUS / "tasks" / f"{path.stem}.md"
    from_docx, from_text = _rows(read(path.read_bytes())), _rows(read(text.read_bytes()))
    assert abs(len(from_docx) - len(from_text)) <= 1 + len(from_text) // 20


def _rows(reading: Reading):
    """Prose is found by sentences, which the two layouts break differently."""
    return [duty for duty in reading.duties if duty.origin != "prose"]


def test_a_table_with_one_row_on_a_line_reads_like_the_same_table_between_bars():
    name = "tvpl_c5d930a5fc8373cd"
    flat = _rows(read((CORPUS / "headings" / f"{name}.txt").read_bytes()))
    bars = _rows(read((CORPUS / "tasks" / f"{name}.md").read_bytes()))
    assert [(duty.number, duty.leads, duty.coordinators, duty.deadline) for duty in flat] == [
        (duty.number, duty.leads, duty.coordinators, duty.deadline) for duty in bars
    ]
