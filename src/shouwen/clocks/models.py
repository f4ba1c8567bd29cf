"""Clock rows and their pauses: a cache of what judging the journal gives, kept for lists and the ticker."""

from django.db import models
from django.db.models import Q

from shouwen.core.events import Subject


class Clock(models.Model):
    """One rule of the standard running for one subject. Instants are UTC.

    Everything but owner and department is computed from journal, standard and calendar; only
    `rejudge` writes it. `rule_from` is the first day of the rule version that is applied.
    `due_at` is empty while paused, in a gap, or when an owner stands without a due time.
    `is_open`: somebody waits for something (not so when an owner stands and nothing is due).
    `urgency_at` orders the open ones: the due time, or the
    far future. `next_milestone_at` is when the ticker must look again.
    """

    class State(models.TextChoices):
        RUNNING = "running", "计时中"
        WARNED = "warned", "将到期"
        MISSED = "missed", "已超时"
        MET = "met", "已兑现"
        PAUSED = "paused", "暂停"
        GAP = "gap", "缺口"
        NO_PROMISE = "no_promise", "无法承诺"
        NOT_APPLICABLE = "not_applicable", "不适用"
        CANCELLED = "cancelled", "已取消"
        EXCEPTED = "excepted", "例外"
        NOT_PROVABLE = "not_provable", "无法证明"

    id = models.UUIDField(primary_key=True, editable=False)
    subject_kind = models.CharField(max_length=20)
    subject_id = models.UUIDField()
    rule_id = models.CharField(max_length=80)
    rule_from = models.DateField(null=True, blank=True)
    ordinal = models.PositiveSmallIntegerField(default=1)
    pack_digest = models.CharField(max_length=80)
    calendar_version = models.CharField(max_length=40, blank=True)
    facts = models.JSONField(default=dict)

    state = models.CharField(max_length=16, choices=State.choices)
    reason = models.CharField(max_length=80, blank=True)
    started_at = models.DateTimeField(null=True, blank=True)
    warn_at = models.DateTimeField(null=True, blank=True)
    due_at = models.DateTimeField(null=True, blank=True)
    stopped_at = models.DateTimeField(null=True, blank=True)
    paused_at = models.DateTimeField(null=True, blank=True)
    remaining_seconds = models.FloatField(null=True, blank=True)
    judged_at = models.DateTimeField()

    is_open = models.BooleanField()
    urgency_at = models.DateTimeField()
    next_milestone = models.CharField(max_length=8, blank=True)
    next_milestone_at = models.DateTimeField(null=True, blank=True)

    owner_no = models.CharField(max_length=20, blank=True)
    department = models.CharField(max_length=40, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["subject_kind", "subject_id", "rule_id", "ordinal"],
                name="one_clock_of_a_rule_at_a_time",
            ),
        ]
        indexes = [
            models.Index(
                fields=["urgency_at", "id"], condition=Q(is_open=True), name="open_clocks"
            ),
            models.Index(
                fields=["owner_no", "urgency_at", "id"],
                condition=Q(is_open=True),
                name="open_clocks_of_owner",
            ),
            models.Index(
                fields=["department", "urgency_at", "id"],
                condition=Q(is_open=True),
                name="open_clocks_of_dept",
            ),
            models.Index(fields=["state", "stopped_at"], name="clocks_by_end"),
            models.Index(
                fields=["next_milestone_at"],
                condition=Q(next_milestone_at__isnull=False),
                name="clocks_by_milestone",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.rule_id} ({self.state})"

    @property
    def subject(self) -> Subject:
        """What the clock runs for."""
        return Subject(self.subject_kind, self.subject_id)


class Interval(models.Model):
    """One pause of a clock, half-open, `ended_at` empty while it lasts. A cache of journal entries."""

    clock = models.ForeignKey(Clock, on_delete=models.CASCADE, related_name="intervals")
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(max_length=40)
    evidence = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["started_at", "id"]

    def __str__(self) -> str:
        return f"{self.reason} {self.started_at.isoformat()}"


class Ruling(models.Model):
    """What one rule came to on one matter: the verdict that stands now. Instants are UTC.

    A later verdict takes the place of an earlier one. `day` is the local day of `decided_at`: when
    it was decided, or when the matter began while nothing is. `department` and `staff_no` say
    who answered for the matter when it was decided; a hand-over afterwards does not move it. `failed`
    names what was not so. `stage` and `clause` are those of the rule.
    """

    class Verdict(models.TextChoices):
        RUNNING = "running", "计时中"
        PAUSED = "paused", "暂停"
        MET = "met", "做到"
        MISSED = "missed", "未做到"
        EXCEPTED = "excepted", "例外"
        NOT_PROVABLE = "not_provable", "无法证明"
        GAP = "gap", "缺口"
        NOT_APPLICABLE = "not_applicable", "不适用"

    OPEN = (Verdict.RUNNING, Verdict.PAUSED)

    id = models.UUIDField(primary_key=True, editable=False)
    rule_id = models.CharField(max_length=80)
    clause = models.CharField(max_length=24, blank=True)
    subject_kind = models.CharField(max_length=20)
    subject_id = models.UUIDField()
    ordinal = models.PositiveSmallIntegerField(default=1)
    verdict = models.CharField(max_length=16, choices=Verdict.choices)
    reason = models.CharField(max_length=80, blank=True)
    failed = models.JSONField(default=list)
    due_at = models.DateTimeField(null=True, blank=True)
    decided_at = models.DateTimeField()
    day = models.DateField()
    stage = models.CharField(max_length=12, blank=True)
    department = models.CharField(max_length=40, blank=True)
    staff_no = models.CharField(max_length=20, blank=True)
    rule_from = models.DateField(null=True, blank=True)
    pack_digest = models.CharField(max_length=80, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["subject_kind", "subject_id", "rule_id", "ordinal"],
                name="one_ruling_of_a_rule_at_a_time",
            ),
        ]
        indexes = [
            models.Index(fields=["rule_id", "decided_at", "id"], name="rulings_of_rule"),
            models.Index(
                fields=["rule_id", "decided_at", "id"],
                condition=Q(verdict="missed"),
                name="rulings_missed",
            ),
            models.Index(
                fields=["staff_no", "rule_id", "decided_at", "id"], name="rulings_of_person"
            ),
            models.Index(
                fields=["day", "rule_id", "department", "staff_no"],
                condition=Q(verdict__in=["running", "paused"]),
                name="rulings_open",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.rule_id}: {self.verdict}"

    @property
    def subject(self) -> Subject:
        """What was judged."""
        return Subject(self.subject_kind, self.subject_id)

    @property
    def is_decided(self) -> bool:
        """Whether the verdict counts in figures; while the matter is open, it does not."""
        return self.verdict not in self.OPEN


_COUNTED = ("met", "missed", "excepted", "not_provable", "gap", "not_applicable")


class Figure(models.Model):
    """How often a rule came to each verdict on one local day: of all, of a team, of a person in a team.

    A sum over decided rulings, as far as their changes have been folded in; those that have not are
    added when it is read. `department` is empty for all; both names are empty where nobody answered.
    """

    class Scope(models.TextChoices):
        ALL = "all", "全公司"
        TEAM = "team", "班组"
        PERSON = "person", "个人"

    scope = models.CharField(max_length=6, choices=Scope.choices)
    department = models.CharField(max_length=40, blank=True)
    staff_no = models.CharField(max_length=20, blank=True)
    day = models.DateField()
    rule_id = models.CharField(max_length=80)
    met = models.IntegerField(default=0)
    missed = models.IntegerField(default=0)
    excepted = models.IntegerField(default=0)
    not_provable = models.IntegerField(default=0)
    gap = models.IntegerField(default=0)
    not_applicable = models.IntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["scope", "department", "staff_no", "day", "rule_id"],
                name="one_figure_of_a_rule_a_day",
            ),
        ]
        indexes = [
            # With the counts in them: a year of one page is read from the index alone.
            models.Index(
                fields=["day", "rule_id", *_COUNTED],
                condition=Q(scope="all"),
                name="figures_of_all",
            ),
            models.Index(
                fields=["department", "day", "rule_id", *_COUNTED],
                condition=Q(scope="team"),
                name="figures_of_team",
            ),
            models.Index(fields=["rule_id", "scope", "day"], name="figures_of_rule"),
            models.Index(
                fields=["staff_no", "day"], condition=Q(scope="person"), name="figures_of_person"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.rule_id} {self.day} {self.scope} {self.department} {self.staff_no}".strip()


class FigureChange(models.Model):
    """By how much a count changed, written with the ruling that changed it, until it is folded in.

    Rows are only added and, once folded in, removed: whoever judges waits for nobody.
    """

    rule_id = models.CharField(max_length=80)
    day = models.DateField()
    department = models.CharField(max_length=40, blank=True)
    staff_no = models.CharField(max_length=20, blank=True)
    verdict = models.CharField(max_length=16)
    change = models.IntegerField()

    def __str__(self) -> str:
        return f"{self.rule_id} {self.day} {self.verdict} {self.change:+d}"
