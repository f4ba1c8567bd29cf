"""Which way a channel goes out here: gateway and mail server when they are configured, else the file drop."""

from pathlib import Path

from django.conf import settings

from shouwen.adapters.delivery import WayOut
from shouwen.adapters.files import FileDrop
from shouwen.adapters.sms import BadGateway, checked_key, gateway
from shouwen.adapters.smtp import BadMailServer, mail_server


def way_out(channel: str) -> WayOut:
    """The way for a channel, by the settings. Raises BadGateway, BadMailServer naming what to mend."""
    if channel == "sms" and settings.SHOUWEN_SMS_URL:
        return gateway(
            url=settings.SHOUWEN_SMS_URL, key=gateway_key(), hosts=settings.SHOUWEN_SMS_HOSTS
        )
    if channel == "mail" and settings.SHOUWEN_SMTP_URL:
        return mail_server(
            url=settings.SHOUWEN_SMTP_URL,
            sender=settings.SHOUWEN_MAIL_FROM,
            password=_secret(settings.SHOUWEN_SMTP_PASSWORD_FILE, "SHOUWEN_SMTP_PASSWORD_FILE"),
        )
    return FileDrop(settings.SHOUWEN_OUTBOX_DIR)


def gateway_key() -> bytes:
    """The key that gateway and we sign with. Raises BadGateway."""
    return checked_key(_secret(settings.SHOUWEN_SMS_KEY_FILE, "SHOUWEN_SMS_KEY_FILE").encode())


def faults() -> list[str]:
    """What is wrong with the settings of the ways out, in both languages; empty when all is well."""
    found = []
    for channel in ("sms", "mail"):
        try:
            way_out(channel)
        except (BadGateway, BadMailServer) as error:
            found.append(str(error))
    return found


def _secret(path: str, name: str) -> str:
    if not path:
        return ""
    try:
        return Path(path).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise BadGateway(f"{name}={path}: 读不出来 / cannot be read ({error})") from error
