from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("programmes", "0019_newest_programmes")]

    operations = [
        migrations.AddIndex(
            model_name="refusal", index=models.Index(fields=["state"], name="programmes__state_e33207_idx")
        )
    ]
