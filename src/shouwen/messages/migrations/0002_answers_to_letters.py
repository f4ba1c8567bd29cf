from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("messages", "0001_foundation"),
    ]

    operations = [
        migrations.AddField(
            model_name="message",
            name="answers",
            field=models.CharField(blank=True, max_length=255),
        ),
        migrations.AddField(
            model_name="message",
            name="is_written",
            field=models.BooleanField(default=False),
        ),
    ]
