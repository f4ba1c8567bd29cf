import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [("knowledge", "0001_initial")]

    initial = True

    dependencies = [
        ("people", "__first__"),
    ]

    operations = [
        migrations.CreateModel(
            name="Article",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("slug", models.SlugField(max_length=60, unique=True)),
                ("title", models.CharField(max_length=80)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("selfhelp", "自助排除"),
                            ("emergency", "险情"),
                            ("procedure", "办理"),
                            ("law", "法规"),
                            ("term", "行话"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "audience",
                    models.CharField(
                        choices=[("customer", "可告诉客户"), ("staff", "只供内部")], max_length=8
                    ),
                ),
                ("keywords", models.JSONField(default=list)),
                ("steps", models.JSONField(default=list)),
                ("stop", models.JSONField(default=list)),
                ("source", models.CharField(max_length=120)),
                (
                    "certainty",
                    models.CharField(
                        choices=[
                            ("L", "读过法规全文"),
                            ("T", "读过转载"),
                            ("R2", "两处以上公开资料"),
                            ("R1", "一处公开资料"),
                            ("K", "行业常识，待核"),
                            ("P", "自拟"),
                            ("E", "估计"),
                        ],
                        max_length=2,
                    ),
                ),
                ("local", models.BooleanField(default=False)),
                ("version", models.PositiveSmallIntegerField(default=1)),
                ("digest", models.CharField(max_length=64)),
                ("loaded_at", models.DateTimeField()),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "indexes": [models.Index(fields=["kind", "slug"], name="articles_by_kind")],
            },
        ),
        migrations.CreateModel(
            name="Unanswered",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("text", models.CharField(max_length=80)),
                ("asked_at", models.DateTimeField()),
                ("call_id", models.UUIDField(blank=True, null=True)),
                ("found", models.PositiveSmallIntegerField(default=0)),
                (
                    "staff",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["-asked_at", "-id"], name="unanswered_newest")],
            },
        ),
    ]
