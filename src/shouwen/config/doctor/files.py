"""The data folder, the disk, the collected static files, the fonts that printing needs."""

import shutil
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path

from django.conf import settings

from shouwen.config.doctor.findings import Finding, Site, ok, warning, wrong
from shouwen.core.clause import Words

_GIB = 1024**3
LEAST_FREE = 1 * _GIB
LITTLE_FREE = 5 * _GIB
_KEYS = ("secret-key", "*.key")
_CHINESE_FONTS = (
    "CJK SC", "Source Han", "思源", "SimSun", "SimHei", "Microsoft YaHei", "WenQuanYi", "FangSong",
    "KaiTi", "STSong", "PingFang SC", "方正",
)  # fmt: skip


def data_folder(site: Site) -> Iterator[Finding]:
    """Whether anybody else on this machine may read the data and the keys."""
    open_paths = [path for path in _private(site.home) if path.stat().st_mode & 0o077]
    for path in open_paths:
        mode = stat.S_IMODE(path.stat().st_mode)
        wanted = "700" if path.is_dir() else "600"
        yield wrong(
            "data_folder",
            Words(
                zh=f"{path} 别的用户也能读写（{mode:o}）",
                en=f"other users may get at {path} ({mode:o})",
            ),
            Words(zh=f"运行 chmod {wanted} {path}", en=f"run `chmod {wanted} {path}`"),
        )
    if not open_paths:
        yield ok(
            "data_folder", f"{site.home} 只有本用户能读", f"only this user may read {site.home}"
        )


def _private(home: Path) -> Iterator[Path]:
    yield home
    for pattern in _KEYS:
        yield from sorted(path for path in home.glob(pattern) if path.is_file())


def disk(site: Site) -> Iterator[Finding]:
    """Whether there is room for what is yet to come."""
    yield from judged_space(shutil.disk_usage(site.home).free, where=site.home)


def judged_space(free: int, *, where: Path) -> Iterator[Finding]:
    """The finding for so many free bytes in the data folder."""
    text = f"{free / _GIB:.1f} GiB"
    what = Words(zh=f"{where} 所在的盘只剩 {text}", en=f"the disk of {where} has {text} left")
    remedy = Words(zh="腾出空间或换大盘", en="make room, or move to a larger disk")
    if free < LEAST_FREE:
        yield wrong("disk", what, remedy)
    elif free < LITTLE_FREE:
        yield warning("disk", what, remedy)
    else:
        yield ok("disk", f"还有 {text} 空间", f"{text} free")


def static_files(site: Site) -> Iterator[Finding]:
    """Whether the pages' styles and scripts were collected."""
    if settings.WHITENOISE_USE_FINDERS:
        yield ok(
            "static_files", "静态文件直接来自程序", "static files come straight from the program"
        )
        return
    if not Path(settings.STATIC_ROOT, "staticfiles.json").exists():
        yield wrong(
            "static_files",
            Words(zh="静态文件没有收集", en="the static files were not collected"),
            Words(zh="运行 shouwen migrate", en="run `shouwen migrate`"),
        )
        return
    yield ok("static_files", "静态文件已收集", "the static files are collected")


def fonts(site: Site) -> Iterator[Finding]:
    """Whether paper can be printed in Chinese."""
    import typst

    yield from judged_fonts(typst.Fonts().families())


def judged_fonts(families: Iterable[str]) -> Iterator[Finding]:
    """The finding for the font families that printing can use."""
    chinese = sorted(name for name in families if any(known in name for known in _CHINESE_FONTS))
    if not chinese:
        yield wrong(
            "fonts",
            Words(
                zh="没有中文字体，打印出来是方框", en="no Chinese font: prints show empty boxes"
            ),
            Words(
                zh="安装 fonts-noto-cjk（Debian）或思源字体",
                en="install fonts-noto-cjk (Debian) or Source Han",
            ),
        )
        return
    yield ok("fonts", f"中文字体：{chinese[0]}", f"Chinese font: {chinese[0]}")
