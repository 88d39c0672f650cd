"""Events are sealed by a key that is not in the database; lists are found by who, what and where.

The column may be null, so that the table is not made anew: not one event is rewritten, and the triggers stay as they are.
What was recorded until now has no seal; an event that says so is added now, and its seal fixes all before it.
"""

from django.conf import settings
from django.db import migrations, models
from django.utils import timezone

from tiendo.foundation.audit.rules import digest, seal


def seal_what_is_there(apps, schema_editor):
    Event, Head = apps.get_model("audit", "Event"), apps.get_model("audit", "Head")
    head = Head.objects.filter(pk=1).first()
    if head is None or head.sequence == 0:
        return
    facts = {
        "sequence": head.sequence + 1,
        "at": timezone.now(),
        "actor": "shell:migrate",
        "verb": "audit.chain.sealed",
        "subject": "audit.chain:1",
        "office": "",
        "data": {"count": head.sequence},
        "previous": head.digest,
    }
    made = digest(**facts)
    Event.objects.create(**facts, digest=made, seal=seal(made, settings.AUDIT_KEYS[-1]))
    head.sequence, head.digest = facts["sequence"], made
    head.save(update_fields=["sequence", "digest"])


class Migration(migrations.Migration):

    dependencies = [
        ('audit', '0002_append_only'),
    ]

    operations = [
        migrations.AddField(
            model_name='event',
            name='seal',
            field=models.CharField(max_length=80, null=True),
        ),
        migrations.AddIndex(
            model_name='event',
            index=models.Index(fields=['actor', 'sequence'], name='audit_event_actor_64bb08_idx'),
        ),
        migrations.AddIndex(
            model_name='event',
            index=models.Index(fields=['verb', 'sequence'], name='audit_event_verb_499cea_idx'),
        ),
        migrations.AddIndex(
            model_name='event',
            index=models.Index(fields=['office', 'sequence'], name='audit_event_office_823700_idx'),
        ),
        migrations.RunPython(seal_what_is_there, migrations.RunPython.noop),
    ]
