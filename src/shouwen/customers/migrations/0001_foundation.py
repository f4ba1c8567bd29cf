import uuid

import django.db.models.deletion
from django.db import migrations, models

import shouwen.customers.models.searching


class Migration(migrations.Migration):
    replaces = [
        ("customers", "0001_initial"),
        ("customers", "0002_registers"),
        ("customers", "0005_billing_rows"),
    ]

    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="BillingRow",
            fields=[
                ("account_no", models.CharField(max_length=24, primary_key=True, serialize=False)),
                (
                    "balance",
                    models.DecimalField(blank=True, decimal_places=2, max_digits=11, null=True),
                ),
                (
                    "reading",
                    models.DecimalField(blank=True, decimal_places=3, max_digits=12, null=True),
                ),
                ("read_on", models.DateField(blank=True, null=True)),
                ("card", models.CharField(blank=True, max_length=16)),
                ("card_at", models.DateTimeField(blank=True, null=True)),
                ("as_of", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="Estate",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=60, unique=True)),
                ("aliases", models.JSONField(blank=True, default=list)),
                ("station", models.CharField(blank=True, max_length=40)),
            ],
            options={
                "ordering": ["name"],
            },
        ),
        migrations.CreateModel(
            name="ImportBatch",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("digest", models.CharField(max_length=64, unique=True)),
                ("file_name", models.CharField(max_length=200)),
                ("rows", models.PositiveIntegerField()),
                ("done_rows", models.PositiveIntegerField(default=0)),
                ("started_at", models.DateTimeField()),
                ("revealed_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("done_rows__lte", models.F("rows"))),
                        name="an_import_has_no_more_rows_than_its_file",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Customer",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("name", models.CharField(max_length=60)),
                ("surname", models.CharField(blank=True, max_length=8)),
                (
                    "title",
                    models.CharField(
                        blank=True,
                        choices=[("先生", "先生"), ("女士", "女士"), ("", "未知")],
                        max_length=8,
                    ),
                ),
                (
                    "special_care",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("elderly", "老"),
                            ("frail", "弱"),
                            ("ill", "病"),
                            ("disabled", "残"),
                        ],
                        max_length=16,
                    ),
                ),
                (
                    "merged_into",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="merged_from",
                        to="customers.customer",
                    ),
                ),
                (
                    "batch",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="customers.importbatch",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("merged_into__isnull", True),
                            models.Q(("merged_into", models.F("id")), _negated=True),
                            _connector="OR",
                        ),
                        name="nobody_is_merged_into_themselves",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Merge",
            fields=[
                ("id", models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ("moved", models.JSONField(default=dict)),
                ("merged_at", models.DateTimeField()),
                ("merged_by", models.CharField(max_length=20)),
                ("undone_at", models.DateTimeField(blank=True, null=True)),
                (
                    "kept",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="merges",
                        to="customers.customer",
                    ),
                ),
                (
                    "merged",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="customers.customer",
                    ),
                ),
            ],
            options={
                "ordering": ["-merged_at"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("undone_at__isnull", True)),
                        fields=("merged",),
                        name="merged_once_at_a_time",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Phone",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.CharField(db_index=True, max_length=20)),
                (
                    "customer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="phones",
                        to="customers.customer",
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("customer", "number"), name="one_row_per_number"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Premises",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("building", models.CharField(blank=True, max_length=12)),
                ("unit", models.CharField(blank=True, max_length=12)),
                ("flat", models.CharField(blank=True, max_length=12)),
                ("place_name", models.CharField(blank=True, max_length=60)),
                (
                    "customer_class",
                    models.CharField(
                        choices=[
                            ("residential", "居民"),
                            ("commercial", "商业"),
                            ("industrial", "工业"),
                            ("heating", "采暖"),
                            ("public", "公福"),
                        ],
                        default="residential",
                        max_length=16,
                    ),
                ),
                (
                    "batch",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="customers.importbatch",
                    ),
                ),
                (
                    "estate",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="premises",
                        to="customers.estate",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("estate", "building", "unit", "flat", "place_name"),
                        name="one_premises_per_address",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Occupancy",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "relation",
                    models.CharField(
                        choices=[("owner", "户主"), ("tenant", "租户"), ("contact", "联系人")],
                        max_length=12,
                    ),
                ),
                ("since", models.DateField()),
                ("until", models.DateField(blank=True, null=True)),
                (
                    "customer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="occupancies",
                        to="customers.customer",
                    ),
                ),
                (
                    "premises",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="occupancies",
                        to="customers.premises",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("customer", "premises", "since"), name="one_occupancy_per_start"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("until__isnull", True)),
                        fields=("customer", "premises"),
                        name="nobody_lives_twice_in_one_home",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("until__isnull", True),
                            ("until__gt", models.F("since")),
                            _connector="OR",
                        ),
                        name="occupancy_ends_after_it_starts",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Meter",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("serial", models.CharField(db_index=True, max_length=40)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("diaphragm", "膜式表"),
                            ("prepaid", "IC 卡表"),
                            ("remote", "远传表"),
                            ("industrial", "流量计"),
                        ],
                        default="diaphragm",
                        max_length=12,
                    ),
                ),
                ("installed_on", models.DateField()),
                ("removed_on", models.DateField(blank=True, null=True)),
                (
                    "premises",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="meters",
                        to="customers.premises",
                    ),
                ),
            ],
            options={
                "ordering": ["-installed_on", "id"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("removed_on__isnull", True)),
                        fields=("serial",),
                        name="a_meter_is_in_one_place",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("removed_on__isnull", True),
                            ("removed_on__gt", models.F("installed_on")),
                            _connector="OR",
                        ),
                        name="a_meter_is_removed_after_it_is_installed",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Attribute",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "name",
                    models.CharField(
                        choices=[
                            ("customer_class", "用气类别"),
                            ("zone", "区域"),
                            ("supply", "供气状态"),
                            ("meter_place", "表的位置"),
                        ],
                        max_length=20,
                    ),
                ),
                ("value", models.CharField(max_length=20)),
                ("since", models.DateField()),
                (
                    "premises",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="attributes",
                        to="customers.premises",
                    ),
                ),
            ],
            options={
                "ordering": ["name", "-since"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("premises", "name", "since"),
                        name="one_value_of_an_attribute_per_day",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Appliance",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("cooker", "灶具"),
                            ("water_heater", "热水器"),
                            ("boiler", "壁挂炉"),
                            ("alarm", "报警器"),
                            ("hose", "连接软管"),
                            ("other", "其他"),
                        ],
                        max_length=16,
                    ),
                ),
                ("make", models.CharField(blank=True, max_length=60)),
                ("made_on", models.DateField(blank=True, null=True)),
                ("installed_on", models.DateField()),
                ("removed_on", models.DateField(blank=True, null=True)),
                (
                    "premises",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="appliances",
                        to="customers.premises",
                    ),
                ),
            ],
            options={
                "ordering": ["-installed_on", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("removed_on__isnull", True),
                            ("removed_on__gt", models.F("installed_on")),
                            _connector="OR",
                        ),
                        name="an_appliance_is_removed_after_it_is_installed",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="SearchRow",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        default=shouwen.customers.models.searching.scattered,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("text", models.CharField(max_length=200)),
                (
                    "batch",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="customers.importbatch",
                    ),
                ),
                (
                    "customer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="search_rows",
                        to="customers.customer",
                    ),
                ),
                (
                    "estate",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        to="customers.estate",
                    ),
                ),
                (
                    "premises",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="search_rows",
                        to="customers.premises",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ServicePoint",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("account_no", models.CharField(max_length=24, unique=True)),
                ("since", models.DateField()),
                ("until", models.DateField(blank=True, null=True)),
                (
                    "premises",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="points",
                        to="customers.premises",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("until__isnull", True)),
                        fields=("premises",),
                        name="one_service_point_at_a_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("until__isnull", True),
                            ("until__gt", models.F("since")),
                            _connector="OR",
                        ),
                        name="service_ends_after_it_starts",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CareEntry",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("elderly", "老"),
                            ("frail", "弱"),
                            ("ill", "病"),
                            ("disabled", "残"),
                        ],
                        max_length=12,
                    ),
                ),
                ("needs", models.CharField(max_length=200)),
                ("contact", models.CharField(blank=True, max_length=80)),
                ("handles_at_home", models.BooleanField(default=True)),
                ("consented_on", models.DateField()),
                (
                    "consent_how",
                    models.CharField(
                        choices=[
                            ("signed", "书面签字"),
                            ("hall", "营业厅当面"),
                            ("phone", "电话（有录音）"),
                            ("visit", "上门当面"),
                        ],
                        max_length=12,
                    ),
                ),
                ("since", models.DateField()),
                ("reviewed_on", models.DateField()),
                ("review_on", models.DateField()),
                ("until", models.DateField(blank=True, null=True)),
                (
                    "customer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="care",
                        to="customers.customer",
                    ),
                ),
            ],
            options={
                "ordering": ["review_on", "id"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("until__isnull", True)),
                        fields=["review_on", "id"],
                        name="care_by_review",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("until__isnull", True)),
                        fields=("customer", "kind"),
                        name="one_open_care_entry_of_a_kind",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("consented_on__lte", models.F("since"))),
                        name="nobody_is_registered_before_consent",
                    ),
                ],
            },
        ),
    ]
