from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [("jobs", "0001_initial"), ("jobs", "0002_periods_and_dropped_jobs")]

    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Period",
            fields=[
                ("name", models.CharField(max_length=60, primary_key=True, serialize=False)),
                ("last_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="Job",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(max_length=60)),
                ("key", models.CharField(max_length=200, unique=True)),
                ("payload", models.JSONField(default=dict)),
                ("queue", models.CharField(default="default", max_length=20)),
                ("priority", models.SmallIntegerField(default=0)),
                ("asked_at", models.DateTimeField()),
                ("run_at", models.DateTimeField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("ready", "待办"),
                            ("running", "进行中"),
                            ("done", "完成"),
                            ("dead", "失败"),
                            ("dropped", "放弃"),
                        ],
                        default="ready",
                        max_length=8,
                    ),
                ),
                ("lease_until", models.DateTimeField(blank=True, null=True)),
                ("lease_token", models.UUIDField(blank=True, null=True)),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("last_error", models.TextField(blank=True)),
                ("done_at", models.DateTimeField(blank=True, null=True)),
                ("dropped_by", models.CharField(blank=True, max_length=16)),
                ("drop_reason", models.CharField(blank=True, max_length=200)),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "ready")),
                        fields=["queue", "priority", "run_at", "id"],
                        name="jobs_ready",
                    ),
                    models.Index(
                        condition=models.Q(("state", "running")),
                        fields=["queue", "lease_until"],
                        name="jobs_leased",
                    ),
                    models.Index(
                        condition=models.Q(("state", "dead")), fields=["id"], name="jobs_dead"
                    ),
                    models.Index(
                        condition=models.Q(("done_at__isnull", False)),
                        fields=["state", "done_at"],
                        name="jobs_ended",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("lease_token__isnull", False),
                                ("lease_until__isnull", False),
                                ("state", "running"),
                            ),
                            models.Q(
                                models.Q(("state", "running"), _negated=True),
                                ("lease_token__isnull", True),
                                ("lease_until__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="only_running_jobs_are_leased",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("done_at__isnull", False), ("state__in", ["done", "dropped"])
                            ),
                            models.Q(
                                models.Q(("state__in", ["done", "dropped"]), _negated=True),
                                ("done_at__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="ended_jobs_say_when",
                    ),
                ],
            },
        ),
    ]
