"""The database itself refuses to change or delete an event: `Event.save` and `.delete` keep only those who go through them.

Who owns the database can drop the triggers; that is what the chain and a head kept elsewhere are for (queries.verify).
SQLite makes a table anew when a column changes, and its triggers go with the old one: a migration that alters Event ends
with `migrations.RunPython(append_only, ...)` of this module (tests/foundation/audit/test_append_only.py looks).
"""

from django.db import migrations

WORDS = "audit_event is append-only"

TIE = {
    "sqlite": [
        f"CREATE TRIGGER IF NOT EXISTS audit_event_kept_{act.lower()} BEFORE {act} ON audit_event "
        f"BEGIN SELECT RAISE(ABORT, '{WORDS}'); END"
        for act in ("UPDATE", "DELETE")
    ]
    + [  # REPLACE deletes without asking the trigger above
        "CREATE TRIGGER IF NOT EXISTS audit_event_kept_replace BEFORE INSERT ON audit_event "
        "WHEN EXISTS (SELECT 1 FROM audit_event WHERE id = NEW.id OR sequence = NEW.sequence) "
        f"BEGIN SELECT RAISE(ABORT, '{WORDS}'); END"
    ],
    "postgresql": [
        "CREATE OR REPLACE FUNCTION audit_event_kept() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{WORDS}' USING ERRCODE = 'integrity_constraint_violation'; END $$",
        "CREATE TRIGGER audit_event_kept_rows BEFORE UPDATE OR DELETE ON audit_event "
        "FOR EACH ROW EXECUTE FUNCTION audit_event_kept()",
        "CREATE TRIGGER audit_event_kept_table BEFORE TRUNCATE ON audit_event "
        "FOR EACH STATEMENT EXECUTE FUNCTION audit_event_kept()",
    ],
}
UNTIE = {
    "sqlite": [f"DROP TRIGGER IF EXISTS audit_event_kept_{act}" for act in ("update", "delete", "replace")],
    "postgresql": [
        "DROP TRIGGER IF EXISTS audit_event_kept_rows ON audit_event",
        "DROP TRIGGER IF EXISTS audit_event_kept_table ON audit_event",
        "DROP FUNCTION IF EXISTS audit_event_kept()",
    ],
}


def append_only(apps, schema_editor):
    for statement in TIE.get(schema_editor.connection.vendor, []):
        schema_editor.execute(statement, params=None)


def as_before(apps, schema_editor):
    for statement in UNTIE.get(schema_editor.connection.vendor, []):
        schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):

    dependencies = [
        ('audit', '0001_initial'),
    ]

    operations = [migrations.RunPython(append_only, as_before)]
