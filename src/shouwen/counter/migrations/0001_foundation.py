import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [("counter", "0001_hall")]

    initial = True

    dependencies = [
        ("cases", "0001_foundation"),
        ("customers", "0001_foundation"),
        ("people", "0001_foundation"),
        ("people", "__first__"),
    ]

    operations = [
        migrations.CreateModel(
            name="Seat",
            fields=[
                (
                    "staff",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="seat",
                        serialize=False,
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("counter", models.CharField(max_length=8, unique=True)),
                ("since", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="LastNumber",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("day", models.DateField()),
                ("letter", models.CharField(max_length=1)),
                ("last", models.PositiveIntegerField(default=0)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("day", "letter"), name="one_series_of_a_letter_a_day"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Ticket",
            fields=[
                ("id", models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ("day", models.DateField()),
                ("number", models.CharField(max_length=8)),
                ("business", models.CharField(max_length=20)),
                ("needs_care", models.BooleanField(default=False)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "等候"),
                            ("called", "已叫号"),
                            ("serving", "办理中"),
                            ("done", "办完"),
                            ("not_come", "过号"),
                        ],
                        default="waiting",
                        max_length=8,
                    ),
                ),
                ("taken_at", models.DateTimeField()),
                ("queued_at", models.DateTimeField()),
                ("turns", models.PositiveSmallIntegerField(default=0)),
                ("only_at", models.CharField(blank=True, max_length=8)),
                ("counter", models.CharField(blank=True, max_length=8)),
                ("calls", models.PositiveSmallIntegerField(default=0)),
                ("called_at", models.DateTimeField(blank=True, null=True)),
                ("began_at", models.DateTimeField(blank=True, null=True)),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                ("kind", models.CharField(blank=True, max_length=20)),
                (
                    "case",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="tickets",
                        to="cases.case",
                    ),
                ),
                (
                    "customer",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="customers.customer",
                    ),
                ),
                (
                    "premises",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="customers.premises",
                    ),
                ),
                (
                    "staff",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="tickets",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["day", "state", "queued_at"], name="tickets_of_day"),
                    models.Index(fields=["staff", "day"], name="tickets_of_staff"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("day", "number"), name="one_ticket_of_a_number_a_day"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ["called", "serving"])),
                        fields=("staff",),
                        name="one_customer_at_a_time",
                    ),
                ],
            },
        ),
    ]
