"""Each component against its states: what must be read, linked and said is there; what is absent leaves no trace."""

import re
from datetime import date

import pytest
from django import forms

from tiendo.doors.ui.gallery import sample


def text(html):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", html)).strip()


def links(html):
    return re.findall(r'<a[^>]*href="([^"]*)"', html)


def test_each_of_the_four_boxes_is_a_link_with_its_fraction(render):
    boxes = {"total": {"count": 1240, "url": "/t"}}
    boxes |= {name: {"count": n, "url": f"/{name}"} for n, name in enumerate(("done_on_time", "done_late", "in_term"))}
    boxes["overdue"] = {"count": 1004, "url": "/overdue"}
    html = render("ui/fourbox.html", boxes=boxes)
    assert links(html) == ["/done_on_time", "/done_late", "/in_term", "/overdue"]
    assert "1.004/1.240" in text(html)
    assert text(html).count("/1.240") == 4


def test_a_rate_line_prints_its_denominator(render):
    html = render("ui/fourbox.html", boxes={}, lines=[{"label": "Đúng hạn", "part": 12, "whole": 19, "url": "/due"}])
    assert "Đúng hạn: 12/19 (63,2%)" in text(html)
    assert "/due" in links(html)


@pytest.fixture
def table():
    return sample()["table"]


def shown(render, table):
    return render("ui/table.html", table=table, row_template="ui/gallery_row.html")


def test_a_table_says_how_it_is_ordered(render, table):
    html = shown(render, table)
    assert html.count("aria-sort=") == 1
    assert re.search(r'aria-sort="ascending">\s*<a class="sort" id="tasks-sort-4" href="\?sort=-due"', html)
    table["columns"][3]["order"] = "desc"
    assert 'aria-sort="descending"' in shown(render, table)


def test_every_cell_carries_its_label_for_the_cards(render, table):
    body = shown(render, table).partition("<tbody")[2]
    cells = re.findall(r"<t[dh]\b[^>]*>", body)
    assert len(cells) == 18
    assert all('data-label="' in cell for cell in cells)


def test_filters_say_which_one_holds(render, table):
    html = shown(render, table)
    assert re.findall(r'aria-current="true">.*?</svg>([^<]+)', html)[0].strip() == "Quá hạn"
    assert html.count('class="chip"') == 3


def test_quick_links_replace_only_their_list(render, table):
    html = shown(render, table)
    quick = 'hx-boost="true" hx-target="#tasks" hx-select="#tasks" hx-swap="outerHTML show:none"'
    assert html.count(quick) == 3
    assert 'id="tasks"' in html
    assert "hx-boost" not in html.partition("<tbody")[2].partition("</tbody")[0]
    assert re.search(r'href="\?xuat=csv" download', html)


def test_a_part_alone_has_plain_links_unless_it_says_what_they_replace(render, table):
    alone = {name: table[name] for name in ("filters",)}
    assert "hx-" not in render("ui/table.html#filters", table=alone)
    assert 'hx-target="#rows"' in render("ui/table.html#filters", table=alone | {"id": "rows"})


@pytest.mark.parametrize(("total", "words"), [(1240, "1–50/1.240"), (None, "1–50 "), (0, "1–50/0")])
def test_the_pager(render, table, total, words):
    table["pager"] |= {"total": total, "previous_url": "?page=1"}
    html = shown(render, table)
    assert words in text(html)
    assert re.findall(r'rel="(\w+)"', html) == ["prev", "next"]


def test_a_table_without_extras_is_a_table(render, table):
    bare = {"columns": [{"label": "Tên"}], "rows": table["rows"], "caption": "Chỉ có thế"}
    html = shown(render, bare)
    assert 'id="list"' in html
    assert not set(re.findall(r'class="(chips|table-tools|pager)"', html))


def test_an_empty_table_says_what_to_do_next(render):
    empty = {"title": "Chưa có việc.", "text": "Hãy gửi văn bản.", "url": "/gui", "label": "Gửi"}
    html = render("ui/table.html", table={"rows": [], "empty": empty}, row_template="ui/gallery_row.html")
    assert "<table" not in html
    assert text(html) == "Chưa có việc. Hãy gửi văn bản. Gửi"
    assert links(html) == ["/gui"]


