"""The real text through the real story: 55-CTr/TU as opened on 31/01/2024, its bodies as they were merged and ended."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tiendo.work.handovers.seeds import Story
from work.handovers.test_story import tell

CORE = Path(os.environ.get("CORPUS", Path(__file__).parents[3] / "shared" / "corpus")) / "core"
pytestmark = [pytest.mark.corpus, pytest.mark.django_db]


def test_the_real_programme():
    path = CORE / "55-ctr-tu.txt"
    if not path.exists():
        pytest.skip(f"{path} is not there")
    scenes = tell(Story(path.read_bytes(), path.name, ("Tuyên Quang", "Hà Giang")))
    assert scenes[0].tasks == scenes[-1].tasks >= 51
    assert max(scene.orphans for scene in scenes) > 0
    assert scenes[-1].orphans == 0
    merged = "Ban Tuyên giáo và Dân vận Tỉnh ủy"
    before = next(scene for scene in scenes if merged in scene.leads)
    former = scenes[scenes.index(before) - 1].leads
    assert before.leads[merged] <= former["Ban Tuyên giáo Tỉnh ủy"] + former["Ban Dân vận Tỉnh ủy"]
    assert before.leads[merged] >= max(former["Ban Tuyên giáo Tỉnh ủy"], former["Ban Dân vận Tỉnh ủy"])
