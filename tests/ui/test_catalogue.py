from babel.messages import Catalog

from scripts import messages


def test_every_text_has_english_and_the_compiled_file_is_fresh():
    assert list(messages.check(messages.updated())) == []


def test_a_text_without_english_is_named():
    catalogue = Catalog(locale="en")
    catalogue.add("没有英文")

    assert any("'没有英文'" in fault for fault in messages.check(catalogue))


def test_a_translation_that_loses_a_placeholder_is_named():
    catalogue = Catalog(locale="en")
    catalogue.add("剩 %(time)s", "left")

    assert any(fault.startswith("placeholders differ") for fault in messages.check(catalogue))
