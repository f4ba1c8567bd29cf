"""A recogniser's model that is made here: a real ONNX graph of a few hundred weights that tells our two vowels apart.

It hears the 啊 and the 一 of `tests.speaking` by where their formants lie; everything else is blank. Written as a zipformer CTC model, which sherpa-onnx loads like any other.
"""

import hashlib
from pathlib import Path

import numpy as np

_FLOAT, _INT64 = 1, 7
_BINS, _TOKENS = 80, ("<blk>", "啊", "一")
_OF_A, _LOW_OF_I, _HIGH_OF_I = slice(20, 31), slice(10, 15), slice(40, 46)  # mel bins


def model_folder(folder: Path) -> Path:
    """Writes the model, its tokens, its description and its checksums."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "tiny.onnx").write_bytes(_model())
    (folder / "tokens.txt").write_text(
        "".join(f"{t} {i}\n" for i, t in enumerate(_TOKENS)), "utf-8"
    )
    (folder / "model.toml").write_text(
        'name = "two vowels"\nkind = "zipformer_ctc"\n[files]\nmodel = "tiny.onnx"\ntokens = "tokens.txt"\n',
        "utf-8",
    )
    sign(folder)
    return folder


def sign(folder: Path) -> None:
    """Writes the list of checksums as sha256sum does."""
    names = sorted(p.name for p in folder.iterdir() if p.name not in ("SHA256SUMS", "model.toml"))
    lines = [f"{hashlib.sha256((folder / n).read_bytes()).hexdigest()}  {n}\n" for n in names]
    (folder / "SHA256SUMS").write_text("".join(lines), "utf-8")


def _model() -> bytes:
    weights = np.zeros((_BINS, len(_TOKENS)), np.float32)
    weights[_OF_A, 1] = 1 / 11
    weights[_LOW_OF_I, 1], weights[_HIGH_OF_I, 1] = -1 / 10, -1 / 12
    weights[:, 2] = -weights[:, 1]
    bias = np.array([1.5, 0.0, 0.0], np.float32)  # what is neither is blank
    graph = (
        _node("MatMul", ["x", "w"], ["s"])
        + _node("Add", ["s", "b"], ["t"])
        + _node("LogSoftmax", ["t"], ["log_probs"])
        + _node("Identity", ["x_lens"], ["log_probs_len"])
        + _text(2, "two_vowels")
        + _bytes(5, _tensor("w", weights))
        + _bytes(5, _tensor("b", bias))
        + _bytes(11, _value("x", _FLOAT, ["N", "T", _BINS]))
        + _bytes(11, _value("x_lens", _INT64, ["N"]))
        + _bytes(12, _value("log_probs", _FLOAT, ["N", "T", len(_TOKENS)]))
        + _bytes(12, _value("log_probs_len", _INT64, ["N"]))
    )
    return _number(1, 8) + _bytes(7, graph) + _bytes(8, _text(1, "") + _number(2, 13))


# Protocol buffers: a key of field and wire type, then a number or so many bytes.


def _varint(value: int) -> bytes:
    out = bytearray()
    while value > 127:
        out.append(value & 127 | 128)
        value >>= 7
    return bytes([*out, value])


def _number(field: int, value: int) -> bytes:
    return _varint(field << 3) + _varint(value)


def _bytes(field: int, value: bytes) -> bytes:
    return _varint(field << 3 | 2) + _varint(len(value)) + value


def _text(field: int, value: str) -> bytes:
    return _bytes(field, value.encode())


def _node(op: str, inputs: list[str], outputs: list[str]) -> bytes:
    names = b"".join(_text(1, each) for each in inputs) + b"".join(_text(2, o) for o in outputs)
    return _bytes(1, names + _text(4, op))


def _tensor(name: str, values: np.ndarray) -> bytes:
    dims = b"".join(_number(1, size) for size in values.shape)
    return dims + _number(2, _FLOAT) + _text(8, name) + _bytes(9, values.tobytes())


def _value(name: str, kind: int, shape: list[int | str]) -> bytes:
    dims = (_number(1, d) if isinstance(d, int) else _text(2, d) for d in shape)
    whole = b"".join(_bytes(1, each) for each in dims)
    return _text(1, name) + _bytes(2, _bytes(1, _number(1, kind) + _bytes(2, whole)))
