import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [
        ("clocks", "0001_initial"),
        ("clocks", "0002_rulings"),
        ("clocks", "0003_fill_rulings"),
    ]

    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="FigureChange",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("rule_id", models.CharField(max_length=80)),
                ("day", models.DateField()),
                ("department", models.CharField(blank=True, max_length=40)),
                ("staff_no", models.CharField(blank=True, max_length=20)),
                ("verdict", models.CharField(max_length=16)),
                ("change", models.IntegerField()),
            ],
        ),
        migrations.CreateModel(
            name="Clock",
            fields=[
                ("id", models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ("subject_kind", models.CharField(max_length=20)),
                ("subject_id", models.UUIDField()),
                ("rule_id", models.CharField(max_length=80)),
                ("rule_from", models.DateField(blank=True, null=True)),
                ("ordinal", models.PositiveSmallIntegerField(default=1)),
                ("pack_digest", models.CharField(max_length=80)),
                ("calendar_version", models.CharField(blank=True, max_length=40)),
                ("facts", models.JSONField(default=dict)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("running", "计时中"),
                            ("warned", "将到期"),
                            ("missed", "已超时"),
                            ("met", "已兑现"),
                            ("paused", "暂停"),
                            ("gap", "缺口"),
                            ("no_promise", "无法承诺"),
                            ("not_applicable", "不适用"),
                            ("cancelled", "已取消"),
                            ("excepted", "例外"),
                            ("not_provable", "无法证明"),
                        ],
                        max_length=16,
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=80)),
                ("started_at", models.DateTimeField(blank=True, null=True)),
                ("warn_at", models.DateTimeField(blank=True, null=True)),
                ("due_at", models.DateTimeField(blank=True, null=True)),
                ("stopped_at", models.DateTimeField(blank=True, null=True)),
                ("paused_at", models.DateTimeField(blank=True, null=True)),
                ("remaining_seconds", models.FloatField(blank=True, null=True)),
                ("judged_at", models.DateTimeField()),
                ("is_open", models.BooleanField()),
                ("urgency_at", models.DateTimeField()),
                ("next_milestone", models.CharField(blank=True, max_length=8)),
                ("next_milestone_at", models.DateTimeField(blank=True, null=True)),
                ("owner_no", models.CharField(blank=True, max_length=20)),
                ("department", models.CharField(blank=True, max_length=40)),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("is_open", True)),
                        fields=["urgency_at", "id"],
                        name="open_clocks",
                    ),
                    models.Index(
                        condition=models.Q(("is_open", True)),
                        fields=["owner_no", "urgency_at", "id"],
                        name="open_clocks_of_owner",
                    ),
                    models.Index(
                        condition=models.Q(("is_open", True)),
                        fields=["department", "urgency_at", "id"],
                        name="open_clocks_of_dept",
                    ),
                    models.Index(fields=["state", "stopped_at"], name="clocks_by_end"),
                    models.Index(
                        condition=models.Q(("next_milestone_at__isnull", False)),
                        fields=["next_milestone_at"],
                        name="clocks_by_milestone",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("subject_kind", "subject_id", "rule_id", "ordinal"),
                        name="one_clock_of_a_rule_at_a_time",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Figure",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "scope",
                    models.CharField(
                        choices=[("all", "全公司"), ("team", "班组"), ("person", "个人")],
                        max_length=6,
                    ),
                ),
                ("department", models.CharField(blank=True, max_length=40)),
                ("staff_no", models.CharField(blank=True, max_length=20)),
                ("day", models.DateField()),
                ("rule_id", models.CharField(max_length=80)),
                ("met", models.IntegerField(default=0)),
                ("missed", models.IntegerField(default=0)),
                ("excepted", models.IntegerField(default=0)),
                ("not_provable", models.IntegerField(default=0)),
                ("gap", models.IntegerField(default=0)),
                ("not_applicable", models.IntegerField(default=0)),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("scope", "all")),
                        fields=[
                            "day",
                            "rule_id",
                            "met",
                            "missed",
                            "excepted",
                            "not_provable",
                            "gap",
                            "not_applicable",
                        ],
                        name="figures_of_all",
                    ),
                    models.Index(
                        condition=models.Q(("scope", "team")),
                        fields=[
                            "department",
                            "day",
                            "rule_id",
                            "met",
                            "missed",
                            "excepted",
                            "not_provable",
                            "gap",
                            "not_applicable",
                        ],
                        name="figures_of_team",
                    ),
                    models.Index(fields=["rule_id", "scope", "day"], name="figures_of_rule"),
                    models.Index(
                        condition=models.Q(("scope", "person")),
                        fields=["staff_no", "day"],
                        name="figures_of_person",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("scope", "department", "staff_no", "day", "rule_id"),
                        name="one_figure_of_a_rule_a_day",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Interval",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("started_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                ("reason", models.CharField(max_length=40)),
                ("evidence", models.CharField(blank=True, max_length=200)),
                (
                    "clock",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="intervals",
                        to="clocks.clock",
                    ),
                ),
            ],
            options={
                "ordering": ["started_at", "id"],
            },
        ),
        migrations.CreateModel(
            name="Ruling",
            fields=[
                ("id", models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ("rule_id", models.CharField(max_length=80)),
                ("clause", models.CharField(blank=True, max_length=24)),
                ("subject_kind", models.CharField(max_length=20)),
                ("subject_id", models.UUIDField()),
                ("ordinal", models.PositiveSmallIntegerField(default=1)),
                (
                    "verdict",
                    models.CharField(
                        choices=[
                            ("running", "计时中"),
                            ("paused", "暂停"),
                            ("met", "做到"),
                            ("missed", "未做到"),
                            ("excepted", "例外"),
                            ("not_provable", "无法证明"),
                            ("gap", "缺口"),
                            ("not_applicable", "不适用"),
                        ],
                        max_length=16,
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=80)),
                ("failed", models.JSONField(default=list)),
                ("due_at", models.DateTimeField(blank=True, null=True)),
                ("decided_at", models.DateTimeField()),
                ("day", models.DateField()),
                ("stage", models.CharField(blank=True, max_length=12)),
                ("department", models.CharField(blank=True, max_length=40)),
                ("staff_no", models.CharField(blank=True, max_length=20)),
                ("rule_from", models.DateField(blank=True, null=True)),
                ("pack_digest", models.CharField(blank=True, max_length=80)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["rule_id", "decided_at", "id"], name="rulings_of_rule"),
                    models.Index(
                        condition=models.Q(("verdict", "missed")),
                        fields=["rule_id", "decided_at", "id"],
                        name="rulings_missed",
                    ),
                    models.Index(
                        fields=["staff_no", "rule_id", "decided_at", "id"],
                        name="rulings_of_person",
                    ),
                    models.Index(
                        condition=models.Q(("verdict__in", ["running", "paused"])),
                        fields=["day", "rule_id", "department", "staff_no"],
                        name="rulings_open",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("subject_kind", "subject_id", "rule_id", "ordinal"),
                        name="one_ruling_of_a_rule_at_a_time",
                    )
                ],
            },
        ),
    ]
