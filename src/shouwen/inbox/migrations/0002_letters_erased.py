from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0001_foundation"),
        ("inbox", "0001_foundation"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="letter",
            name="erased_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddIndex(
            model_name="letter",
            index=models.Index(
                condition=models.Q(("erased_at__isnull", True)),
                fields=["recorded_at"],
                name="letters_not_erased",
            ),
        ),
        migrations.AddConstraint(
            model_name="letter",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("erased_at__isnull", True),
                    models.Q(
                        ("phone", ""),
                        ("place", ""),
                        ("sender", ""),
                        ("sender_name", ""),
                        ("subject", ""),
                        ("words", ""),
                    ),
                    _connector="OR",
                ),
                name="erased_letters_name_nobody",
            ),
        ),
    ]
