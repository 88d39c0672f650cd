"""Names and phrases are compared with more abbreviations written out: what was kept by the former keys is found again."""

from __future__ import annotations

from django.db import migrations

from tiendo.foundation.organisations.naming import key


def write_keys_anew(apps, schema_editor) -> None:
    """A name whose new key its body has already, for the same office, says nothing more and keeps the former one."""
    name = apps.get_model("organisations", "Name")
    for row in name.objects.only("pk", "text", "key", "organisation_id", "office_id").iterator():
        new = key(row.text)[:300]
        same = name.objects.filter(organisation=row.organisation_id, office=row.office_id, key=new)
        if new != row.key and not same.exists():
            name.objects.filter(pk=row.pk).update(key=new)
    group = apps.get_model("organisations", "Group")
    for row in group.objects.only("pk", "phrase", "key", "office_id").iterator():
        new = key(row.phrase)[:500]
        if new != row.key and not group.objects.filter(office=row.office_id, key=new).exists():
            group.objects.filter(pk=row.pk).update(key=new)


class Migration(migrations.Migration):
    dependencies = [("organisations", "0009_former_paths")]

    operations = [migrations.RunPython(write_keys_anew, migrations.RunPython.noop)]