def test_empty_without_words(render):
    assert text(render("ui/empty.html")) == "Chưa có gì ở đây."


def test_timeline(render):
    items = [
        {"date": date(2024, 1, 31), "title": "Giao", "url": "/a"},
        {"date": date(2024, 4, 1), "until": date(2024, 6, 30), "title": "Kỳ", "standing": "overdue", "note": "3 ngày"},
        {"label": "Theo chỉ đạo", "title": "Tổng kết", "current": True},
    ]
    html = render("ui/timeline.html", items=items)
    assert text(html) == "31/01/2024 Giao 01/04/2024 – 30/06/2024 Kỳ Quá hạn 3 ngày Theo chỉ đạo Tổng kết"
    assert links(html) == ["/a"]
    assert html.count('aria-current="true"') == 1
    assert 'datetime="2024-06-30"' in html


def test_a_timeline_of_nothing(render):
    assert "Chưa có kỳ" in render("ui/timeline.html", items=[], empty={"title": "Chưa có kỳ nào."})


def test_a_date_explains_itself_from_the_first_on(render):
    data = sample()
    html = render("ui/why_date.html", day=data["day"], chain=data["chain"])
    words = text(html)
    assert words.startswith("30/09/2024 Vì sao là ngày này?")
    assert words.index("Thời hạn đầu tiên") < words.index("Gia hạn")
    for part in ("trước ngày 30/6/2024", "Lý do: Chờ", "Căn cứ: Công văn", "Đề nghị: Sở", "Quyết định: Văn phòng"):
        assert part in words
    assert "#lit" in links(html)
    assert '<details class="why">' in html


def test_a_deadline_without_a_day_shows_its_words(render):
    html = render(
        "ui/why_date.html", words="Theo chỉ đạo", chain=[{"label": "Văn bản", "words": "Theo chỉ đạo"}], open=True
    )
    assert "<time" not in html
    assert text(html) == "Theo chỉ đạo Vì sao chưa có ngày? Văn bản Theo chỉ đạo"
    assert " open>" in html


def test_evidence(render):
    html = render("ui/evidence.html", items=sample()["evidence"])
    words = text(html)
    assert "Số 1025/QĐ-UBND ngày 05 tháng 02 năm 2024 · gửi Ủy ban nhân dân tỉnh" in words
    assert "184,3 kB" in words
    assert "SHA-256 " + "9f2c" * 16 in words
    assert "10:32 28/06/2024" in words


def test_restricted_evidence_is_number_and_date_only(render):
    item = {"kind": "restricted", "title": "Báo cáo riêng", "number": "07-BC", "day": date(2024, 6, 1)}
    html = render("ui/evidence.html", items=[item])
    assert links(html) == []
    assert "hệ thống không giữ nội dung" in html
    assert "icons.svg#lock" in html


def test_a_running_job_asks_again_and_a_finished_one_does_not(render):
    running = render("ui/stages.html", stages=sample()["stages"], poll_url="/van-ban/7/")
    assert 'hx-get="/van-ban/7/" hx-trigger="every 2s" hx-select="#stages"' in running
    done = render("ui/stages.html", stages=[{"label": "Đọc", "state": "done"}], next={"url": "/xem", "label": "Xem"})
    assert "hx-" not in done
    assert links(done) == ["/xem"]


@pytest.mark.parametrize(
    ("state", "word"),
    [("done", "xong"), ("now", "đang làm"), ("waiting", "chờ"), ("failed", "không xong"), ("skipped", "bỏ qua")],
)
def test_a_stage_says_its_state_in_words(render, state, word):
    html = render("ui/stages.html", stages=[{"label": "Đọc", "state": state}])
    assert text(html) == f"Đọc {word}"
    assert ('aria-current="step"' in html) == (state == "now")


def test_a_pages_own_progress_is_not_the_jobs(render):
    html = render("ui/stages.html", stages=[], progress={"total": 51, "signed": 3})
    assert "<progress" not in html


