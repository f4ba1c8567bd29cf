import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [("people", "0001_initial"), ("people", "0002_shifts_calendar_links")]

    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Department",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.SlugField(max_length=40, unique=True)),
                ("name_zh", models.CharField(max_length=40)),
                ("name_en", models.CharField(max_length=80)),
            ],
            options={
                "ordering": ["code"],
            },
        ),
        migrations.CreateModel(
            name="Line",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.SlugField(max_length=40, unique=True)),
                ("name_zh", models.CharField(max_length=40)),
                ("name_en", models.CharField(max_length=80)),
                (
                    "kind",
                    models.CharField(
                        choices=[("line", "班线"), ("round", "安检批次")],
                        default="line",
                        max_length=8,
                    ),
                ),
            ],
            options={
                "ordering": ["kind", "code"],
            },
        ),
        migrations.CreateModel(
            name="Staff",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("password", models.CharField(max_length=128, verbose_name="password")),
                (
                    "last_login",
                    models.DateTimeField(blank=True, null=True, verbose_name="last login"),
                ),
                ("staff_no", models.CharField(max_length=16, unique=True)),
                ("name", models.CharField(max_length=40)),
                (
                    "gender",
                    models.CharField(blank=True, choices=[("f", "女"), ("m", "男")], max_length=1),
                ),
                ("station", models.CharField(blank=True, max_length=40)),
                ("is_active", models.BooleanField(default=True)),
                ("link_number", models.PositiveIntegerField(default=0)),
                (
                    "department",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="people.department",
                    ),
                ),
            ],
            options={
                "ordering": ["staff_no"],
            },
        ),
        migrations.CreateModel(
            name="CalendarDraft",
            fields=[
                ("id", models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ("years", models.JSONField()),
                ("text", models.TextField()),
                ("digest", models.CharField(max_length=64)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "待审批"),
                            ("published", "已发布"),
                            ("refused", "已退回"),
                        ],
                        default="waiting",
                        max_length=12,
                    ),
                ),
                ("uploaded_at", models.DateTimeField()),
                ("decided_at", models.DateTimeField(null=True)),
                ("version", models.CharField(blank=True, max_length=40)),
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
                    "uploaded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["-uploaded_at", "id"], name="calendar_drafts")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "published"), _negated=True),
                            models.Q(("decided_by", models.F("uploaded_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="nobody_approves_an_own_calendar",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decided_at__isnull", True), ("state", "waiting")),
                            models.Q(
                                models.Q(("state", "waiting"), _negated=True),
                                ("decided_at__isnull", False),
                                ("decided_by__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="decided_calendars_say_by_whom",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Shift",
            fields=[
                ("id", models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ("starts_at", models.DateTimeField()),
                ("ends_at", models.DateTimeField()),
                (
                    "line",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="shifts",
                        to="people.line",
                    ),
                ),
                (
                    "staff",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="shifts",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["line", "starts_at", "ends_at"], name="shifts_of_line"),
                    models.Index(fields=["starts_at"], name="shifts_by_start"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ends_at__gt", models.F("starts_at"))),
                        name="shifts_end_after_they_start",
                    ),
                    models.UniqueConstraint(
                        fields=("staff", "starts_at"), name="one_shift_of_a_person_at_a_time"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="StaffRole",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("agent", "热线坐席"),
                            ("clerk", "营业厅柜员"),
                            ("dispatcher", "调度员"),
                            ("technician", "维修技师"),
                            ("inspector", "安检员"),
                            ("handler", "部门经办"),
                            ("qa", "质检主管"),
                            ("trainer", "培训师"),
                            ("station_manager", "站长"),
                            ("company_manager", "公司经理"),
                            ("editor", "标准编辑"),
                            ("approver", "标准审批"),
                            ("system_admin", "系统管理员"),
                            ("security", "安全管理员"),
                            ("auditor", "审计员"),
                        ],
                        max_length=24,
                    ),
                ),
                (
                    "staff",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="roles",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("staff", "role"), name="one_row_per_role_held"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("role__in", ["auditor", "security", "system_admin"])),
                        fields=("staff",),
                        name="separated_administrators",
                    ),
                ],
            },
        ),
    ]
