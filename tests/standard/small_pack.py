"""A pack of one rule that tests write, break and mend."""

from pathlib import Path

PACK = """
[organisation]
name = "临溪清泉供水有限公司"
short_name = "清泉供水公司"
brand = "清泉供水"
hotline = "8800000"
greeting = "您好，清泉供水公司"
standard = "服务规范"
edition = "2025-01"
calendar = "cn"

[organisation.hours]
mon = [["08:30", "12:00"], ["13:30", "17:30"]]
tue = [["08:30", "12:00"], ["13:30", "17:30"]]
wed = [["08:30", "12:00"], ["13:30", "17:30"]]
thu = [["08:30", "12:00"], ["13:30", "17:30"]]
fri = [["08:30", "12:00"], ["13:30", "17:30"]]

[pause_reasons]
awaiting_customer = { zh = "等待客户", en = "waiting for the customer" }
"""
CONTENTS = """
[[passage]]
clause = "1"
section = "一"
rules = ["repaired-24h"]
"""
RULE = """
id = "repaired-24h"
clause = "1"
kind = "clock"
title = { zh = "24 小时修复", en = "Repaired in 24 hours" }
wording = { zh = "24 小时内修复。", en = "Repaired within 24 hours." }
stage = "in_sale"

[source]
document = "服务规范"
section = "一"

[[version]]
from = 2025-01-01
when = { case_kind = ["repair"] }
start = { on = ["case.reported"] }
stop = { on = ["case.repaired"] }
limit = { value = 24, unit = "hours" }

[[example]]
says = "正好 24 小时"
facts = { case_kind = "repair" }
events = [
  ["case.reported", 2026-03-02T08:00:00+08:00],
  ["case.repaired", 2026-03-03T08:00:00+08:00],
]
expect = "met"
"""


def write_pack(
    root: Path,
    *,
    rule: str = RULE,
    pack: str = PACK,
    contents: str = CONTENTS,
    rules: dict[str, str] | None = None,
    files: dict[str, str] | None = None,
) -> Path:
    """The pack's directory under `root`, beside a calendar of the years 2025 and 2026."""
    home = root / "standard" / "pack"
    texts = {
        "pack.toml": pack,
        "contents.toml": contents,
        "repairs/repaired-24h.toml": rule,
        **{f"repairs/{name}.toml": text for name, text in (rules or {}).items()},
        **(files or {}),
    }
    for name, text in texts.items():
        path = home / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    calendar = Path(__file__).parents[2] / "standard" / "calendar" / "cn.toml"
    (home.parent / "calendar").mkdir(exist_ok=True)
    (home.parent / "calendar" / "cn.toml").write_text(calendar.read_text("utf-8"), "utf-8")
    return home
