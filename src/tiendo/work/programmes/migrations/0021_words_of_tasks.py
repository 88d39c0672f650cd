"""An index of the words of tasks, which the database keeps itself, whoever writes the rows (docs/adr/0012).

It holds `search_text`, which is empty for a restricted task. SQLite's has no positions and no copy of the text: it
reads that from the table, by the task's number.
"""

from django.db import migrations

TABLE, WORDS = "programmes_task", "programmes_task_words"
PUT = f"INSERT INTO {WORDS}(rowid, search_text) VALUES (new.id, new.search_text);"
TAKE = f"INSERT INTO {WORDS}({WORDS}, rowid, search_text) VALUES ('delete', old.id, old.search_text);"
INDEX = {
    "sqlite": [
        f"CREATE VIRTUAL TABLE {WORDS} USING fts5(search_text, content='{TABLE}', content_rowid='id',"
        " columnsize=0, detail=none, prefix='2 3 4', tokenize='unicode61 remove_diacritics 0')",
        f"CREATE TRIGGER {WORDS}_put AFTER INSERT ON {TABLE} BEGIN {PUT} END",
        f"CREATE TRIGGER {WORDS}_take AFTER DELETE ON {TABLE} BEGIN {TAKE} END",
        f"CREATE TRIGGER {WORDS}_change AFTER UPDATE OF search_text ON {TABLE}"
        f" WHEN old.search_text IS NOT new.search_text BEGIN {TAKE} {PUT} END",
        f"INSERT INTO {WORDS}({WORDS}) VALUES ('rebuild')",
    ],
    "postgresql": [
        f"CREATE INDEX {WORDS} ON {TABLE} USING gin"
        " (to_tsvector('simple'::regconfig, regexp_replace(search_text, '[^[:alnum:]]+', ' ', 'g')))"
    ],
}
DROP = {
    "sqlite": [*(f"DROP TRIGGER {WORDS}_{act}" for act in ("put", "take", "change")), f"DROP TABLE {WORDS}"],
    "postgresql": [f"DROP INDEX {WORDS}"],
}


def index(apps, schema_editor):
    for statement in INDEX[schema_editor.connection.vendor]:
        schema_editor.execute(statement, None)


def drop(apps, schema_editor):
    for statement in DROP[schema_editor.connection.vendor]:
        schema_editor.execute(statement, None)


class Migration(migrations.Migration):
    dependencies = [("programmes", "0020_refusals_by_state")]

    operations = [migrations.RunPython(index, drop)]
