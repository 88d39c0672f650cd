import django.db.models.deletion
from django.db import migrations, models


def from_events(apps, schema_editor):
    """Paths that bodies had before they were moved, as the events of those days have them."""
    paths = dict(apps.get_model("organisations", "Organisation").objects.values_list("pk", "path"))
    former = apps.get_model("organisations", "FormerPath")
    offices = apps.get_model("audit", "Event").objects.exclude(office="").order_by().values_list("office", flat=True)
    rows = []
    for office in offices.distinct():
        last = office.strip("/").rpartition("/")[2]
        if last.isdecimal() and paths.get(int(last), office) != office:
            rows.append(former(organisation_id=int(last), path=office))
    former.objects.bulk_create(rows, batch_size=1000)


class Migration(migrations.Migration):

    dependencies = [
        ("audit", "0003_sealed"),
        ("organisations", "0008_planned"),
    ]

    operations = [
        migrations.CreateModel(
            name="FormerPath",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("path", models.CharField(max_length=500)),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="organisations.organisation"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("organisation", "path"), name="one_row_per_body_and_former_path"
                    )
                ],
            },
        ),
        migrations.RunPython(from_events, migrations.RunPython.noop),
    ]
