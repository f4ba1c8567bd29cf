import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [("journal", "0001_initial")]

    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Entry",
            fields=[
                ("id", models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ("happened_at", models.DateTimeField()),
                ("recorded_at", models.DateTimeField()),
                ("source", models.CharField(max_length=20)),
                ("kind", models.CharField(max_length=40)),
                ("subject_kind", models.CharField(max_length=20)),
                ("subject_id", models.UUIDField()),
                ("actor", models.CharField(blank=True, max_length=20)),
                ("on_behalf_of", models.CharField(blank=True, max_length=20)),
                ("workstation", models.CharField(blank=True, max_length=64)),
                ("data", models.JSONField(default=dict)),
                ("standard_version", models.CharField(blank=True, max_length=80)),
            ],
            options={
                "indexes": [
                    models.Index(
                        fields=["subject_kind", "subject_id", "happened_at"],
                        name="entry_of_subject",
                    ),
                    models.Index(fields=["kind", "happened_at"], name="entry_by_kind"),
                    models.Index(fields=["recorded_at"], name="entry_by_recording"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Seal",
            fields=[
                ("position", models.BigIntegerField(primary_key=True, serialize=False)),
                ("prev", models.CharField(max_length=64)),
                ("hash", models.CharField(max_length=64)),
                ("sealed_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="SealedHead",
            fields=[
                ("position", models.BigIntegerField(primary_key=True, serialize=False)),
                ("hash", models.CharField(max_length=64)),
                ("made_at", models.DateTimeField()),
                ("key", models.CharField(max_length=16)),
                ("signature", models.CharField(max_length=128)),
            ],
        ),
        migrations.CreateModel(
            name="SealingTurn",
            fields=[
                ("id", models.PositiveSmallIntegerField(primary_key=True, serialize=False)),
            ],
        ),
        migrations.CreateModel(
            name="Unsealed",
            fields=[
                (
                    "entry",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="journal.entry",
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="seal",
            name="entry",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="seal",
                to="journal.entry",
            ),
        ),
        migrations.AddConstraint(
            model_name="seal",
            constraint=models.CheckConstraint(
                condition=models.Q(("position__gte", 1)), name="seals_count_from_one"
            ),
        ),
    ]
