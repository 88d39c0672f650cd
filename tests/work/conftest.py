"""What holds after every test of the acts: the kept counts are what they count."""

from __future__ import annotations

from collections.abc import Iterator

import pytest


@pytest.fixture(autouse=True)
def counts_agree(request: pytest.FixtureRequest) -> Iterator[None]:
    """A module that lays obligations down past the acts overrides it, and says so."""
    marked = request.node.get_closest_marker("django_db")
    if marked is None and not {"db", "transactional_db"} & set(request.fixturenames):
        yield
        return
    request.getfixturevalue("transactional_db" if marked and marked.kwargs.get("transaction") else "db")
    yield
    from tiendo.work.programmes.queries.tally import differences

    assert list(differences()) == []
