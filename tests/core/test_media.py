"""What a file is depends on its content alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shouwen.core.media import ALLOWED, sniff

SAMPLES = {
    "image/jpeg": b"\xff\xd8\xff\xe0\0\x10JFIF",
    "image/png": b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR",
    "image/webp": b"RIFF\x24\0\0\0WEBPVP8 ",
    "application/pdf": b"%PDF-1.7\n",
    "audio/wav": b"RIFF\x24\0\0\0WAVEfmt ",
    "audio/mpeg": b"\xff\xfb\x90\x64" + b"\0" * 20,
    "text/plain": "客户说周日在家\n".encode(),
}
OTHERS = (
    b"",
    b"GIF89a\x01\0\x01\0",
    b"MZ\x90\0\x03",
    b"\x7fELF\x02\x01",
    b"PK\x03\x04\x14",
    b"RIFF\x24\0\0\0AVI LIST",
    b"\x89PNX\r\n\x1a\n",
    b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'>",
    b"  \n<!DOCTYPE html><script>",
    b"<?xml version='1.0'?>",
    b"#!/bin/sh\nrm -rf /",
    b"\xff\xff\xff\xff\xff",
    b"\xff\xe0\0\0",
    b"text with \0 in it",
    "文".encode("gb18030") + b"\xff",
)


@pytest.mark.parametrize(("type_", "content"), SAMPLES.items())
def test_each_kind_on_the_list_is_known(type_, content):
    found = sniff(content)

    assert found is not None
    assert found.type == type_


@pytest.mark.parametrize("content", OTHERS)
def test_nothing_else_is(content):
    assert sniff(content) is None


@given(st.binary(max_size=200))
def test_any_content_is_one_kind_of_the_list_or_none(content):
    assert sniff(content) in (*ALLOWED, None)


@given(st.binary(max_size=50), st.sampled_from(sorted(SAMPLES)))
def test_what_follows_the_head_does_not_change_a_picture(rest, type_):
    if type_ == "text/plain":
        return
    found = sniff(SAMPLES[type_] + rest)

    assert found is not None
    assert found.type == type_
