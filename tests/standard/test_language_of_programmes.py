"""The rules that the guide shows for programmes are rules that work."""

import re
from pathlib import Path

import pytest

from shouwen.standard.checking import check_pack
from tests.standard.small_pack import CONTENTS, write_pack

DOCS = Path(__file__).parents[2] / "docs"
GUIDE = next(
    path
    for name in ("standard-language-k2.md", "standard-language.md")
    if (path := DOCS / name).exists()
)
SECTIONS = re.findall(
    r"^## (\d+) · .*?```toml\n(.*?)```", GUIDE.read_text("utf-8"), re.DOTALL | re.M
)


@pytest.mark.parametrize(("number", "rule"), SECTIONS, ids=[number for number, _ in SECTIONS])
def test_the_rule_of_the_section_passes_the_check(tmp_path, number, rule):
    name = re.search(r'^id = "(.*)"', rule, re.M).group(1)
    contents = CONTENTS.replace('["repaired-24h"]', f'["repaired-24h", "{name}"]')

    pack = check_pack(write_pack(tmp_path, contents=contents, rules={name: rule}))

    assert len(pack.rules[name].examples) >= 2


def test_each_construct_of_programmes_has_its_section():
    assert {"2", "16", "18", "19", "20", "21", "23"} <= {number for number, _ in SECTIONS}
