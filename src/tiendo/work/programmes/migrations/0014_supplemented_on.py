"""The day on which a supplement was handed in. Not told for what is past: it counts as it did."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('programmes', '0013_reminded_of_instructions'),
    ]

    operations = [
        migrations.AddField(model_name=model, name='supplemented_on', field=models.DateField(null=True))
        for model in ('obligation', 'turn')
    ]
