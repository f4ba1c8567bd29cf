"""Draws of calls, what reviewers decided of them, appeals, coaching. Instants are UTC."""

from django.db import models
from django.db.models import Q

from shouwen.hotline.models import Call, Recording
from shouwen.people.models import Staff

VERDICTS = [(name, name) for name in ("kept", "broken", "not_applicable", "not_provable")]


class Draw(models.Model):
    """Calls of the local days `since` to before `until` that were drawn, and how: with the seed, the
    plan and the same calls anybody draws the same again.
    """

    id = models.UUIDField(primary_key=True, editable=False)
    seed = models.CharField(max_length=80)
    since = models.DateField()
    until = models.DateField()
    population = models.PositiveIntegerField()
    plan = models.JSONField()
    made_by = models.ForeignKey(Staff, on_delete=models.PROTECT)
    made_at = models.DateTimeField()
    pack_digest = models.CharField(max_length=80, blank=True)

    def __str__(self) -> str:
        return f"{self.since} {self.seed}"


class Review(models.Model):
    """One person's look at one call. Round 2 is the blind look of somebody else.

    `weight` and `signs`: why it was drawn; `second`: it is looked at twice. `got` of `out_of` points
    are set when it is sent to the agent.
    """

    id = models.UUIDField(primary_key=True, editable=False)
    draw = models.ForeignKey(Draw, on_delete=models.PROTECT, related_name="reviews")
    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="reviews")
    round = models.PositiveSmallIntegerField(default=1)
    by_risk = models.BooleanField(default=False)
    signs = models.JSONField(default=list)
    weight = models.PositiveSmallIntegerField(default=0)
    second = models.BooleanField(default=False)
    reviewer = models.ForeignKey(
        Staff, null=True, blank=True, on_delete=models.PROTECT, related_name="reviews"
    )
    begun_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    got = models.PositiveSmallIntegerField(null=True, blank=True)
    out_of = models.PositiveSmallIntegerField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["call", "round"], name="one_review_of_a_round"),
            models.CheckConstraint(
                condition=Q(sent_at__isnull=True) | Q(reviewer__isnull=False),
                name="a_sent_review_has_a_reviewer",
            ),
        ]
        indexes = [
            models.Index(
                fields=["-weight", "id"], condition=Q(sent_at__isnull=True), name="reviews_open"
            ),
            models.Index(fields=["-sent_at", "id"], name="reviews_sent"),
        ]

    def __str__(self) -> str:
        return f"{self.call_id} #{self.round}"


class Decision(models.Model):
    """What a reviewer decided of one finding; the id is that of the act.

    `said` is what was heard ("" for a finding that a person added), `verdict` what the reviewer says,
    `stands` what holds now: the same, unless an appeal changed it.
    """

    class What(models.TextChoices):
        CONFIRMED = "confirmed", "认可"
        REFUSED = "refused", "不认可"
        ADDED = "added", "补记"

    id = models.UUIDField(primary_key=True, editable=False)
    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="decisions")
    rule_id = models.CharField(max_length=80)
    number = models.PositiveSmallIntegerField()
    clause = models.CharField(max_length=24)
    said = models.CharField(max_length=16, choices=VERDICTS, blank=True)
    decision = models.CharField(max_length=10, choices=What.choices)
    verdict = models.CharField(max_length=16, choices=VERDICTS)
    stands = models.CharField(max_length=16, choices=VERDICTS)
    reason = models.CharField(max_length=40, blank=True)
    words = models.CharField(max_length=300, blank=True)
    turn = models.PositiveSmallIntegerField(null=True, blank=True)
    decided_at = models.DateTimeField()

    class Meta:
        ordering = ["decided_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["review", "rule_id", "number"], name="one_decision_of_a_finding"
            ),
        ]
        indexes = [models.Index(fields=["rule_id", "said"], name="decisions_of_rule")]

    def __str__(self) -> str:
        return f"{self.rule_id}: {self.decision}"


class Score(models.Model):
    """What a reviewer gave for one item of the score sheet that a person scores."""

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="scores")
    item = models.CharField(max_length=40)
    score = models.PositiveSmallIntegerField()
    given_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["review", "item"], name="one_score_of_an_item"),
        ]

    def __str__(self) -> str:
        return f"{self.item}: {self.score}"


class Appeal(models.Model):
    """The agent does not agree; somebody who did not review the call decides. The id is that of the act."""

    class Outcome(models.TextChoices):
        UPHELD = "upheld", "维持"
        CORRECTED = "corrected", "改判"

    id = models.UUIDField(primary_key=True, editable=False)
    decision = models.OneToOneField(Decision, on_delete=models.CASCADE, related_name="appeal")
    staff = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="appeals")
    words = models.CharField(max_length=300)
    made_at = models.DateTimeField()
    due_at = models.DateTimeField()
    decided_by = models.ForeignKey(
        Staff, null=True, blank=True, on_delete=models.PROTECT, related_name="appeals_decided"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=10, choices=Outcome.choices, blank=True)
    reason = models.CharField(max_length=40, blank=True)
    answer = models.CharField(max_length=300, blank=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["made_at", "id"], condition=Q(outcome=""), name="appeals_to_decide"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.decision_id}: {self.outcome or '…'}"


class Coaching(models.Model):
    """What a lead goes through with an agent, from which reviews, by which local day."""

    id = models.UUIDField(primary_key=True, editable=False)
    staff = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="coaching")
    lead = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="coaching_given")
    rule_id = models.CharField(max_length=80)
    clause = models.CharField(max_length=24)
    words = models.CharField(max_length=300)
    reviews = models.JSONField(default=list)
    due_on = models.DateField()
    made_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["due_on", "id"]
        indexes = [
            models.Index(
                fields=["staff", "due_on"], condition=Q(done_at__isnull=True), name="coaching_open"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.staff_id} {self.rule_id}"


class Waveform(models.Model):
    """How loud each part of a recording is, 0 to 100, for each of its channels; computed once."""

    recording = models.OneToOneField(Recording, primary_key=True, on_delete=models.CASCADE)
    levels = models.JSONField(default=list)
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.recording_id}"
