"""How characters are pronounced, by the tables of pypinyin.

They take a fifth of a second to load, which nobody waits for before something is asked.
"""


def pronounced(text: str | list[str]) -> list[str]:
    """The usual reading of each character without its tone; other signs as they are."""
    from pypinyin import Style, lazy_pinyin

    return [str(each) for each in lazy_pinyin(text, style=Style.NORMAL)]


def pronunciations(text: str | list[str]) -> list[list[str]]:
    """Every reading of each character without tones, the usual one first; other signs as they are."""
    from pypinyin import Style, pinyin

    return [list(map(str, each)) for each in pinyin(text, style=Style.NORMAL, heteronym=True)]
