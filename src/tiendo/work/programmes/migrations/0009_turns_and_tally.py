"""What stood before there was a ledger: whose hands it lay in, and the cube."""

from collections import Counter
from datetime import timedelta, timezone

from django.db import migrations

VIETNAM = timezone(timedelta(hours=7))
BATCH = 1000


def forwards(apps, schema_editor):
    Obligation, Turn, Tally = (apps.get_model('programmes', name) for name in ('Obligation', 'Turn', 'Tally'))
    cells, rows = Counter(), []
    for one in Obligation.objects.order_by('pk').iterator(chunk_size=BATCH):
        cells[_cell(one)] += 1
        turns = _turns(one)
        Turn.objects.bulk_create(Turn(obligation=one, **turn) for turn in turns)
        rows.append(one)
        if len(rows) == BATCH:
            Obligation.objects.bulk_update(rows, ['held_since'])
            rows = []
    Obligation.objects.bulk_update(rows, ['held_since'])
    Tally.objects.bulk_create(
        [
            Tally(programme_id=programme, organisation_id=body, role='lead', standing=standing, state=state, due=due, n=n)
            for (programme, body, standing, state, due), n in cells.items()
        ],
        batch_size=BATCH,
    )


def _turns(one):
    """Of each obligation its open days and those in which it waited for its confirmation, as far as they are known."""
    raised = one.raised_at.astimezone(VIETNAM).date()
    one.held_since = raised
    found = []
    for state, until in (('open', one.submitted_on), ('submitted', one.confirmed_on)):
        if until is None or one.state == 'open':
            break
        if until > one.held_since:
            submitted = one.submitted_on if state == 'submitted' else None
            found.append({
                'since': one.held_since, 'until': until, 'organisation_id': one.organisation_id,
                'confirming_id': one.confirming_id, 'state': state, 'due': one.due,
                'supplement_due': one.supplement_due, 'submitted_on': submitted,
            })
            one.held_since = until
    return found


def _cell(one):
    state, due = one.state, one.due
    if state in ('submitted', 'confirmed'):
        state += '_late' if one.submitted_on > one.due else ''
    else:
        due = one.supplement_due or one.due
    return one.programme_id, one.organisation_id, one.standing, state, due


class Migration(migrations.Migration):

    dependencies = [
        ('programmes', '0008_ledger'),
    ]

    operations = [
        migrations.RunPython(forwards, migrations.RunPython.noop),
    ]
