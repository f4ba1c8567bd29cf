"""What the guide for authors shows is a rule that works."""

import re
from pathlib import Path

from shouwen.standard.checking import check_pack
from shouwen.standard.registry import KINDS
from tests.standard.small_pack import CONTENTS, write_pack

README = Path(__file__).parents[2] / "standard" / "README.md"


def test_the_rule_in_the_guide_passes_the_check(tmp_path):
    (rule,) = re.findall(r"```toml\n(.*?)```", README.read_text("utf-8"), re.DOTALL)
    rule = rule.replace('clause = "2.2.4"', 'clause = "1"')
    contents = CONTENTS.replace('["repaired-24h"]', '["repaired-24h", "meter-exchanged-3wd"]')

    pack = check_pack(write_pack(tmp_path, contents=contents, rules={"meter-exchanged-3wd": rule}))

    assert pack.rules["meter-exchanged-3wd"].examples


def test_the_guide_names_every_kind():
    text = README.read_text("utf-8")

    assert [kind for kind in KINDS if f"**{kind}**" not in text and f"`{kind}`" not in text] == []
