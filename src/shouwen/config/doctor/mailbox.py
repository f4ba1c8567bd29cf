"""Can the mailbox be read, and do answers leave the house?"""

from collections.abc import Iterator

from django.conf import settings

from shouwen.config.doctor.findings import Finding, Site, ok, warning, wrong
from shouwen.core.clause import Words
from shouwen.inbox.queries import mailbox_away
from shouwen.inbox.ways import faults


def mailbox(site: Site) -> Iterator[Finding]:
    """Settings of the mailbox, and since when it cannot be read."""
    if not settings.SHOUWEN_IMAP_URL:
        yield ok("mailbox", "没有接信箱", "no mailbox is connected")
        return
    for fault in faults():
        zh, _, en = fault.partition(" / ")
        remedy = Words(
            zh="改好设置再启动，见 docs/counter-and-inbox.md",
            en="mend it, see docs/counter-and-inbox.md",
        )
        yield wrong("mailbox", Words(zh=zh, en=en or zh), remedy)
        return
    yield from _standing()
    if not settings.SHOUWEN_SMTP_URL:
        yield warning(
            "mailbox",
            Words(zh="收得到邮件，回信只写成文件", en="mails come in, answers become files only"),
            Words(zh="设 SHOUWEN_SMTP_URL", en="set SHOUWEN_SMTP_URL"),
        )


def _standing() -> Iterator[Finding]:
    away = mailbox_away()
    if away is None or away.away_since is None:
        yield ok("mailbox", "信箱读得到", "the mailbox can be read")
        return
    since = f"{away.away_since:%Y-%m-%d %H:%M}"
    yield wrong(
        "mailbox",
        Words(
            zh=f"信箱从 {since} UTC 起读不到：{away.away_why}",
            en=f"the mailbox cannot be read since {since} UTC: {away.away_why}",
        ),
        Words(
            zh="看服务器、用户和密码文件；邮件都还在信箱里",
            en="look at server, user and password file; the mails are still there",
        ),
    )
