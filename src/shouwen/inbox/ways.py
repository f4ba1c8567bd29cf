"""Which mailbox is read here, by the settings."""

from pathlib import Path

from django.conf import settings

from shouwen.adapters.imap import BadMailbox, Mailbox, mailbox


def own_mailbox() -> Mailbox | None:
    """The mailbox of the settings; None without one. Raises BadMailbox naming what to mend."""
    if not settings.SHOUWEN_IMAP_URL:
        return None
    return mailbox(url=settings.SHOUWEN_IMAP_URL, password=_password())


def own_address() -> str:
    """The address that we write from: what comes from it is our own and is never answered."""
    return str(settings.SHOUWEN_MAIL_FROM)


def faults() -> list[str]:
    """What is wrong with the settings of the mailbox, in both languages; empty when all is well."""
    try:
        own_mailbox()
    except BadMailbox as error:
        return [str(error)]
    return []


def _password() -> str:
    path = settings.SHOUWEN_IMAP_PASSWORD_FILE
    if not path:
        return ""
    try:
        return Path(path).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        name = f"SHOUWEN_IMAP_PASSWORD_FILE={path}"
        raise BadMailbox(f"{name}: 读不出来 / cannot be read ({error})") from error
