import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [("editions", "0001_editions"), ("editions", "0002_whatif")]

    initial = True

    dependencies = [
        ("people", "__first__"),
    ]

    operations = [
        migrations.CreateModel(
            name="Edition",
            fields=[
                ("id", models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ("number", models.PositiveIntegerField(blank=True, null=True, unique=True)),
                ("name", models.CharField(max_length=60)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "草案"),
                            ("submitted", "待审批"),
                            ("published", "已发布"),
                            ("refused", "已退回"),
                            ("discarded", "已作废"),
                        ],
                        default="draft",
                        max_length=12,
                    ),
                ),
                ("revision", models.PositiveIntegerField(default=1)),
                ("folder", models.CharField(max_length=80)),
                ("digest", models.CharField(blank=True, max_length=64)),
                ("seal", models.CharField(blank=True, max_length=64)),
                ("faults", models.JSONField(default=list)),
                ("effective_on", models.DateField(blank=True, null=True)),
                ("clauses", models.JSONField(default=list)),
                ("started_at", models.DateTimeField()),
                ("saved_at", models.DateTimeField()),
                ("submitted_at", models.DateTimeField(blank=True, null=True)),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
                ("reason", models.CharField(blank=True, max_length=300)),
                ("published_at", models.DateTimeField(blank=True, null=True)),
                (
                    "base",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="editions.edition",
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "editor",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "submitted_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-started_at"],
                "indexes": [
                    models.Index(fields=["state", "-started_at", "id"], name="editions_by_state")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "published"), _negated=True),
                            models.Q(("base__isnull", True), ("number", 1)),
                            models.Q(
                                ("base__isnull", False),
                                ("decided_by__isnull", False),
                                ("editor__isnull", False),
                                ("submitted_by__isnull", False),
                                models.Q(("decided_by", models.F("editor")), _negated=True),
                                models.Q(("decided_by", models.F("submitted_by")), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="nobody_approves_an_own_edition",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("number__isnull", False),
                                ("published_at__isnull", False),
                                ("state", "published"),
                            ),
                            models.Q(
                                models.Q(("state", "published"), _negated=True),
                                ("number__isnull", True),
                                ("published_at__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="published_editions_are_numbered",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["submitted", "published"]), _negated=True),
                            models.Q(("seal", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="submitted_editions_are_sealed",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Hand",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "edition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="hands",
                        to="editions.edition",
                    ),
                ),
                (
                    "staff",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("edition", "staff"), name="one_hand_of_a_person_in_an_edition"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Passing",
            fields=[
                ("id", models.UUIDField(editable=False, primary_key=True, serialize=False)),
                (
                    "purpose",
                    models.CharField(
                        choices=[("preview", "预览"), ("move", "重判")], max_length=8
                    ),
                ),
                ("folder", models.CharField(max_length=80)),
                ("effective_on", models.DateField(blank=True, null=True)),
                ("to_look_at", models.PositiveIntegerField(default=0)),
                ("looked_at", models.PositiveIntegerField(default=0)),
                ("moved", models.PositiveIntegerField(default=0)),
                ("newly_overdue", models.PositiveIntegerField(default=0)),
                ("handed_out", models.PositiveIntegerField(default=0)),
                ("done", models.PositiveIntegerField(default=0)),
                ("is_handed_out", models.BooleanField(default=False)),
                ("began_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                (
                    "edition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="passings",
                        to="editions.edition",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        fields=["edition", "purpose", "-began_at"], name="passings_of_edition"
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("purpose", "move")),
                        fields=("edition", "effective_on"),
                        name="clocks_are_moved_once_a_day_of_an_edition",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ClockMove",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("clock_id", models.UUIDField()),
                ("subject_kind", models.CharField(max_length=20)),
                ("subject_id", models.UUIDField()),
                ("rule_id", models.CharField(max_length=80)),
                ("department", models.CharField(blank=True, max_length=40)),
                ("owner_no", models.CharField(blank=True, max_length=20)),
                ("old_state", models.CharField(max_length=16)),
                ("new_state", models.CharField(max_length=16)),
                ("old_due_at", models.DateTimeField(blank=True, null=True)),
                ("new_due_at", models.DateTimeField(blank=True, null=True)),
                ("is_newly_overdue", models.BooleanField()),
                ("rank", models.PositiveSmallIntegerField()),
                ("urgency_at", models.DateTimeField()),
                (
                    "passing",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="moves",
                        to="editions.passing",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        fields=["passing", "rank", "urgency_at", "id"], name="moves_in_order"
                    ),
                    models.Index(
                        fields=["passing", "department", "rank", "urgency_at", "id"],
                        name="moves_of_department",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("passing", "clock_id"), name="a_clock_moves_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="WhatIfRun",
            fields=[
                ("id", models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ("revision", models.PositiveIntegerField()),
                ("since", models.DateField()),
                ("until", models.DateField()),
                ("asked_at", models.DateTimeField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "等待开始"),
                            ("running", "试算中"),
                            ("done", "完成"),
                            ("cancelled", "已取消"),
                            ("failed", "失败"),
                        ],
                        default="waiting",
                        max_length=10,
                    ),
                ),
                ("parts", models.PositiveIntegerField(default=0)),
                ("parts_done", models.PositiveIntegerField(default=0)),
                ("judged", models.PositiveIntegerField(default=0)),
                ("outcome", models.JSONField(default=dict)),
                ("error", models.CharField(blank=True, max_length=300)),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "edition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="whatif_runs",
                        to="editions.edition",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["edition", "-asked_at"], name="whatif_of_edition")
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ["waiting", "running"])),
                        fields=("edition",),
                        name="a_draft_is_tried_once_at_a_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("since__lte", models.F("until"))),
                        name="whatif_days_are_in_order",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="WhatIfPart",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveIntegerField()),
                ("subject_kind", models.CharField(max_length=20)),
                ("subjects", models.BinaryField()),
                ("is_done", models.BooleanField(default=False)),
                ("tally", models.JSONField(default=dict)),
                (
                    "run",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="pieces",
                        to="editions.whatifrun",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("run", "number"), name="parts_of_a_run_are_numbered"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="WhatIfFlip",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("rule_id", models.CharField(max_length=80)),
                ("subject_kind", models.CharField(max_length=20)),
                ("subject_id", models.UUIDField()),
                ("ordinal", models.PositiveSmallIntegerField()),
                (
                    "turn",
                    models.CharField(
                        choices=[
                            ("added", "多出的超时"),
                            ("saved", "少掉的超时"),
                            ("other", "其他变化"),
                        ],
                        max_length=6,
                    ),
                ),
                ("old", models.CharField(max_length=16)),
                ("new", models.CharField(max_length=16)),
                ("began_at", models.DateTimeField()),
                ("old_due_at", models.DateTimeField(blank=True, null=True)),
                ("new_due_at", models.DateTimeField(blank=True, null=True)),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                ("department", models.CharField(blank=True, max_length=40)),
                (
                    "run",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="flips",
                        to="editions.whatifrun",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["run", "turn", "id"], name="whatif_flips_by_turn"),
                    models.Index(
                        fields=["run", "rule_id", "turn", "id"], name="whatif_flips_of_rule"
                    ),
                ],
            },
        ),
    ]
