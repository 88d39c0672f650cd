"""The index of the words of tasks (migration 0021): the database keeps it; here is what it does not do by itself."""

from __future__ import annotations

from django.db import connection


def forget_words() -> None:
    """Words that were taken out of the index leave its file: SQLite only marks them as gone until it happens to write
    the index together, which is done here. Within the act, seconds among millions of tasks.
    """
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("INSERT INTO programmes_task_words(programmes_task_words) VALUES ('optimize')")
