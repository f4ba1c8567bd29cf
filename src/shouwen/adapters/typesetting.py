"""PDF documents set by typst from a template and plain data; no network, no file outside the template."""

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import typst

CHINESE = "Noto Sans CJK SC"


class FontsMissing(RuntimeError):
    """The fonts of this machine cannot write Chinese."""


def pdf(*, template: Path, data: Mapping[str, Any]) -> bytes:
    """The template set with the data, which it reads from `sys.inputs.data` as JSON.

    Fonts are found where fontconfig keeps them. Raises FontsMissing, typst.TypstError.
    """
    made = typst.compile(
        template.read_bytes(),
        font_paths=_fonts(),
        format="pdf",
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
    )
    if not isinstance(made, bytes):
        raise TypeError(f"{template.name}: not one document")
    return made


@cache
def _fonts() -> typst.Fonts:
    fonts = typst.Fonts(include_system_fonts=True)
    if CHINESE not in fonts.families():
        raise FontsMissing(
            f"缺少字体 {CHINESE}：请安装 fonts-noto-cjk / font {CHINESE} is missing: "
            "install Debian's fonts-noto-cjk"
        )
    return fonts
