from vanban.score import Score
from vanban.scoring.facts import Fact
from vanban.scoring.report import scores

RIGHT = Fact("core/a.txt", "heading.kind", "kind", "kế hoạch", "kế hoạch", right=True)
WRONG = Fact("more/b.txt", "heading.kind", "kind", "kế hoạch", None, right=False)
TARGETS = "== mục tiêu"
FOLDERS = {"core/a.txt": "core", "more/b.txt": "more"}


def lines(result, **how):
    return list(scores(result, **{"per_document": False, "misses": False, **how}))


def tables(result):
    """What stands before the wanted shares."""
    shown = lines(result)
    return shown[: shown.index(TARGETS)]


def test_folders_then_the_sum():
    shown = tables(Score((RIGHT, WRONG), FOLDERS, {}))
    titles = [line for line in shown if line.startswith("==")]
    assert titles == ["== core (1 văn bản)", "== more (1 văn bản)", "== tất cả (2 văn bản)"]
    assert shown[-1].split() == ["heading.kind", "1", "2", "1", "100.0%", "50.0%"]


def test_one_folder_is_its_own_sum():
    shown = tables(Score((RIGHT,), {"core/a.txt": "core"}, {}))
    assert [line for line in shown if line.startswith("==")] == ["== core (1 văn bản)"]
    assert shown[-1].endswith("✓")


def test_the_unread_are_always_listed():
    shown = lines(Score((RIGHT,), {"core/a.txt": "core"}, {"core/z.pdf": "unreadable: PDF"}))
    assert shown[-2:] == ["không đọc được: 1 văn bản", "  core/z.pdf: unreadable: PDF"]


def test_a_share_of_nothing_is_a_dash():
    assert "–" in tables(Score((WRONG,), {"more/b.txt": "more"}, {}))[-1]


def test_then_the_wanted_shares_and_what_was_missed_by_cause():
    shown = lines(Score((RIGHT, WRONG), FOLDERS, {}, {"core/a.txt": "text", "more/b.txt": "scan"}))
    of_clean, of_scans, missed = shown[shown.index(TARGETS) + 2 :]
    assert of_clean.split() == ["nguồn", "sạch", "heading.kind", "1", "1", "1", "100.0%", "98%"]
    assert of_scans.split() == ["bản", "quét", "heading.kind", "0", "1", "0", "0.0%", "98%", "chưa", "đạt"]
    assert missed == "  sai heading.kind: 1 chỗ bỏ sót"


def test_documents_and_misses_when_asked_for():
    lost = {WRONG.document: frozenset({WRONG.key})}
    shown = lines(Score((RIGHT, WRONG), FOLDERS, {}, lost=lost), per_document=True, misses=True)
    assert shown[0] == "core/a.txt"
    assert shown[-1] == "more/b.txt heading.kind kind (trước đây đúng)\n    gold:  kế hoạch\n    found: None"
    assert "so với lần trước: thêm 0 chỗ đúng, mất 1 chỗ đúng" in shown
    assert "  more/b.txt: +0 −1" in shown
