"""The guided story on our own programme (`make story`), and what it prints."""

from __future__ import annotations

import io
from datetime import date

import pytest
from django.core.management import call_command

from tiendo.doors.commands.base import ShellError
from tiendo.foundation.audit import queries as audit
from tiendo.work.directives.seeds.paper import directive
from tiendo.work.handovers.seeds import Story
from tiendo.work.programmes.models import Assignment, Obligation
from work.handovers.standing_still import check, owed_then, view

pytestmark = pytest.mark.django_db
ISSUED = date(2024, 1, 31)
THEN = date(2024, 6, 30)


def tell(story: Story) -> list:
    """Tell it; at each date nothing was lost and 2024 is as it was."""
    scenes, then = [], None
    for scene in story.tell():
        if then is None:
            named = set(
                Assignment.objects.filter(role="lead", organisation__isnull=False).values_list("task", flat=True)
            )
            then = (view(THEN), set(Obligation.objects.values_list("pk", flat=True)))
            owed = owed_then(THEN)
        check(named)
        assert view(THEN) == then[0], "the 2024 view is unchanged"
        assert [row for row in owed_then(THEN) if row[0] in then[1]] == owed
        assert scene.tasks == (scenes or [scene])[0].tasks
        if scenes and scene.passed.assignments:
            lost = scenes[-1].charges - scene.charges
            assert lost <= scene.passed.assignments, "charges only join, one for each that was passed on"
        scenes.append(scene)
    assert audit.verify() is None
    return scenes


def test_our_own_programme(db):
    scenes = tell(Story(directive("dan_van", today=ISSUED, issued=ISSUED), "61-CTr-TU.docx"))
    assert [scene.orphans for scene in scenes][:4] == [0, 0, 6, 2]
    assert scenes[-1].orphans == 0
    assert "Ban Dân vận Tỉnh ủy" in scenes[0].leads
    assert "Ban Dân vận Tỉnh ủy" not in scenes[-1].leads
    assert scenes[-1].leads["Ban Tuyên giáo và Dân vận Tỉnh ủy"] == 3
    assert scenes[-1].leads["Đảng ủy xã Nậm Khao"] == 1
    assert {scene.tasks for scene in scenes} == {13}


def test_the_command_tells_it_and_only_in_an_empty_house():
    out = io.StringIO()
    call_command("story", stdout=out)
    said = out.getvalue()
    assert "── 01/03/2025 · Ban Tuyên giáo Tỉnh ủy, Ban Dân vận Tỉnh ủy: hợp nhất" in said
    assert "13 nhiệm vụ đang mở; 20 lượt chủ trì = 12 có cơ quan + 6 chưa có nơi nhận + 2 chờ gán" in said
    with pytest.raises(ShellError, match="trống"):
        call_command("story", stdout=out)
