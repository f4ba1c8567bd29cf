import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [
        ("cases", "0001_initial"),
        ("cases", "0002_casework"),
        ("cases", "0003_kinds_and_incidents"),
    ]

    initial = True

    dependencies = [
        ("customers", "0001_foundation"),
        ("people", "0001_foundation"),
        ("people", "__first__"),
    ]

    operations = [
        migrations.CreateModel(
            name="DayNumber",
            fields=[
                ("day", models.DateField(primary_key=True, serialize=False)),
                ("last", models.PositiveIntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name="Case",
            fields=[
                ("id", models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ("number", models.CharField(max_length=16, unique=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("consultation", "咨询"),
                            ("complaint", "投诉"),
                            ("repair", "报修"),
                            ("alarm", "报警"),
                            ("network_fault", "管网故障"),
                            ("new_connection", "报装"),
                            ("home_service", "上门办理"),
                            ("follow_up", "回访"),
                            ("other", "其他"),
                        ],
                        max_length=16,
                    ),
                ),
                ("leaf", models.CharField(blank=True, max_length=8)),
                (
                    "side",
                    models.CharField(
                        choices=[
                            ("customer", "客户侧"),
                            ("company", "公司侧"),
                            ("network", "管网"),
                            ("unknown", "待定"),
                            ("none", "无"),
                        ],
                        default="none",
                        max_length=12,
                    ),
                ),
                (
                    "severity",
                    models.CharField(
                        blank=True,
                        choices=[("ordinary", "一般"), ("major", "重大")],
                        max_length=12,
                    ),
                ),
                ("said", models.CharField(max_length=200)),
                ("channel", models.CharField(default="phone", max_length=16)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "办理中"),
                            ("closed", "已办结"),
                            ("voided", "已作废"),
                            ("merged", "已并入"),
                        ],
                        default="open",
                        max_length=8,
                    ),
                ),
                ("reported_at", models.DateTimeField()),
                ("opened_at", models.DateTimeField()),
                ("closed_at", models.DateTimeField(blank=True, null=True)),
                ("caller_name", models.CharField(blank=True, max_length=60)),
                ("caller_phone", models.CharField(blank=True, max_length=20)),
                ("place", models.CharField(blank=True, max_length=120)),
                ("version", models.PositiveIntegerField(default=1)),
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
                    "department",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="people.department",
                    ),
                ),
                (
                    "first_asked",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="cases_asked",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "merged_into",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="merged_cases",
                        to="cases.case",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="cases_owned",
                        to=settings.AUTH_USER_MODEL,
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
            ],
            options={
                "indexes": [
                    models.Index(fields=["owner", "state", "reported_at"], name="cases_of_owner"),
                    models.Index(
                        fields=["department", "state", "reported_at"], name="cases_of_dept"
                    ),
                    models.Index(fields=["state", "reported_at", "id"], name="cases_by_age"),
                    models.Index(fields=["caller_phone"], name="cases_by_phone"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("closed_at__isnull", True), ("state", "open")),
                            models.Q(
                                models.Q(("state", "open"), _negated=True),
                                ("closed_at__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="closed_cases_have_a_closing_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("merged_into__isnull", False), ("state", "merged")),
                            models.Q(
                                models.Q(("state", "merged"), _negated=True),
                                ("merged_into__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="merged_cases_name_the_surviving_one",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Attachment",
            fields=[
                ("id", models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ("stored_name", models.CharField(max_length=48, unique=True)),
                ("original_name", models.CharField(max_length=200)),
                ("media_type", models.CharField(max_length=40)),
                ("size", models.PositiveIntegerField()),
                ("sha256", models.CharField(max_length=64)),
                ("added_at", models.DateTimeField()),
                (
                    "added_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="attachments",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="attachments",
                        to="cases.case",
                    ),
                ),
            ],
            options={
                "ordering": ["added_at", "id"],
            },
        ),
        migrations.CreateModel(
            name="AnswerRequest",
            fields=[
                ("id", models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ("question", models.CharField(max_length=300)),
                ("answer", models.CharField(blank=True, max_length=300)),
                ("due_at", models.DateTimeField()),
                (
                    "state",
                    models.CharField(
                        choices=[("asked", "待批"), ("approved", "已批准"), ("refused", "未批准")],
                        default="asked",
                        max_length=10,
                    ),
                ),
                ("asked_at", models.DateTimeField()),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
                ("reason", models.CharField(blank=True, max_length=300)),
                (
                    "answered_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="answers_decided",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="answers_asked",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="answer_requests",
                        to="cases.case",
                    ),
                ),
            ],
            options={
                "ordering": ["asked_at", "id"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "asked")),
                        fields=["asked_at"],
                        name="answers_asked_for",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "asked")),
                        fields=("case",),
                        name="one_open_answer_request_per_case",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("answered_by__isnull", True),
                            models.Q(("answered_by", models.F("asked_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="nobody_approves_an_own_answer",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CaseChange",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("version", models.PositiveIntegerField()),
                ("kind", models.CharField(max_length=40)),
                ("by", models.CharField(max_length=16)),
                ("at", models.DateTimeField()),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="changes",
                        to="cases.case",
                    ),
                ),
            ],
            options={
                "ordering": ["version"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("case", "version"), name="one_change_per_version"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="CaseDetail",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("field", models.SlugField(max_length=40)),
                ("value", models.CharField(max_length=200)),
                ("mask", models.CharField(blank=True, max_length=8)),
                ("bars", models.BooleanField(default=False)),
                ("set_at", models.DateTimeField()),
                ("set_by", models.CharField(max_length=16)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="details",
                        to="cases.case",
                    ),
                ),
            ],
            options={
                "ordering": ["case", "id"],
                "constraints": [
                    models.UniqueConstraint(fields=("case", "field"), name="one_value_of_a_field")
                ],
            },
        ),
        migrations.CreateModel(
            name="CaseGap",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=40)),
                ("flagged_at", models.DateTimeField()),
                ("filled_at", models.DateTimeField(blank=True, null=True)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="gaps",
                        to="cases.case",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("case", "code"), name="one_gap_of_a_kind_per_case"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="CaseLink",
            fields=[
                ("id", models.UUIDField(editable=False, primary_key=True, serialize=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("related", "相关"),
                            ("duplicate", "重复"),
                            ("same_cause", "同一原因"),
                        ],
                        max_length=12,
                    ),
                ),
                ("made_at", models.DateTimeField()),
                ("removed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="links_out",
                        to="cases.case",
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="links_made",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "other",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="links_in",
                        to="cases.case",
                    ),
                ),
            ],
            options={
                "ordering": ["made_at", "id"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("removed_at__isnull", True)),
                        fields=("case", "other", "kind"),
                        name="two_cases_are_linked_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("case", models.F("other")), _negated=True),
                        name="no_link_to_itself",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CaseNote",
            fields=[
                ("id", models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ("text", models.CharField(max_length=300)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="notes",
                        to="cases.case",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Escalation",
            fields=[
                ("id", models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ("clock_id", models.UUIDField()),
                ("due_at", models.DateTimeField()),
                ("rung", models.CharField(max_length=40)),
                ("told_at", models.DateTimeField()),
                ("seen_at", models.DateTimeField(blank=True, null=True)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="escalations",
                        to="cases.case",
                    ),
                ),
                (
                    "staff",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="escalations",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["told_at", "id"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("seen_at__isnull", True)),
                        fields=["staff", "told_at"],
                        name="escalations_unseen",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("clock_id", "due_at", "rung", "staff"), name="nobody_is_told_twice"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Incident",
            fields=[
                ("id", models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ("place", models.CharField(max_length=120)),
                ("zone", models.CharField(blank=True, max_length=60)),
                ("until", models.DateTimeField(blank=True, null=True)),
                ("opened_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                ("outcome", models.CharField(blank=True, max_length=200)),
                (
                    "ended_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "estates",
                    models.ManyToManyField(
                        blank=True, related_name="incidents", to="customers.estate"
                    ),
                ),
                (
                    "lead",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="incident",
                        to="cases.case",
                    ),
                ),
                (
                    "opened_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-opened_at", "id"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("ended_at__isnull", True)),
                        fields=["opened_at"],
                        name="incidents_open",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ended_at__isnull", True),
                            ("ended_by__isnull", False),
                            _connector="OR",
                        ),
                        name="ended_incidents_say_by_whom",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="IncidentCase",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("joined_at", models.DateTimeField()),
                (
                    "told",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("sms", "已发短信答复"),
                            ("call_back", "待回电"),
                            ("before", "先前已办结"),
                        ],
                        max_length=10,
                    ),
                ),
                ("told_at", models.DateTimeField(blank=True, null=True)),
                (
                    "case",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="gathered",
                        to="cases.case",
                    ),
                ),
                (
                    "incident",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="members",
                        to="cases.incident",
                    ),
                ),
                (
                    "joined_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["joined_at", "id"],
            },
        ),
        migrations.CreateModel(
            name="Merge",
            fields=[
                ("id", models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ("made_at", models.DateTimeField()),
                ("undone_at", models.DateTimeField(blank=True, null=True)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="merges",
                        to="cases.case",
                    ),
                ),
                (
                    "into",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="absorptions",
                        to="cases.case",
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="merges_made",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "undone_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="merges_undone",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["made_at", "id"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("undone_at__isnull", True)),
                        fields=("case",),
                        name="a_case_is_merged_into_one",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("case", models.F("into")), _negated=True),
                        name="no_merge_into_itself",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Ownership",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("since", models.DateTimeField()),
                ("until", models.DateTimeField(blank=True, null=True)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="chain",
                        to="cases.case",
                    ),
                ),
                (
                    "staff",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "ordering": ["since", "id"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("until__isnull", True)),
                        fields=("case",),
                        name="one_owner_at_a_time",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PaperEntry",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("paper", models.CharField(max_length=60)),
                ("reason", models.CharField(max_length=24)),
                ("words", models.CharField(blank=True, max_length=200)),
                ("entered_at", models.DateTimeField()),
                (
                    "case",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="paper_entry",
                        to="cases.case",
                    ),
                ),
                (
                    "entered_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="paper_entries",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Printout",
            fields=[
                ("id", models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ("ordinal", models.PositiveSmallIntegerField()),
                ("purpose", models.CharField(max_length=24)),
                ("destroy_on", models.DateField()),
                ("printed_at", models.DateTimeField()),
                ("workstation", models.CharField(blank=True, max_length=60)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="printouts",
                        to="cases.case",
                    ),
                ),
                (
                    "keeper",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="printouts_kept",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "printed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="printouts",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["case", "ordinal"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("case", "ordinal"), name="prints_of_a_case_numbered"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Promise",
            fields=[
                ("id", models.UUIDField(editable=False, primary_key=True, serialize=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[("call_back", "回电"), ("answer", "答复"), ("visit", "上门")],
                        max_length=12,
                    ),
                ),
                ("words", models.CharField(max_length=200)),
                ("made_at", models.DateTimeField()),
                ("due_at", models.DateTimeField()),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "在走"), ("kept", "已兑现"), ("withdrawn", "已撤回")],
                        default="open",
                        max_length=10,
                    ),
                ),
                ("kept_at", models.DateTimeField(blank=True, null=True)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="promises",
                        to="cases.case",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="promises",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["due_at", "id"],
                "indexes": [
                    models.Index(fields=["owner", "state", "due_at"], name="promises_of_owner")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "kept"), ("kept_at__isnull", False)),
                            models.Q(
                                models.Q(("state", "kept"), _negated=True),
                                ("kept_at__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="kept_promises_have_a_time",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ShiftHandover",
            fields=[
                ("id", models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ("note", models.CharField(max_length=300)),
                ("offered_at", models.DateTimeField()),
                (
                    "from_staff",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="shifts_handed_over",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "to_department",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="shifts",
                        to="people.department",
                    ),
                ),
                (
                    "to_staff",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="shifts_received",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["offered_at", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("to_staff__isnull", False),
                            ("to_department__isnull", False),
                            _connector="XOR",
                        ),
                        name="a_shift_goes_to_a_person_or_a_department",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Handover",
            fields=[
                ("id", models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ("note", models.CharField(max_length=300)),
                ("offered_at", models.DateTimeField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("offered", "待接收"),
                            ("accepted", "已接收"),
                            ("refused", "已退回"),
                            ("withdrawn", "已撤回"),
                        ],
                        default="offered",
                        max_length=10,
                    ),
                ),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
                ("refusal", models.CharField(blank=True, max_length=300)),
                (
                    "answered_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="offers_answered",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="handovers",
                        to="cases.case",
                    ),
                ),
                (
                    "from_staff",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="offers_made",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "offered_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reassignments",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "to_department",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="offers",
                        to="people.department",
                    ),
                ),
                (
                    "to_staff",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="offers_received",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "shift",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="handovers",
                        to="cases.shifthandover",
                    ),
                ),
            ],
            options={
                "ordering": ["offered_at", "id"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "offered")),
                        fields=("case",),
                        name="one_open_handover_per_case",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("to_staff__isnull", False),
                            ("to_department__isnull", False),
                            _connector="XOR",
                        ),
                        name="a_handover_goes_to_a_person_or_a_department",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="VoidRequest",
            fields=[
                ("id", models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ("reason", models.CharField(max_length=24)),
                ("words", models.CharField(blank=True, max_length=300)),
                ("asked_at", models.DateTimeField()),
                (
                    "state",
                    models.CharField(
                        choices=[("asked", "待批"), ("approved", "已批准"), ("refused", "未批准")],
                        default="asked",
                        max_length=10,
                    ),
                ),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
                (
                    "answered_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="voids_answered",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="voids_asked",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="void_requests",
                        to="cases.case",
                    ),
                ),
            ],
            options={
                "ordering": ["asked_at", "id"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "asked")),
                        fields=("case",),
                        name="one_open_void_request_per_case",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("answered_by__isnull", True),
                            models.Q(("answered_by", models.F("asked_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="nobody_approves_what_they_asked_for",
                    ),
                ],
            },
        ),
    ]
