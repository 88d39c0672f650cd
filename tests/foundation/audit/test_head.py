"""The end of the chain: gone, moved, or compared with one that was kept elsewhere."""

import pytest
from django.core.management import CommandError, call_command

import factories as make
from tampering import cut
from tiendo.foundation.audit import queries
from tiendo.foundation.audit.actions import events
from tiendo.foundation.audit.models import Head

pytestmark = pytest.mark.django_db


@pytest.fixture
def chain():
    for number in range(1, 5):
        events.record(actor="user:1", verb="x.y.done", subject=f"x.y:{number}", at=make.NOW)
    return queries.end()


def test_an_end_that_is_gone_is_missed(chain):
    Head.objects.all().delete()
    assert queries.verify() == queries.Break(5, "headless")


def test_nothing_at_all_is_whole(db):
    assert queries.verify() is None
    assert queries.end() == (0, "")


def test_a_kept_end_finds_what_the_chain_itself_cannot(chain):
    cut(2)
    assert queries.verify() is None
    assert queries.verify(chain) == queries.Break(3, "cut")


def test_a_kept_end_finds_a_chain_written_anew(chain):
    number, _ = chain
    assert queries.verify((number, "0" * 64)) == queries.Break(number, "replaced")
    assert queries.verify(chain) is None


def test_an_end_kept_earlier_still_fits_a_longer_chain(chain):
    events.record(actor="user:1", verb="x.y.done", subject="x.y:9", at=make.NOW)
    assert queries.verify(chain) is None


def test_the_shell_prints_what_to_keep_and_takes_it_back(chain, capsys):
    call_command("verify_audit")
    said = capsys.readouterr().out
    kept = said.split()[-1]
    assert kept == f"{chain[0]}:{chain[1]}"
    call_command("verify_audit", "--head", kept)
    cut(2)
    with pytest.raises(CommandError, match="phần cuối nhật ký đã bị cắt"):
        call_command("verify_audit", "--head", kept)


@pytest.mark.parametrize("head", ["", "5", "x:y", f"1:{'z' * 64}"])
def test_a_head_that_is_none(chain, head):
    with pytest.raises(CommandError, match="--head phải là"):
        call_command("verify_audit", "--head", head)
