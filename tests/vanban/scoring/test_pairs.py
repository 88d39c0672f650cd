import json

from vanban.scoring.pairs import pairs


def made(root, *paths):
    for path in paths:
        target = root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(json.dumps({"heading": {"kind": path}}) if path.endswith(".json") else "x", "utf-8")
    return root


def names(root):
    return [pair.name for pair in pairs(root)]


def test_a_document_and_the_gold_beside_it(tmp_path):
    root = made(tmp_path, "b.gold.json", "b.txt", "a.txt", "a.gold.json", "lone.txt", "missing.gold.json")
    assert names(root) == [f"{root.name}/a.txt", f"{root.name}/b.txt"]
    assert next(iter(pairs(root))).gold == {"heading": {"kind": "a.gold.json"}}


def test_folders_below_are_walked_in_order(tmp_path):
    made(tmp_path, "z/a.txt", "z/a.gold.json", "core/b.md", "core/b.gold.json")
    assert [(pair.name, pair.folder) for pair in pairs(tmp_path)] == [("core/b.md", "core"), ("z/a.txt", "z")]


def test_other_formats_take_the_gold_of_the_tasks(tmp_path):
    made(tmp_path, "tasks/a.gold.json", "tasks/a.md", "formats/a.docx", "formats/a_scan.pdf", "formats/other.docx")
    assert names(tmp_path) == ["formats/a.docx", "formats/a_scan.pdf", "tasks/a.md"]
    assert [name.partition("/")[2] for name in names(tmp_path / "formats")] == ["a.docx", "a_scan.pdf"]


def test_rows_of_a_publishing_site(tmp_path):
    made(tmp_path, "headings/a.txt")
    (tmp_path / "headings" / "headings.csv").write_text(
        "file,symbol,kind,issuer,date\na.txt,1/KH,Kế hoạch,Tỉnh X,1/2/2031\n", "utf-8"
    )
    (pair,) = pairs(tmp_path)
    assert (pair.name, pair.site["symbol"], pair.gold) == ("headings/a.txt", "1/KH", {})


def test_a_folder_without_a_gold_has_nothing(tmp_path):
    made(tmp_path, "papers/a.pdf")
    assert names(tmp_path) == []


def test_only_the_folder_of_copies_borrows_golds(tmp_path):
    made(tmp_path, "tasks/a.gold.json", "tasks/a.md", "headings/a.txt")
    assert names(tmp_path) == ["tasks/a.md"]
