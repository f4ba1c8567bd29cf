"""The key that signs the heads of the journal: a file beside the database, not in it."""

import hashlib
import os
import secrets
from dataclasses import dataclass
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey


@dataclass(frozen=True, slots=True)
class PublicKey:
    """Checks signatures; `name` is the start of the key's fingerprint."""

    key: Ed25519PublicKey

    @classmethod
    def from_hex(cls, text: str) -> "PublicKey":
        """The key written as 64 hex digits. Raises ValueError."""
        return cls(Ed25519PublicKey.from_public_bytes(bytes.fromhex(text.strip())))

    def hex(self) -> str:
        """The key as 64 hex digits."""
        return self.key.public_bytes_raw().hex()

    @property
    def name(self) -> str:
        """Sixteen hex digits that tell one key from another."""
        return hashlib.sha256(self.key.public_bytes_raw()).hexdigest()[:16]

    def signed(self, message: bytes, signature: str) -> bool:
        """Whether `signature` (hex) of `message` was made with the private half of this key."""
        try:
            self.key.verify(bytes.fromhex(signature), message)
        except (InvalidSignature, ValueError):
            return False
        return True


@dataclass(frozen=True, slots=True)
class SigningKey:
    """Makes signatures (Ed25519, hex)."""

    key: Ed25519PrivateKey

    @property
    def public(self) -> PublicKey:
        """The half that may be known."""
        return PublicKey(self.key.public_key())

    def sign(self, message: bytes) -> str:
        """The signature of a message as 128 hex digits."""
        return self.key.sign(message).hex()


def signing_key(path: Path) -> SigningKey:
    """The key in the file, which is made on first use, readable by its owner only (0600).

    Raises OSError when the file cannot be read or made, ValueError when it holds no key.
    """
    if not path.exists():
        _make(path)
    return SigningKey(Ed25519PrivateKey.from_private_bytes(bytes.fromhex(path.read_text("ascii"))))


def _make(path: Path) -> None:
    """Of several processes that start at once one makes the key; nobody reads half of it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
    with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(Ed25519PrivateKey.generate().private_bytes_raw().hex())
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
