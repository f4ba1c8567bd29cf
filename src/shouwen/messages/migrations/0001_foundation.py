from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [("messages", "0001_initial")]

    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Message",
            fields=[
                ("id", models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ("key", models.CharField(max_length=160, unique=True)),
                (
                    "channel",
                    models.CharField(
                        choices=[("sms", "短信"), ("mail", "邮件"), ("file", "文件")], max_length=4
                    ),
                ),
                ("recipient", models.CharField(blank=True, max_length=254)),
                ("text_id", models.CharField(max_length=60)),
                ("params", models.JSONField(default=dict)),
                (
                    "language",
                    models.CharField(choices=[("zh", "中文"), ("en", "English")], max_length=2),
                ),
                ("title", models.CharField(blank=True, max_length=200)),
                ("body", models.TextField(blank=True)),
                ("is_urgent", models.BooleanField(default=False)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("queued", "待发"),
                            ("sending", "发送中"),
                            ("sent", "已发出"),
                            ("delivered", "已送达"),
                            ("failed", "失败"),
                            ("suppressed", "不发"),
                        ],
                        max_length=10,
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=20)),
                ("detail", models.CharField(blank=True, max_length=120)),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("round", models.PositiveSmallIntegerField(default=1)),
                ("provider_id", models.CharField(blank=True, max_length=100)),
                ("asked_at", models.DateTimeField()),
                ("due_at", models.DateTimeField()),
                ("sent_at", models.DateTimeField(blank=True, null=True)),
                ("delivered_at", models.DateTimeField(blank=True, null=True)),
                ("erased_at", models.DateTimeField(blank=True, null=True)),
                ("about_kind", models.CharField(max_length=20)),
                ("about_id", models.UUIDField()),
                ("asked_by", models.CharField(blank=True, max_length=16)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["state", "id"], name="messages_by_state"),
                    models.Index(
                        condition=models.Q(("recipient", ""), _negated=True),
                        fields=["channel", "recipient", "due_at"],
                        name="messages_of_recipient",
                    ),
                    models.Index(fields=["about_kind", "about_id"], name="messages_about"),
                    models.Index(
                        condition=models.Q(("provider_id", ""), _negated=True),
                        fields=["provider_id"],
                        name="messages_by_provider",
                    ),
                    models.Index(
                        condition=models.Q(("erased_at__isnull", True)),
                        fields=["asked_at"],
                        name="messages_by_age",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("erased_at__isnull", True),
                            models.Q(("body", ""), ("recipient", ""), ("title", "")),
                            _connector="OR",
                        ),
                        name="erased_messages_name_nobody",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "delivered"), _negated=True),
                            ("delivered_at__isnull", False),
                            _connector="OR",
                        ),
                        name="delivered_messages_say_when",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="OptOut",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "channel",
                    models.CharField(
                        choices=[("sms", "短信"), ("mail", "邮件"), ("file", "文件")], max_length=4
                    ),
                ),
                ("address", models.CharField(max_length=254)),
                ("since", models.DateTimeField()),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                ("noted_by", models.CharField(blank=True, max_length=16)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at__isnull", True)),
                        fields=("channel", "address"),
                        name="one_open_opt_out_per_address",
                    )
                ],
            },
        ),
    ]
