"""Signing seals with an Ed25519 key (RFC 8032); needs the extra ``sign``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec
from msgspec.structs import replace

from qms.problems import Problem, RegisterError
from qms.store.seal_files import canonical
from qms.text import Text

if TYPE_CHECKING:
    from qms.store.seal_files import Seal

__all__ = ["is_signed", "new_key", "public_key", "signed"]

_NO_LIBRARY = Text(en="signing needs the package “cryptography”", vi="ký số cần gói “cryptography”")
_INSTALL = Text(
    en="Install it with: pip install 'qms-register[sign]'",
    vi="Cài đặt bằng lệnh: pip install 'qms-register[sign]'",
)
_NO_KEY = Text(
    en="this is not an Ed25519 key in PEM form without a password",
    vi="đây không phải là khóa Ed25519 dạng PEM không đặt mật khẩu",
)
_MAKE_KEY = Text(
    en="Make one with: qms seal REGISTER --new-key FILE; it signs, FILE.pub verifies.",
    vi="Tạo khóa bằng lệnh: qms seal SỔ_ĐĂNG_KÝ --new-key TỆP; tệp này dùng để ký, "
    "TỆP.pub dùng để kiểm tra.",
)


def _library() -> tuple[Any, Any]:
    try:
        from cryptography.hazmat.primitives import serialization
        from cryptography.hazmat.primitives.asymmetric import ed25519
    except ImportError:
        raise RegisterError([Problem(what=_NO_LIBRARY, remedy=_INSTALL)]) from None
    return serialization, ed25519


def new_key() -> tuple[bytes, bytes]:
    """A new private key and its public key, in PEM form."""
    serialization, ed25519 = _library()
    key = ed25519.Ed25519PrivateKey.generate()
    private = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    public = key.public_key().public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    return private, public


def public_key(pem: bytes) -> str:
    """The public key in PEM form as 64 hexadecimal digits.

    Raises:
        RegisterError: it is none.
    """
    serialization, ed25519 = _library()
    try:
        key = serialization.load_pem_public_key(pem)
    except (ValueError, TypeError):
        key = None
    if not isinstance(key, ed25519.Ed25519PublicKey):
        raise RegisterError([Problem(what=_NO_KEY, remedy=_MAKE_KEY)])
    return _raw(key, serialization)


def _raw(key: Any, serialization: Any) -> str:
    encoding, form = serialization.Encoding.Raw, serialization.PublicFormat.Raw
    raw: bytes = key.public_bytes(encoding, form)
    return raw.hex()


def signed(seal: Seal, pem: bytes) -> Seal:
    """A seal with the signature of a private key in PEM form.

    Raises:
        RegisterError: the key is none.
    """
    serialization, ed25519 = _library()
    try:
        key = serialization.load_pem_private_key(pem, password=None)
    except (ValueError, TypeError):
        key = None
    if not isinstance(key, ed25519.Ed25519PrivateKey):
        raise RegisterError([Problem(what=_NO_KEY, remedy=_MAKE_KEY)])
    made = replace(seal, key=_raw(key.public_key(), serialization), signature=None)
    return replace(made, signature=key.sign(_signed_words(made)).hex())


def is_signed(seal: Seal) -> bool:
    """Whether the signature of a seal is that of its key.

    Raises:
        RegisterError: the library for signatures is missing.
    """
    from cryptography.exceptions import InvalidSignature

    _, ed25519 = _library()
    try:
        key = ed25519.Ed25519PublicKey.from_public_bytes(bytes.fromhex(seal.key or ""))
        key.verify(bytes.fromhex(seal.signature or ""), _signed_words(seal))
    except (InvalidSignature, ValueError):
        return False
    return True


def _signed_words(seal: Seal) -> bytes:
    return canonical(msgspec.to_builtins(replace(seal, signature=None))).encode()
