"""Where the standard lies on this machine."""

import os
from pathlib import Path

VARIABLE = "SHOUWEN_STANDARD"
_BESIDE_THE_SOURCE = Path(__file__).resolve().parents[3] / "standard" / "antai"


def default_pack_path() -> Path:
    """The directory named by SHOUWEN_STANDARD, else `standard/antai` beside the source tree."""
    named = os.environ.get(VARIABLE)
    return Path(named) if named else _BESIDE_THE_SOURCE
