import re
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[2] / "src" / "shouwen"
TEMPLATES = sorted(SOURCE.rglob("templates/**/*.html"))
SPRITE = (SOURCE / "ui/static/shouwen/sprite.svg").read_text("utf-8")
STYLES = "".join(path.read_text("utf-8") for path in SOURCE.glob("ui/static/shouwen/*.css"))


def named(path: Path) -> str:
    return str(path.relative_to(SOURCE))


every_template = pytest.mark.parametrize("path", TEMPLATES, ids=named)


def offences(path: Path, pattern: str) -> list[str]:
    return re.findall(pattern, path.read_text("utf-8"))


@every_template
def test_a_template_styles_nothing_by_itself(path):
    assert offences(path, r"\sstyle\s*=|<style") == []


@every_template
def test_a_template_carries_no_script_of_its_own(path):
    assert (
        offences(path, r"<script(?![^>]*\ssrc=)|\son\w+\s*=|javascript:|hx-on|hx-vals=.js") == []
    )


@every_template
def test_a_template_asks_no_database(path):
    assert offences(path, r"\.(?:objects|all|filter|exclude|exists|select_related)\b") == []


@every_template
def test_a_template_names_no_role(path):
    assert offences(path, r"request\.user|perms\.|\.has_perm|\.role\b") == []


@every_template
def test_a_template_decides_at_most_two_levels_deep(path):
    deepest = depth = 0
    for tag in offences(path, r"{%\s*(if|endif)\b"):
        depth += 1 if tag == "if" else -1
        deepest = max(deepest, depth)

    assert deepest <= 2


@every_template
def test_a_template_words_nothing_outside_the_catalogue(path):
    whole = re.sub(
        r"{% blocktranslate.*?{% endblocktranslate %}",
        "",
        path.read_text("utf-8"),
        flags=re.DOTALL,
    )
    text = re.sub(r"{#.*?#}|{%.*?%}|{{.*?}}", "", whole, flags=re.DOTALL)
    own_name = "首问"

    assert set(re.findall(r"[\u4e00-\u9fff]+", text)) <= {*own_name, "中文"}


@every_template
def test_every_posted_form_carries_the_forgery_token(path):
    text = path.read_text("utf-8")
    forms = re.findall(r'<form\b[^>]*method="post".*?</form>', text, flags=re.DOTALL)

    assert all("csrf_token" in form for form in forms)


def test_every_icon_that_is_named_is_in_the_sprite():
    named_icons = {
        icon
        for path in TEMPLATES
        for icon in re.findall(r'<c-icon name="([a-z0-9-]+)"', path.read_text("utf-8"))
    }
    drawn = set(re.findall(r'id="i-([a-z0-9-]+)"', SPRITE))

    assert named_icons <= drawn


def test_every_class_of_ours_that_a_template_uses_is_in_a_stylesheet():
    used = {
        name
        for path in TEMPLATES
        for classes in re.findall(r'class="([^"{]*)"', path.read_text("utf-8"))
        for name in classes.split()
        if name.startswith("sw-")
    }

    assert {name for name in used if f".{name}" not in STYLES} == set()


def test_every_message_of_the_scripts_comes_from_the_page():
    scripts = SOURCE.glob("ui/static/shouwen/*.js")

    assert [path.name for path in scripts if re.search(r"[\u4e00-\u9fff]", path.read_text())] == []
