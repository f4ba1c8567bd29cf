import pytest
from hypothesis import given
from hypothesis import strategies as st

from shouwen.core.text.summary import matter


@pytest.mark.parametrize(
    ("texts", "said"),
    [
        (["你好，我想问一下，燃气费怎么交？"], "燃气费怎么交？"),
        (["喂 你好 我家灶打不着火"], "我家灶打不着火"),
        (["喂", "你好，我要报修，情况有点复杂。", "热水器老是熄火"], "热水器老是熄火"),
        (["可打通了 我家那个表 它自己滴滴叫"], "我家那个表，它自己滴滴叫"),
        (["我姓佘，佘太君的佘。气表不走了"], "气表不走了"),
        (["我家在青檀里11号楼1单元102，没气了，电话14033001927"], "没气了"),
        (["嗯。", "对。"], ""),
        ([], ""),
    ],
)
def test_the_matter_is_what_remains_without_greetings_names_and_numbers(texts, said):
    assert matter(texts) == said


@given(st.lists(st.text(max_size=120), max_size=4), st.integers(10, 80))
def test_a_heading_is_never_too_long(texts, longest):
    assert len(matter(texts, longest=longest)) <= longest


def test_a_long_matter_ends_with_a_whole_clause():
    text = "去年冬天换了一台壁挂炉，" + "装炉子的师傅说烟管长度不够，接了一截。" * 4

    said = matter([text])

    assert (
        said
        == "去年冬天换了一台壁挂炉，装炉子的师傅说烟管长度不够，接了一截。装炉子的师傅说烟管长度不够，接了一截"
    )
