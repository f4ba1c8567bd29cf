"""Second factors: authenticator app, recovery codes, passkeys. allauth's keeper of secrets behind few words.

Only its authenticators are used. Its sign-in pages are not mounted: every way in is ours (`entrance`).
"""

import base64
import hashlib
from collections.abc import Sequence
from datetime import datetime
from typing import Any

import segno
from allauth.core.internal.cryptokit import compare_user_code
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal import auth as totp
from allauth.mfa.utils import decrypt
from allauth.mfa.webauthn.internal import auth as webauthn
from cryptography.fernet import Fernet
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction

from shouwen.clocks.queries import readable_standard
from shouwen.custody.policy import policy
from shouwen.people.models import Staff

STEP = 30  # seconds that a code of an authenticator app lasts
DRIFT = 1  # steps that a telephone's clock may be off
TOTP, RECOVERY, PASSKEY = "totp", "recovery_codes", "webauthn"


class MfaAdapter(DefaultMFAAdapter):  # type: ignore[misc]  # the library is not typed
    """Secrets are encrypted in the database; names come from the standard pack and the register."""

    def encrypt(self, text: str) -> str:
        return _fernet().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _fernet().decrypt(encrypted_text.encode()).decode()

    def _get_site_name(self) -> str:
        standard = readable_standard()
        return standard.organisation.brand if standard else "Shouwen"

    def _get_user_identifier(self, user: Staff) -> str:
        return user.staff_no

    def get_public_key_credential_user_entity(self, user: Staff) -> dict[str, Any]:
        return {
            "id": f"shouwen-{user.pk}".encode(),
            "display_name": user.name,
            "name": user.staff_no,
        }


def _fernet() -> Fernet:
    key = hashlib.blake2s(settings.SECRET_KEY.encode(), person=b"factors").digest()
    return Fernet(base64.urlsafe_b64encode(key))


def factors_of(staff: Staff) -> Sequence[Authenticator]:
    """All second factors of a person, oldest first."""
    return list(Authenticator.objects.filter(user=staff).order_by("created_at", "id"))


def has_second_factor(staff: Staff) -> bool:
    """Whether the person has set one up; recovery codes alone are none."""
    return bool(Authenticator.objects.filter(user=staff, type__in=(TOTP, PASSKEY)).exists())


def needs_second_factor(staff: Staff) -> bool:
    """Whether a password alone does not let this person in: by role, or by own choice."""
    return bool(staff.role_set & policy().second_factor) or has_second_factor(staff)


# --- authenticator app ----------------------------------------------------------------------------


def new_totp_secret() -> str:
    """A fresh secret for an authenticator app, in Base32."""
    return str(totp.generate_totp_secret())


def totp_picture(staff: Staff, secret: str) -> str:
    """The secret as a picture to scan, as an address that an image may have."""
    address = MfaAdapter().build_totp_url(staff, secret)
    return str(
        segno.make(address, error="m").svg_data_uri(scale=4, border=2, encode_minimal=False)
    )


@transaction.atomic
def activate_totp(staff: Staff, secret: str, code: str, *, now: datetime) -> bool:
    """Sets the authenticator app up when `code` is right, in place of an earlier one."""
    step = _step_of(secret, code, now=now, after=-1)
    if step is None:
        return False
    Authenticator.objects.filter(user=staff, type=TOTP).delete()
    made = totp.TOTP.activate(staff, secret).instance
    made.data["step"] = step
    made.save(update_fields=["data"])
    return True


@transaction.atomic
def is_totp_right(staff: Staff, code: str, *, now: datetime) -> bool:
    """Whether the code is the app's of now; a code, and every older one, works once."""
    kept = Authenticator.objects.select_for_update().filter(user=staff, type=TOTP).first()
    if kept is None:
        return False
    step = _step_of(decrypt(kept.data["secret"]), code, now=now, after=kept.data.get("step", -1))
    if step is None:
        return False
    kept.data["step"] = step
    kept.last_used_at = now
    kept.save(update_fields=["data", "last_used_at"])
    return True


def totp_code(secret: str, *, now: datetime) -> str:
    """The code that an authenticator app shows at an instant."""
    return str(totp.format_hotp_value(totp.hotp_value(secret, int(now.timestamp()) // STEP)))


def _step_of(secret: str, code: str, *, now: datetime, after: int) -> int | None:
    this = int(now.timestamp()) // STEP
    for step in range(max(this - DRIFT, after + 1), this + DRIFT + 1):
        expected = totp.format_hotp_value(totp.hotp_value(secret, step))
        if compare_user_code(actual=code, expected=expected):
            return step
    return None


# --- recovery codes -------------------------------------------------------------------------------


@transaction.atomic
def new_recovery_codes(staff: Staff) -> list[str]:
    """A fresh set of codes to keep on paper; earlier ones are worth nothing from now on."""
    Authenticator.objects.filter(user=staff, type=RECOVERY).delete()
    return list(RecoveryCodes.activate(staff).generate_codes())


def recovery_codes_left(staff: Staff) -> int:
    """How many codes of the set are unused."""
    kept = Authenticator.objects.filter(user=staff, type=RECOVERY).first()
    return len(RecoveryCodes(kept).get_unused_codes()) if kept else 0


def is_recovery_code_right(staff: Staff, code: str) -> bool:
    """Whether the code is an unused one of the set; it is used from now on."""
    kept = Authenticator.objects.filter(user=staff, type=RECOVERY).first()
    return bool(kept and RecoveryCodes(kept).validate_code(code))


# --- passkeys -------------------------------------------------------------------------------------
# The challenge lies in the session of the request that is being answered.


def passkey_to_make(staff: Staff) -> dict[str, Any]:
    """What the browser needs to make a passkey."""
    return dict(webauthn.begin_registration(staff, passwordless=False))


@transaction.atomic
def add_passkey(staff: Staff, name: str, answer: dict[str, Any]) -> bool:
    """Keeps the passkey that the browser made; False when it answers another question."""
    try:
        webauthn.complete_registration(answer)
    except (ValidationError, ValueError, KeyError, TypeError):
        return False
    webauthn.WebAuthn.add(staff, name, answer)
    return True


def passkey_to_prove(staff: Staff) -> dict[str, Any] | None:
    """What the browser needs to prove a passkey; None for somebody without one."""
    if not Authenticator.objects.filter(user=staff, type=PASSKEY).exists():
        return None
    return dict(webauthn.begin_authentication(staff))


def is_passkey_right(staff: Staff, answer: dict[str, Any], *, now: datetime) -> bool:
    """Whether the browser proved a passkey of this person."""
    try:
        kept = webauthn.complete_authentication(staff, answer)
    except (ValidationError, ValueError, KeyError, TypeError):
        return False
    kept.last_used_at = now
    kept.save(update_fields=["last_used_at"])
    return True


@transaction.atomic
def remove_factor(staff: Staff, factor_id: int) -> str:
    """Takes a factor away; its type, or empty when there is none. The last one takes the codes along."""
    kept = Authenticator.objects.filter(user=staff, pk=factor_id).first()
    if kept is None:
        return ""
    kept.delete()
    if not has_second_factor(staff):
        Authenticator.objects.filter(user=staff, type=RECOVERY).delete()
    return str(kept.type)
