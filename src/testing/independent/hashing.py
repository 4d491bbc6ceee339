"""Hashes of the protocol: H of section 2, the Merkle tree of section 7, HKDF (RFC 5869), MGF1 (RFC 8017 B.2.1)."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Sequence


def H(label: str, *parts: bytes) -> bytes:
    """Section 2: SHA-256 over the length-prefixed label and parts."""
    digest = hashlib.sha256()
    for part in (label.encode("ascii"), *parts):
        digest.update(len(part).to_bytes(4, "big"))
        digest.update(part)
    return digest.digest()


def merkle_root(leaves: Sequence[bytes]) -> bytes:
    """RFC 9162 section 2.1.1, level by level: an odd last node goes up unchanged."""
    if not leaves:
        return hashlib.sha256(b"").digest()
    level = [hashlib.sha256(b"\x00" + leaf).digest() for leaf in leaves]
    while len(level) > 1:
        pairs = [
            hashlib.sha256(b"\x01" + level[at] + level[at + 1]).digest() for at in range(0, len(level) - 1, 2)
        ]
        level = pairs + level[len(pairs) * 2 :]
    return level[0]


def hkdf_sha256(ikm: bytes, salt: bytes, info: bytes, length: int) -> bytes:
    """RFC 5869: extract, then expand."""
    prk = hmac.digest(salt, ikm, "sha256")
    output, block, counter = b"", b"", 1
    while len(output) < length:
        block = hmac.digest(prk, block + info + bytes([counter]), "sha256")
        output += block
        counter += 1
    return output[:length]


def mgf1_sha384(seed: bytes, length: int) -> bytes:
    """RFC 8017 appendix B.2.1."""
    blocks = -(-length // 48)
    return b"".join(
        hashlib.sha384(seed + counter.to_bytes(4, "big")).digest() for counter in range(blocks)
    )[:length]
