"""A reading's stages on the page."""

import pytest

from tiendo.doors.desk.documents.stages import stages_of
from tiendo.work.directives.models import Document


def stages(**fields):
    return {str(row["label"]): row for row in stages_of(Document(**fields))}


def test_the_page_that_is_being_recognised_is_told():
    rows = stages(state=Document.State.QUARANTINED, stage="open 3/10")
    assert rows["Mở tệp"] == {"label": "Mở tệp", "state": "now", "detail": "nhận dạng trang 3/10"}
    assert rows["Đọc bố cục"]["state"] == "waiting"


@pytest.mark.parametrize("state", [Document.State.FAILED, Document.State.READ])
def test_no_page_is_told_when_the_reading_is_over(state):
    assert "detail" not in stages(state=state, stage="open 3/10")["Mở tệp"]
