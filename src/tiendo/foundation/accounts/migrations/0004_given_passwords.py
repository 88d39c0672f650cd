from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0003_second_factor_and_sso'),
    ]

    operations = [
        migrations.AddField(
            model_name='user',
            name='password_given',
            field=models.BooleanField(default=False),
        ),
    ]
