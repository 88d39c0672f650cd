"""The pages beside the rows: shown where there are any, words where not or where asked for."""

from __future__ import annotations

from io import BytesIO

import msgspec
import pytest
from PIL import Image

import factories as make
from tiendo.work.directives import pages, storage
from tiendo.work.directives.actions import readings
from vanban import model

pytestmark = pytest.mark.django_db


def on_paper(office, *, form="pdf"):
    """Two rows, each on a page of its own."""
    seen = make.machine(make.row("Việc một", "Sở A"), make.row("Việc hai", "Sở B"))
    places = [
        model.Place(start=span.start, end=span.end, page=page, box=(0.1, 0.2, 0.5, 0.25))
        for page, duty in enumerate(seen.duties, start=1)
        for span in duty.spans
    ]
    return make.read(msgspec.structs.replace(seen, format=form, places=tuple(places)), office=office.body)


@pytest.fixture
def client(office, enter):
    return enter(office.officer)


def page(client, document, query=""):
    return client.get(f"/van-ban/{document.pk}/dong/{query}").content.decode()


def test_the_page_of_the_row_with_the_row_lit(office, client):
    document = on_paper(office)
    first, second = document.duties.all()
    html = page(client, document, f"?row={second.pk}")
    assert f"/van-ban/{document.pk}/trang/2/" in html
    assert f"/van-ban/{document.pk}/trang/1/" not in html
    assert 'id="lit" x="97" y="197" width="406" height="56"' in html
    assert "Trang 2/2" in html
    assert f"/van-ban/{document.pk}/trang/1/" in page(client, document, f"?row={first.pk}")


def test_turning_the_pages(office, client):
    document = on_paper(office)
    first = document.duties.first()
    html = page(client, document, f"?row={first.pk}&trang=2")
    assert f"/van-ban/{document.pk}/trang/2/" in html
    assert 'id="lit"' not in html
    assert "Trang trước" in html
    assert "Trang sau" not in html
    for nonsense in ("0", "3", "-1", "x", "²"):
        assert f"/van-ban/{document.pk}/trang/1/" in page(client, document, f"?row={first.pk}&trang={nonsense}")


def test_the_words_where_asked_for_also_after_an_act(office, client):
    from doors.desk.world import row_form

    document = on_paper(office)
    row = document.duties.first()
    html = page(client, document, f"?row={row.pk}&nguon=chu")
    assert "/trang/" not in html
    assert "<mark" in html
    assert "Xem trang giấy" in html
    answer = client.post(f"/van-ban/{document.pk}/dong/{row.pk}/", row_form(row, act="save") | {"nguon": "chu"})
    assert "nguon=chu" in answer["Location"]


def test_text_has_no_pages(office, client):
    html = page(client, on_paper(office, form="text"))
    assert "<mark" in html
    assert "Xem trang giấy" not in html
    assert "Đang dựng" not in html


def test_a_word_document_on_its_way(office, client):
    document = on_paper(office, form="docx")
    assert "Đang dựng trang giấy" in page(client, document)
    folder = storage.pages(document.sha256, office=document.office_id)
    reading = pages.reading_of(document)
    (folder / "places.json").write_bytes(msgspec.json.encode(reading.places))
    assert f"/van-ban/{document.pk}/trang/1/" in page(client, document)


def test_a_picture_is_of_our_own_making(office, client):
    held = BytesIO()
    Image.new("RGB", (300, 400), "white").save(held, "PNG")
    seen = msgspec.structs.replace(make.machine(make.row("Việc", "Sở A")), format="scan")
    document = make.document(office=office.body, content=held.getvalue())
    readings.record(document=document, content=msgspec.json.encode(seen), at=make.NOW)
    storage.release(document.sha256, office=document.office_id)
    answer = client.get(f"/van-ban/{document.pk}/trang/1/")
    assert answer["Content-Type"] == "image/webp"
    assert "private" in answer["Cache-Control"]
    assert b"".join(answer.streaming_content)[8:12] == b"WEBP"
    assert client.get(f"/van-ban/{document.pk}/trang/2/").status_code == 404


def test_another_office_sees_no_page(office, enter):
    document = on_paper(office)
    stranger = make.person("officer", make.organisation("Sở Lạ", parent=office.root))
    assert enter(stranger).get(f"/van-ban/{document.pk}/trang/1/").status_code in {403, 404}
