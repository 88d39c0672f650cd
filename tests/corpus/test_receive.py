"""The sample programme through the shell: from file to open programme, and back from a task to its row."""

import io
import os
from pathlib import Path

import pytest
from django.core.management import call_command

from tiendo.work.directives.models import Duty
from tiendo.work.programmes.models import Programme

CORE = Path(os.environ.get("CORPUS", Path(__file__).parents[3] / "shared" / "corpus")) / "core"
pytestmark = [pytest.mark.corpus, pytest.mark.django_db]


@pytest.fixture
def sample():
    path = CORE / "55-ctr-tu.txt"
    if not path.exists():
        pytest.skip(f"{path} is not there")
    return path


def test_received_confirmed_opened_and_walked_back(office, sample):
    out = io.StringIO()
    call_command(
        "receive",
        str(sample),
        "--office",
        office.body.code,
        "--as",
        office.chief.username,
        "--confirm",
        "--open",
        stdout=out,
    )
    programme = Programme.objects.get()
    assert (programme.symbol, programme.document.state) == ("55-CTr/TU", "approved")
    rows = programme.tasks.filter(duty__origin="table")
    assert rows.count() == 51
    assert set(programme.document.duties.values_list("state", "signed_as")) == {(Duty.State.SIGNED, "bulk")}
    assert "Chờ gán cơ quan" in out.getvalue()
    for task in rows:
        walked = io.StringIO()
        call_command("lineage", str(task.pk), stdout=walked)
        _, _, sentences = walked.getvalue().partition("SHA-256")
        assert task.content.split()[:5] == [word for word in sentences.split() if word in task.content.split()[:5]][:5]


def test_the_same_file_twice_is_one_document_and_one_programme(office, sample):
    for _ in range(2):
        call_command(
            "receive",
            str(sample),
            "--office",
            office.body.code,
            "--as",
            office.chief.username,
            "--confirm",
            "--open",
            stdout=io.StringIO(),
        )
    assert Programme.objects.count() == 1
