"""The day on which an office received the paper on which a report was handed in; empty for reports before."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [("programmes", "0016_told_letters_of_monitors_and_drafts_presented")]

    operations: ClassVar = [
        migrations.AddField(model_name="report", name="received_on", field=models.DateField(null=True)),
    ]
