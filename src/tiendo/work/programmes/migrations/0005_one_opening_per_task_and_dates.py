from django.db import migrations, models


class Migration(migrations.Migration):
    """Apart from the rows that 0004 moved: PostgreSQL does not alter a table in the transaction that changed its rows."""

    dependencies = [
        ('programmes', '0004_openings_once_and_programmes_searched'),
    ]

    operations = [
        migrations.AddConstraint(
            model_name='opening',
            constraint=models.UniqueConstraint(fields=('task', 'happened_on', 'due'), name='one_opening_per_task_and_dates'),
        ),
    ]
