"""The one door: every way in passes `come_in`, every request passes `admission`."""

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from django.contrib.auth import login, logout, update_session_auth_hash
from django.http import HttpRequest

from shouwen.custody.models import Desk, SignIn
from shouwen.custody.operations.desks import desk_of, hashed
from shouwen.custody.operations.signing_in import sign_in, sign_out
from shouwen.custody.policy import policy
from shouwen.people.models import Staff
from shouwen.people.requests import person, workstation

DESK_COOKIE = "shouwen_desk"
TOLD = "told"  # a sentence for the next page, kept in the session
_HALF_WAY = "half_way"
_HALF_WAY_FOR = timedelta(minutes=5)
_BACKEND = "django.contrib.auth.backends.ModelBackend"


class Standing(StrEnum):
    """How a signed-in request stands."""

    IN = "in"
    LOCKED = "locked"
    ELSEWHERE = "elsewhere"
    ENDED = "ended"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Admission:
    """What a signed-in request may do now, and its sign-in."""

    standing: Standing
    row: SignIn | None


def admission(request: HttpRequest, *, now: datetime) -> Admission:
    """How a signed-in request stands at `now`. One query, and the roles of the person.

    A session without a sign-in of its own opens nothing, whoever made it.
    """
    row = sign_in_of(request)
    if row is None or row.staff_id != request.user.pk:
        return Admission(Standing.REFUSED, None)
    if row.ended_at is not None:
        elsewhere = row.end == SignIn.End.ELSEWHERE
        return Admission(Standing.ELSEWHERE if elsewhere else Standing.ENDED, row)
    roles = person(request).role_set
    if roles & policy().second_factor and not row.second_factor:
        return Admission(Standing.REFUSED, row)
    idle = policy().idle_after(roles)
    if row.locked_at or (idle and now - row.seen_at >= idle):
        return Admission(Standing.LOCKED, row)
    return Admission(Standing.IN, row)


def sign_in_of(request: HttpRequest) -> SignIn | None:
    """The sign-in that the session of a request belongs to."""
    key = request.session.session_key
    if not key:
        return None
    return SignIn.objects.select_related("desk").filter(session_hash=hashed(key)).first()


def come_in(
    request: HttpRequest, staff: Staff, *, second_factor: str, act_id: uuid.UUID, now: datetime
) -> int:
    """Makes a session of the person: the only place that does. How many other sign-ins it ended.

    The session gets a new key. Raises SecondFactorMissing, and then nobody is signed in.
    """
    request.session.pop(_HALF_WAY, None)
    login(request, staff, backend=_BACKEND)
    request.session.save()
    try:
        return sign_in(
            act_id=act_id,
            staff=staff,
            session_hash=hashed(str(request.session.session_key)),
            second_factor=second_factor,
            desk=desk_at(request),
            workstation=workstation(request),
            now=now,
        )
    except Exception:
        logout(request)
        raise


def go_out(request: HttpRequest, *, act_id: uuid.UUID, now: datetime) -> None:
    """Ends the sign-in of this request and forgets its session."""
    sign_out(act_id=act_id, row=sign_in_of(request), staff=person(request), now=now)
    logout(request)


def forget_session(request: HttpRequest) -> None:
    """Drops a session that opens nothing any more."""
    logout(request)


def keep_session(request: HttpRequest, staff: Staff, row: SignIn | None) -> None:
    """After a change of password: this session goes on under a new key."""
    update_session_auth_hash(request, staff)
    request.session.save()
    if row:
        row.session_hash = hashed(str(request.session.session_key))
        row.save(update_fields=["session_hash"])


def desk_at(request: HttpRequest) -> Desk | None:
    """The registered desk that the request comes from."""
    return desk_of(token=request.COOKIES.get(DESK_COOKIE, ""))


# --- half-way in: the password was right, the second factor is still to come ----------------------


def go_half_way(request: HttpRequest, staff: Staff, *, now: datetime) -> None:
    """Remembers for five minutes that the password of this person was right. Opens no page."""
    request.session.flush()
    request.session[_HALF_WAY] = {
        "staff": staff.pk,
        "hash": staff.get_session_auth_hash(),
        "at": now.isoformat(),
    }


def half_way(request: HttpRequest, *, now: datetime) -> Staff | None:
    """Whose password was right a moment ago; None when nobody's, or too long ago."""
    kept = request.session.get(_HALF_WAY)
    if not kept or now - datetime.fromisoformat(kept["at"]) > _HALF_WAY_FOR:
        return None
    staff = Staff.objects.filter(pk=kept["staff"], is_active=True).first()
    is_same = staff is not None and kept["hash"] == staff.get_session_auth_hash()
    return staff if is_same else None
