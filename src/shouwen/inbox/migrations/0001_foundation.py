import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [("inbox", "0001_letters")]

    initial = True

    dependencies = [
        ("cases", "0001_foundation"),
        ("people", "__first__"),
    ]

    operations = [
        migrations.CreateModel(
            name="MailboxMark",
            fields=[
                ("name", models.CharField(max_length=120, primary_key=True, serialize=False)),
                ("validity", models.BigIntegerField(default=0)),
                ("last_uid", models.BigIntegerField(default=0)),
                ("read_at", models.DateTimeField(blank=True, null=True)),
                ("away_since", models.DateTimeField(blank=True, null=True)),
                ("away_why", models.CharField(blank=True, max_length=120)),
            ],
        ),
        migrations.CreateModel(
            name="Letter",
            fields=[
                ("id", models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ("key", models.CharField(max_length=64, unique=True)),
                ("receipt", models.CharField(max_length=16, unique=True)),
                (
                    "channel",
                    models.CharField(choices=[("mail", "邮件"), ("web", "网页")], max_length=4),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("new", "待领取"),
                            ("taken", "已领取"),
                            ("in_case", "已立工单"),
                            ("answered", "已答复"),
                            ("set_aside", "垃圾信"),
                            ("automatic", "自动回信"),
                        ],
                        default="new",
                        max_length=10,
                    ),
                ),
                ("arrived_at", models.DateTimeField()),
                ("recorded_at", models.DateTimeField()),
                ("sender_name", models.CharField(blank=True, max_length=60)),
                ("sender", models.CharField(blank=True, max_length=254)),
                ("phone", models.CharField(blank=True, max_length=20)),
                ("place", models.CharField(blank=True, max_length=120)),
                ("subject", models.CharField(blank=True, max_length=200)),
                ("words", models.TextField(blank=True)),
                ("message_id", models.CharField(blank=True, max_length=255)),
                ("automatic", models.CharField(blank=True, max_length=16)),
                ("is_broken", models.BooleanField(default=False)),
                ("consented_at", models.DateTimeField(blank=True, null=True)),
                ("danger", models.JSONField(default=list)),
                ("danger_seen_at", models.DateTimeField(blank=True, null=True)),
                ("taken_at", models.DateTimeField(blank=True, null=True)),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
                ("spam_reason", models.CharField(blank=True, max_length=20)),
                (
                    "case",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="letters",
                        to="cases.case",
                    ),
                ),
                (
                    "danger_seen_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="letters",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "thread",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="cases.case",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["state", "recorded_at", "id"], name="letters_by_state"),
                    models.Index(fields=["recorded_at", "id"], name="letters_by_age"),
                    models.Index(
                        condition=models.Q(("message_id", ""), _negated=True),
                        fields=["message_id"],
                        name="letters_by_message_id",
                    ),
                    models.Index(
                        condition=models.Q(
                            ("danger_seen_at__isnull", True),
                            models.Q(("danger", []), _negated=True),
                        ),
                        fields=["recorded_at"],
                        name="letters_in_danger",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "taken"), _negated=True),
                            ("owner__isnull", False),
                            _connector="OR",
                        ),
                        name="a_taken_letter_has_an_owner",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "in_case"), _negated=True),
                            ("case__isnull", False),
                            _connector="OR",
                        ),
                        name="a_letter_in_a_case_names_it",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="LetterFile",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("ordinal", models.PositiveSmallIntegerField()),
                ("stored_name", models.CharField(blank=True, max_length=40)),
                ("original_name", models.CharField(blank=True, max_length=200)),
                ("media_type", models.CharField(blank=True, max_length=40)),
                ("size", models.PositiveIntegerField(default=0)),
                ("sha256", models.CharField(blank=True, max_length=64)),
                ("refused", models.CharField(blank=True, max_length=8)),
                (
                    "letter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="files",
                        to="inbox.letter",
                    ),
                ),
            ],
            options={
                "ordering": ["ordinal"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("letter", "ordinal"), name="files_of_a_letter_in_order"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("stored_name", ""), ("refused", ""), _connector="XOR"),
                        name="a_file_is_kept_or_refused",
                    ),
                ],
            },
        ),
    ]
