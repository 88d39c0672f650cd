"""Doing to the audit what its database refuses: the tests' only way past the triggers.

`with tampering():` lifts them, as somebody who owns the database can, and puts them back.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib import import_module

import pytest
from django.db import connection
from django.db.backends.sqlite3.operations import DatabaseOperations

migration = import_module("tiendo.foundation.audit.migrations.0002_append_only")
TIE, UNTIE = migration.TIE["sqlite"], migration.UNTIE["sqlite"]


def _execute(statements: Sequence[str]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


@contextmanager
def tampering() -> Iterator[None]:
    _execute(UNTIE)
    try:
        yield
    finally:
        _execute(TIE)


def let_flush_pass(patch: pytest.MonkeyPatch) -> None:
    """Tests that commit are emptied by Django's flush, which deletes from every table."""
    flush = DatabaseOperations.sql_flush

    def untied(self: DatabaseOperations, style: object, tables: Sequence[str], **more: bool) -> list[str]:
        statements = flush(self, style, tables, **more)
        return [*UNTIE, *statements, *TIE] if "audit_event" in tables else statements

    patch.setattr(DatabaseOperations, "sql_flush", untied)