def test_progress_survives_a_reload_because_it_is_the_servers(render):
    html = render("ui/stages.html", stages=[], progress={"done": 1400, "of": 5100, "label": "Dòng"})
    assert 'value="1400" max="5100"' in html
    assert "1.400/5.100" in text(html)


def test_without_a_script_the_page_reloads_itself(render):
    assert render("ui/stages.html#refresh", seconds=7) == '<noscript><meta http-equiv="refresh" content="7"></noscript>'


def test_stepper(render):
    html = render("ui/stepper.html", steps=sample()["steps"])
    assert len(links(html)) == 1
    assert re.search(r'aria-current="step">\s*<span class="step-number">2</span>', html)


def test_the_source_is_lit_in_one_place_and_broken_into_pages(render):
    html = render(
        "{% include 'ui/source.html' with lines=text|lit_lines:spans %}",
        title="Số 12",
        text="<b>\n\fmột hai",
        spans=[(5, 8)],
    )
    assert html.count('id="lit"') == 1
    assert '<mark id="lit">một</mark> hai' in html
    assert "Trang 2" in html
    assert "&lt;b&gt;" in html


@pytest.mark.parametrize(
    ("severity", "words", "icon"),
    [("blocking", "Phải xử lý", "stop"), ("check", "Cần xem lại", "question"), ("note", "Ghi chú", "info")],
)
def test_a_doubt_says_how_much_it_weighs(render, severity, words, icon):
    html = render("ui/doubt.html", doubt={"severity": severity, "message": "Thiếu chủ trì.", "code": "no-lead"})
    assert text(html).startswith(words)
    assert f"icons.svg#{icon}" in html
    assert links(html) == []


class Sample(forms.Form):
    name = forms.CharField(label="Tên", help_text="Viết đủ.")
    agree = forms.BooleanField(label="Đồng ý", required=False)
    kind = forms.ChoiceField(label="Loại", choices=[("a", "A")], widget=forms.RadioSelect)
    file = forms.FileField(label="Tệp", required=False)
    token = forms.CharField(widget=forms.HiddenInput)


def test_a_field_is_tied_to_its_label_help_and_error(render):
    html = render("ui/field.html", field=Sample({})["name"])
    described = re.search(r'aria-describedby="([^"]+)"', html)[1].split()
    assert described == ["id_name_helptext", "id_name_error"]
    assert all(html.count(f'id="{name}"') == 1 for name in described)
    assert '<label class="label" for="id_name">' in html
    assert "(bắt buộc)" in text(html)
    assert 'aria-invalid="true"' in html


def test_a_field_that_may_stay_empty_asks_for_nothing(render):
    html = render("ui/field.html", field=Sample()["agree"])
    assert "bắt buộc" not in html
    assert html.index("<input") < html.index("<label")


def test_a_choice_is_a_group_with_a_legend(render):
    html = render("ui/field.html", field=Sample({})["kind"])
    assert "<legend" in html
    assert re.search(r'<fieldset [^>]*aria-describedby="id_kind_error"', html)


def test_a_hidden_field_is_only_itself(render):
    assert render("ui/field.html", field=Sample()["token"]).count("<") == 1


def test_a_file_is_a_plain_field_first(render):
    html = render("ui/drop.html", field=Sample()["file"])
    assert '<input type="file" name="file"' in html
    assert "data-drop" in html


def test_errors_on_top_lead_to_their_fields(render):
    form = Sample({})
    form.add_error(None, "Kỳ đã chốt.")
    html = render("ui/form_errors.html", form=form)
    assert "#id_name" in links(html)
    assert "Kỳ đã chốt." in text(html)
    assert render("ui/form_errors.html", form=Sample()).strip() == ""


def test_breadcrumbs_end_at_this_page(render):
    html = render("ui/breadcrumbs.html", crumbs=[{"label": "Chương trình", "url": "/p"}, {"label": "Việc 17"}])
    assert links(html) == ["/p"]
    assert '<span aria-current="page">Việc 17</span>' in html


def test_messages(render):
    html = render("ui/messages.html", messages=sample()["messages"])
    assert re.findall(r"notice-(\w+)", html) == ["info", "success", "warning", "error"]
    assert re.findall(r"svg#(\w+)", html) == ["info", "check", "warning", "stop"]
