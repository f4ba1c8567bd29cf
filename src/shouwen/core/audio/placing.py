"""Where a recording lies in its call."""


def begins_after(*, recorded: float, whole: float, waited: float | None) -> float:
    """Seconds of the call before its recording begins: none, or those until the answer where the
    recording is rather as long as the talk.

    All in seconds: `recorded` of sound, `whole` from the first ring to the end, `waited` to the
    answer (None when nobody knows).
    """
    if waited is None:
        return 0.0
    is_talk = abs(recorded - (whole - waited)) < abs(recorded - whole)
    return waited if is_talk else 0.0
