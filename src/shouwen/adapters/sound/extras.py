"""Libraries that only some installations have: loaded when they are needed, named when they are missing."""

from importlib import import_module
from typing import Any

_EXTRAS = {
    "webrtcvad": "audio",
    "pyloudnorm": "audio",
    "scipy.signal": "audio",
    "sherpa_onnx": "asr",
}


class ExtraMissing(Exception):
    """A library is not installed; `extra` names what to install. What it would have told is not evaluated."""

    def __init__(self, extra: str) -> None:
        self.extra = extra
        super().__init__(
            f"未评估：没有安装 [{extra}]，运行 pip install -r requirements/{extra}.lock"
            f" / not evaluated: [{extra}] is not installed, run pip install -r requirements/{extra}.lock"
        )


def needed(module: str) -> Any:
    """A module of an extra. Raises ExtraMissing."""
    try:
        return import_module(module)
    except ImportError as error:
        raise ExtraMissing(_EXTRAS[module]) from error
