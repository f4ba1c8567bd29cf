import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [
        ("hotline", "0001_initial"),
        ("hotline", "0002_fill_rulings"),
        ("hotline", "0003_lines"),
        ("hotline", "0004_recordings_and_requests"),
        ("hotline", "0005_caller_choices"),
        ("hotline", "0006_call_backs"),
    ]

    initial = True

    dependencies = [
        ("cases", "0001_foundation"),
        ("customers", "0001_foundation"),
        ("people", "0001_foundation"),
        ("people", "__first__"),
    ]

    operations = [
        migrations.CreateModel(
            name="Call",
            fields=[
                ("id", models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ("call_id", models.CharField(max_length=96, unique=True)),
                ("source", models.CharField(default="replay", max_length=16)),
                ("digest", models.CharField(blank=True, max_length=64)),
                (
                    "direction",
                    models.CharField(
                        choices=[("inbound", "呼入"), ("outbound", "呼出")], max_length=10
                    ),
                ),
                ("kind", models.CharField(blank=True, max_length=16)),
                ("number", models.CharField(blank=True, max_length=20)),
                ("queue", models.CharField(blank=True, max_length=40)),
                (
                    "stage",
                    models.CharField(
                        choices=[
                            ("waiting", "排队中"),
                            ("ringing", "振铃中"),
                            ("talking", "通话中"),
                            ("held", "保持中"),
                            ("over", "已结束"),
                        ],
                        default="over",
                        max_length=8,
                    ),
                ),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("answered", "已接"),
                            ("missed", "未接"),
                            ("abandoned", "客户放弃"),
                            ("unknown", "说不清"),
                        ],
                        max_length=10,
                    ),
                ),
                ("arrived_at", models.DateTimeField(blank=True, null=True)),
                ("rang_at", models.DateTimeField()),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                ("ended_by", models.CharField(blank=True, max_length=10)),
                ("cause", models.CharField(blank=True, max_length=40)),
                ("rings", models.PositiveSmallIntegerField(default=0)),
                ("agent_clock", models.FloatField(blank=True, null=True)),
                ("customer_clock", models.FloatField(blank=True, null=True)),
                ("transfers", models.PositiveSmallIntegerField(default=0)),
                ("holds", models.JSONField(default=list)),
                ("unheard", models.JSONField(default=list)),
                ("last_heard_at", models.DateTimeField(blank=True, null=True)),
                ("turns", models.JSONField(default=list)),
                (
                    "case",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="calls",
                        to="cases.case",
                    ),
                ),
                (
                    "staff",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["staff", "rang_at"], name="calls_of_staff"),
                    models.Index(fields=["number", "-rang_at"], name="calls_of_number"),
                    models.Index(
                        condition=models.Q(("stage", "over"), _negated=True),
                        fields=["rang_at", "id"],
                        name="calls_under_way",
                    ),
                    models.Index(fields=["-rang_at", "-id"], name="calls_by_time"),
                ],
            },
        ),
        migrations.CreateModel(
            name="AgentState",
            fields=[
                (
                    "staff",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        serialize=False,
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("off", "离线"),
                            ("not_ready", "示忙"),
                            ("ready", "空闲"),
                            ("ringing", "振铃"),
                            ("talking", "通话中"),
                            ("after_call", "话后整理"),
                        ],
                        default="off",
                        max_length=12,
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=40)),
                ("extension", models.CharField(blank=True, max_length=20)),
                ("since", models.DateTimeField()),
                (
                    "call",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        to="hotline.call",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(
                            models.Q(("extension", ""), _negated=True),
                            models.Q(("status", "off"), _negated=True),
                        ),
                        fields=("extension",),
                        name="one_agent_at_an_extension",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="CallAttempt",
            fields=[
                ("id", models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ("number", models.CharField(blank=True, max_length=20)),
                ("began_at", models.DateTimeField()),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("reached", "reached"),
                            ("no_answer", "no_answer"),
                            ("busy", "busy"),
                            ("wrong_number", "wrong_number"),
                            ("asked_later", "asked_later"),
                            ("not_made", "not_made"),
                        ],
                        max_length=14,
                    ),
                ),
                ("told_at", models.DateTimeField(blank=True, null=True)),
                ("next_at", models.DateTimeField(blank=True, null=True)),
                (
                    "call",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="attempts",
                        to="hotline.call",
                    ),
                ),
                (
                    "promise",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="attempts",
                        to="cases.promise",
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
                "ordering": ["began_at", "id"],
                "indexes": [
                    models.Index(fields=["promise", "began_at"], name="attempts_of_promise"),
                    models.Index(
                        condition=models.Q(("outcome", "")),
                        fields=["staff", "began_at"],
                        name="attempts_under_way",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CallBack",
            fields=[
                (
                    "promise",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="call_back",
                        serialize=False,
                        to="cases.promise",
                    ),
                ),
                ("tries", models.PositiveSmallIntegerField(default=0)),
                (
                    "last_outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("reached", "reached"),
                            ("no_answer", "no_answer"),
                            ("busy", "busy"),
                            ("wrong_number", "wrong_number"),
                            ("asked_later", "asked_later"),
                            ("not_made", "not_made"),
                        ],
                        max_length=14,
                    ),
                ),
                ("next_at", models.DateTimeField(blank=True, null=True)),
                ("over_at", models.DateTimeField(blank=True, null=True)),
                (
                    "caller",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="call_backs_given",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("caller__isnull", False)),
                        fields=["caller"],
                        name="call_backs_given_to",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="CallerChoice",
            fields=[
                ("id", models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ("version", models.PositiveSmallIntegerField()),
                ("chosen_at", models.DateTimeField()),
                (
                    "call",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="choices",
                        to="hotline.call",
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
                        on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "ordering": ["call", "version"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("call", "version"), name="one_choice_of_a_version_per_call"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("premises__isnull", True),
                            ("customer__isnull", False),
                            _connector="OR",
                        ),
                        name="a_chosen_home_has_a_customer",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CallVerdict",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("rule_id", models.CharField(max_length=80)),
                ("ordinal", models.PositiveSmallIntegerField()),
                ("clause", models.CharField(max_length=24)),
                ("verdict", models.CharField(max_length=16)),
                ("turn", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("why_zh", models.CharField(blank=True, max_length=300)),
                ("why_en", models.CharField(blank=True, max_length=300)),
                ("parts", models.JSONField(default=list)),
                ("measured", models.FloatField(blank=True, null=True)),
                (
                    "call",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="verdicts",
                        to="hotline.call",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("call", "ordinal"), name="verdicts_of_a_call_are_numbered"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="LineEvent",
            fields=[
                ("id", models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ("name", models.CharField(max_length=160)),
                (
                    "type",
                    models.CharField(
                        choices=[
                            ("arrived", "arrived"),
                            ("offered", "offered"),
                            ("withdrawn", "withdrawn"),
                            ("answered", "answered"),
                            ("held", "held"),
                            ("resumed", "resumed"),
                            ("transfer_asked", "transfer_asked"),
                            ("transferred", "transferred"),
                            ("hung_up", "hung_up"),
                            ("recorded", "recorded"),
                            ("deaf", "deaf"),
                            ("silent", "silent"),
                        ],
                        max_length=16,
                    ),
                ),
                ("at", models.DateTimeField()),
                ("heard_at", models.DateTimeField()),
                ("offer", models.CharField(blank=True, max_length=96)),
                ("staff_no", models.CharField(blank=True, max_length=16)),
                ("extension", models.CharField(blank=True, max_length=20)),
                ("number", models.CharField(blank=True, max_length=20)),
                ("by", models.CharField(blank=True, max_length=10)),
                ("unanswered", models.BooleanField(default=False)),
                ("queue", models.CharField(blank=True, max_length=40)),
                ("cause", models.CharField(blank=True, max_length=40)),
                ("direction", models.CharField(blank=True, max_length=10)),
                ("media", models.CharField(blank=True, max_length=200)),
                ("number_in_call", models.PositiveIntegerField(default=0)),
                (
                    "call",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="line_events",
                        to="hotline.call",
                    ),
                ),
            ],
            options={
                "ordering": ["at", "id"],
            },
        ),
        migrations.CreateModel(
            name="LineRequest",
            fields=[
                ("id", models.UUIDField(editable=False, primary_key=True, serialize=False)),
                (
                    "what",
                    models.CharField(
                        choices=[
                            ("answer", "接听"),
                            ("hold", "保持"),
                            ("resume", "恢复"),
                            ("transfer", "转接"),
                            ("hang_up", "挂机"),
                            ("dial", "拨号"),
                            ("redirect", "改派"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[("asked", "已请求"), ("done", "已完成"), ("refused", "未能执行")],
                        default="asked",
                        max_length=8,
                    ),
                ),
                ("extension", models.CharField(blank=True, max_length=20)),
                ("to", models.CharField(blank=True, max_length=20)),
                ("queue", models.CharField(blank=True, max_length=40)),
                ("told", models.CharField(blank=True, max_length=200)),
                ("asked_at", models.DateTimeField()),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
                (
                    "call",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        to="hotline.call",
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
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "asked")),
                        fields=["asked_at"],
                        name="requests_to_exchange",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Offer",
            fields=[
                ("id", models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ("offered_at", models.DateTimeField(blank=True, null=True)),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("ringing", "振铃中"),
                            ("answered", "已接"),
                            ("unanswered", "没接"),
                            ("unknown", "说不清"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "call",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="offers",
                        to="hotline.call",
                    ),
                ),
                (
                    "staff",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["offered_at", "id"],
                "indexes": [models.Index(fields=["staff", "-offered_at"], name="offers_of_staff")],
            },
        ),
        migrations.CreateModel(
            name="Recording",
            fields=[
                ("id", models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ("path", models.CharField(max_length=80)),
                ("channels", models.PositiveSmallIntegerField()),
                ("seconds", models.FloatField()),
                ("bytes", models.PositiveBigIntegerField()),
                ("sha256", models.CharField(max_length=64)),
                ("added_at", models.DateTimeField()),
                ("kept_until", models.DateField()),
                ("removed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "call",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="recordings",
                        to="hotline.call",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("removed_at", None)),
                        fields=["kept_until"],
                        name="recordings_to_remove",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("call", "sha256"), name="one_row_a_recording")
                ],
            },
        ),
        migrations.CreateModel(
            name="Replay",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("digest", models.CharField(max_length=64)),
                (
                    "at",
                    models.CharField(
                        choices=[("recorded", "recorded"), ("now", "now")], max_length=10
                    ),
                ),
                ("started_at", models.DateTimeField()),
                ("shifts", models.JSONField(default=dict)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("digest", "at"), name="one_replay_per_file_and_time"
                    )
                ],
            },
        ),
    ]
