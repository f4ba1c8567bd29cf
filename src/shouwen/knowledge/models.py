"""Articles, and the questions that none of them answered."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from shouwen.people.models import Staff


class Article(models.Model):
    """One thing that is known: how to do something, what holds, what a word means.

    `steps` and `stop` are as in the data file (`core.guiding.Step`, and when to stop trying).
    `audience`: whether it may be told to customers. `certainty`: how well its source was read.
    `local`: it holds values that the company must confirm. `version` counts the wordings; the
    words of an article stand under its id in the full-text table `knowledge_search`.
    """

    class Kind(models.TextChoices):
        SELFHELP = "selfhelp", _("自助排除")
        EMERGENCY = "emergency", _("险情")
        PROCEDURE = "procedure", _("办理")
        LAW = "law", _("法规")
        TERM = "term", _("行话")

    class Audience(models.TextChoices):
        CUSTOMER = "customer", _("可告诉客户")
        STAFF = "staff", _("只供内部")

    class Certainty(models.TextChoices):
        LAW = "L", _("读过法规全文")
        QUOTED = "T", _("读过转载")
        SEVERAL = "R2", _("两处以上公开资料")
        ONE = "R1", _("一处公开资料")
        TRADE = "K", _("行业常识，待核")
        PROPOSED = "P", _("自拟")
        ESTIMATE = "E", _("估计")

    slug = models.SlugField(max_length=60, unique=True)
    title = models.CharField(max_length=80)
    kind = models.CharField(max_length=12, choices=Kind.choices)
    audience = models.CharField(max_length=8, choices=Audience.choices)
    keywords = models.JSONField(default=list)
    steps = models.JSONField(default=list)
    stop = models.JSONField(default=list)
    source = models.CharField(max_length=120)
    certainty = models.CharField(max_length=2, choices=Certainty.choices)
    local = models.BooleanField(default=False)
    version = models.PositiveSmallIntegerField(default=1)
    digest = models.CharField(max_length=64)
    loaded_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["kind", "slug"], name="articles_by_kind")]

    def __str__(self) -> str:
        return self.slug


class Unanswered(models.Model):
    """A question that was asked of the knowledge base in vain; `found` articles were not it."""

    text = models.CharField(max_length=80)
    asked_at = models.DateTimeField()
    staff = models.ForeignKey(Staff, on_delete=models.PROTECT)
    call_id = models.UUIDField(null=True, blank=True)
    found = models.PositiveSmallIntegerField(default=0)

    class Meta:
        indexes = [models.Index(fields=["-asked_at", "-id"], name="unanswered_newest")]

    def __str__(self) -> str:
        return f"{self.pk}"
