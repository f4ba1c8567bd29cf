"""What was measured on recordings of calls, once for each."""

from django.db import models

from shouwen.hotline.models.recordings import Recording


class RecordingSound(models.Model):
    """The measures of one recording, or why there are none (`why_zh`, `why_en`).

    Seconds of the recording, which begins `begins_after` seconds into the call; loudness in LUFS,
    rates in syllables a second of speech, pitch in Hz with its spread in semitones. `overlaps`:
    [start, end, by, outlasts, spoken]; `dead_air`: [start, end]. `usual_pitch_hz`: the agent's over
    the `norm_calls` calls before; None while they are too few.
    """

    class State(models.TextChoices):
        MEASURED = "measured", "已量"
        UNMEASURED = "unmeasured", "未评估"

    recording = models.OneToOneField(
        Recording, primary_key=True, on_delete=models.CASCADE, related_name="sound"
    )
    state = models.CharField(max_length=10, choices=State.choices)
    why_zh = models.CharField(max_length=200, blank=True)
    why_en = models.CharField(max_length=200, blank=True)
    measured_at = models.DateTimeField()
    begins_after = models.FloatField(default=0)
    seconds = models.FloatField(default=0)
    agent_spoken = models.FloatField(default=0)
    agent_lufs = models.FloatField(null=True, blank=True)
    agent_rate = models.FloatField(null=True, blank=True)
    agent_pitch_hz = models.FloatField(null=True, blank=True)
    agent_pitch_spread = models.FloatField(null=True, blank=True)
    customer_spoken = models.FloatField(default=0)
    customer_lufs = models.FloatField(null=True, blank=True)
    customer_rate = models.FloatField(null=True, blank=True)
    customer_pitch_hz = models.FloatField(null=True, blank=True)
    customer_pitch_spread = models.FloatField(null=True, blank=True)
    agent_spans = models.JSONField(default=list)
    customer_spans = models.JSONField(default=list)
    overlaps = models.JSONField(default=list)
    dead_air = models.JSONField(default=list)
    usual_pitch_hz = models.FloatField(null=True, blank=True)
    norm_calls = models.PositiveSmallIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.recording_id} {self.state}"
