"""Does the exchange answer, and does what it says reach the database?"""

import json
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

from shouwen.adapters.telephony.ami import BadAddress
from shouwen.adapters.telephony.hook import BadKey, checked_key
from shouwen.config.doctor.findings import Finding, Site, ok, warning, wrong
from shouwen.core.clause import Words
from shouwen.hotline.exchanges.configured import configured
from shouwen.hotline.exchanges.pouring import REFUSED
from shouwen.hotline.exchanges.running import SPOOL, STATE
from shouwen.hotline.models import Recording, RecordingSound
from shouwen.hotline.operations.recording import store

MUCH = 100_000  # bytes that wait: some hundred events


def telephony(site: Site) -> Iterator[Finding]:
    """Settings, line, spool, and events that the database would not take."""
    folder = Path(settings.SHOUWEN_TELEPHONY_DIR)
    yield from _hook()
    try:
        found = configured()
    except BadAddress as error:
        zh, _, en = str(error).partition(" / ")
        yield wrong(
            "telephony",
            Words(zh=zh, en=en or zh),
            Words(zh="改好设置再启动，见 docs/telephony.md", en="mend it, see docs/telephony.md"),
        )
        return
    if found.kind == "none":
        yield ok("telephony", "没有接交换机", "no exchange is connected")
        return
    yield from _line(folder)
    yield from _spool(folder)


def _line(folder: Path) -> Iterator[Finding]:
    try:
        state = json.loads((folder / STATE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return  # never started; `beats` tells
    since = state.get("since", "")[:16]
    if state.get("state") == "up":
        yield ok(
            "telephony",
            f"交换机已连接（{since} UTC 起）",
            f"the exchange is connected since {since} UTC",
        )
        return
    why = state.get("why", "")
    yield wrong(
        "telephony",
        Words(
            zh=f"交换机断开（{since} UTC 起）：{why}",
            en=f"no line to the exchange since {since} UTC: {why}",
        ),
        Words(
            zh="检查交换机、网络和 AMI 账号；恢复后会自动重连",
            en="look at exchange, network and AMI account; it reconnects by itself",
        ),
    )


def _spool(folder: Path) -> Iterator[Finding]:
    if (folder / REFUSED).exists():
        yield wrong(
            "telephony",
            Words(
                zh="有话务事件数据库不收", en="the database would not take some telephone events"
            ),
            Words(
                zh=f"看 {folder / REFUSED} 里每条的原因，处理后删除该文件",
                en=f"see the reason of each in {folder / REFUSED}; remove the file when dealt with",
            ),
        )
    spool = folder / SPOOL
    waiting = spool.stat().st_size if spool.exists() else 0
    if waiting > MUCH:
        yield warning(
            "telephony",
            Words(
                zh=f"{waiting} 字节话务事件还没写进数据库",
                en=f"{waiting} bytes of telephone events wait for the database",
            ),
            Words(zh="看数据库是否忙或断开", en="see whether the database is busy or away"),
        )
        return
    yield ok("telephony", "话务事件没有积压", "no telephone events wait")


def recordings(_site: Site) -> Iterator[Finding]:
    """Recordings that should still be kept and are not there, or not whole."""
    kept, lost = store(), []
    rows = Recording.objects.filter(removed_at=None).order_by("added_at")
    count = 0
    for path, size in rows.values_list("path", "bytes").iterator():
        count += 1
        if kept.size(path) != size:
            lost.append(path)
    if not lost:
        if count:
            yield ok("recordings", f"{count} 段录音都在", f"all {count} recordings are there")
        return
    yield wrong(
        "recordings",
        Words(
            zh=f"{len(lost)} 段录音的文件不在或不完整，例如 {lost[0]}",
            en=f"the files of {len(lost)} recordings are missing or cut short, such as {lost[0]}",
        ),
        Words(
            zh=f"从备份把文件放回 {settings.SHOUWEN_RECORDINGS_DIR}",
            en=f"put the files back into {settings.SHOUWEN_RECORDINGS_DIR} from the backup",
        ),
    )


def listening(_site: Site) -> Iterator[Finding]:
    """Recordings that nobody listened to, as the libraries for it are missing."""
    rows = RecordingSound.objects.filter(
        recording__removed_at=None, state=RecordingSound.State.UNMEASURED
    )
    count = rows.filter(why_en__contains="[audio]").count()
    if count:
        install = "pip install --require-hashes -r requirements/audio.lock"
        yield warning(
            "recordings",
            Words(
                zh=f"{count} 段录音没有评估：没有安装 [audio]",
                en=f"{count} recordings were not evaluated: [audio] is not installed",
            ),
            Words(
                zh=f"运行 {install}，重启后夜里补量；不需要就不用管",
                en=f"run {install}, start again: they are measured in the night; or leave it",
            ),
        )


def _hook() -> Iterator[Finding]:
    path = settings.SHOUWEN_TELEPHONY_KEY_FILE
    if not path:
        return
    try:
        checked_key(Path(path).read_bytes().strip())
    except (BadKey, OSError) as error:
        yield wrong(
            "telephony",
            Words(
                zh=f"话务接口的密钥不能用：{error}",
                en=f"the key of the calls hook is not usable: {error}",
            ),
            Words(
                zh="SHOUWEN_TELEPHONY_KEY_FILE 指向至少 16 字节的密钥文件",
                en="let SHOUWEN_TELEPHONY_KEY_FILE name a file with 16 bytes or more",
            ),
        )
        return
    yield ok("telephony", "话务接口有密钥", "the calls hook has its key")
