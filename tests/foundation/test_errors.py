"""Every error of the house speaks Vietnamese, says something of its own, and keeps its code."""

from __future__ import annotations

import string

import pytest

from tiendo.foundation.accounts import errors as _accounts  # noqa: F401 (each room's branch of the tree)
from tiendo.foundation.audit.errors import TiendoError
from tiendo.foundation.organisations import errors as _organisations  # noqa: F401
from tiendo.work.directives import errors as _directives  # noqa: F401
from tiendo.work.programmes import errors as _programmes  # noqa: F401
from tiendo.work.programmes import errors_of_changes as _changes  # noqa: F401

ERRORS = sorted(TiendoError.__subclasses__(), key=lambda error: error.__module__ + error.__name__)


def _filled(error: type[TiendoError]) -> TiendoError:
    names = [name for _text, name, _spec, _how in string.Formatter().parse(str(error.wording)) if name]
    return error(**dict.fromkeys(names, "X"))


@pytest.mark.parametrize("error", ERRORS, ids=lambda error: error.__name__)
def test_an_error_can_be_told_to_a_user(error):
    told = _filled(error)
    assert told.message == str(told)
    assert "{" not in told.message
    assert told.message[-1] in ".X"
    assert any(ord(letter) > 127 for letter in told.message), "Vietnamese"
    assert 400 <= told.status < 500 or told.status == 507, "507: the disk is full"


def test_codes_are_unique():
    codes = [error.code for error in ERRORS]
    assert len(set(codes)) == len(codes)
    assert "error" not in codes


def test_a_message_can_be_given():
    assert TiendoError("Khác").message == "Khác"
    assert TiendoError().message == str(TiendoError.wording)
