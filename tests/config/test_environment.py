"""What environment variables may hold, and the key made on the first start."""

import stat
import subprocess
import sys
from pathlib import Path

import pytest

from shouwen.config.environment import BadSetting, choice, flag, folder, secret_key, words


@pytest.mark.parametrize(
    ("written", "meant"), [("1", True), ("Yes", True), ("on", True), ("0", False), ("", False)]
)
def test_a_flag_is_read_in_the_usual_spellings(written: str, meant: bool) -> None:
    assert flag({"SHOUWEN_DEBUG": written}, "SHOUWEN_DEBUG", default=not meant) is meant


def test_an_absent_flag_has_its_default() -> None:
    assert flag({}, "SHOUWEN_DEBUG", default=True) is True


def test_an_unreadable_flag_is_named_with_what_it_holds() -> None:
    with pytest.raises(BadSetting, match=r"SHOUWEN_DEBUG='maybe'.*1 \| 0"):
        flag({"SHOUWEN_DEBUG": "maybe"}, "SHOUWEN_DEBUG", default=False)


def test_a_list_is_split_at_commas_without_blanks() -> None:
    hosts = words({"H": " a.example , ,b.example"}, "H", default=())

    assert hosts == ["a.example", "b.example"]


def test_a_choice_falls_back_to_the_first_and_refuses_other_words() -> None:
    assert choice({}, "S", of=("collected", "sources")) == "collected"
    with pytest.raises(BadSetting, match=r"collected \| sources"):
        choice({"S": "none"}, "S", of=("collected", "sources"))


def test_a_folder_is_absolute(tmp_path: Path) -> None:
    assert folder({}, "SHOUWEN_HOME", default=tmp_path / "a" / ".." / "b") == tmp_path / "b"


def test_the_key_is_made_once_and_only_its_owner_can_read_it(tmp_path: Path) -> None:
    home = tmp_path / "home"

    first = secret_key({}, home=home)
    second = secret_key({}, home=home)

    assert first == second
    assert len(first) >= 50
    assert stat.S_IMODE((home / "secret-key").stat().st_mode) == 0o600
    assert [path.name for path in home.iterdir()] == ["secret-key"]


def test_processes_that_start_at_once_agree_on_one_key(tmp_path: Path) -> None:
    program = (
        "from pathlib import Path; from shouwen.config.environment import secret_key;"
        f"print(secret_key({{}}, home=Path({str(tmp_path)!r})))"
    )

    started = [
        subprocess.Popen(
            [sys.executable, "-c", program], stdout=subprocess.PIPE, env={"PYTHONPATH": "src"}
        )
        for _ in range(4)
    ]
    keys = {process.communicate(timeout=30)[0] for process in started}

    assert len(keys) == 1
    assert keys != {b""}


def test_a_given_key_wins_over_the_file(tmp_path: Path) -> None:
    (tmp_path / "named").write_text("from the file\n")

    assert secret_key({"SHOUWEN_SECRET_KEY": "given"}, home=tmp_path) == "given"
    named = {"SHOUWEN_SECRET_KEY_FILE": str(tmp_path / "named")}
    assert secret_key(named, home=tmp_path) == "from the file"


@pytest.mark.parametrize("content", [None, ""])
def test_a_missing_or_empty_key_file_is_refused(tmp_path: Path, content: str | None) -> None:
    path = tmp_path / "key"
    if content is not None:
        path.write_text(content)

    with pytest.raises(BadSetting, match="SHOUWEN_SECRET_KEY_FILE"):
        secret_key({"SHOUWEN_SECRET_KEY_FILE": str(path)}, home=tmp_path)
