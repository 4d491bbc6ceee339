"""Opening AES-256-GCM (FIPS 197, NIST SP 800-38D) with 12-byte nonces and 16-byte tags. Not constant time."""

from __future__ import annotations

import functools
import hmac

_ROUNDS = 14


def _times(a: int, b: int) -> int:
    """The product in GF(2^8) modulo 0x11B."""
    product = 0
    while b:
        if b & 1:
            product ^= a
        a = a << 1 ^ (0x11B if a & 0x80 else 0)
        b >>= 1
    return product


def _substitution() -> bytes:
    """FIPS 197 section 5.1.1: the inverse, then the affine map."""
    box = bytearray(256)
    for value in range(256):
        inverse = 1
        for _ in range(254):
            inverse = _times(inverse, value)
        image = 0x63
        for turn in range(5):
            image ^= (inverse << turn | inverse >> (8 - turn)) & 0xFF
        box[value] = image
    return bytes(box)


_SBOX = _substitution()
_TWICE = bytes(_times(value, 2) for value in range(256))
# FIPS 197 section 5.1.2: byte 4c + r of the shifted state is byte 4(c + r) + r of the state
_SHIFTED = [(4 * (column + row) + row) % 16 for column in range(4) for row in range(4)]


def _round_keys(key: bytes) -> list[bytes]:
    words = [key[at : at + 4] for at in range(0, 32, 4)]
    constant = 1
    for at in range(8, 4 * (_ROUNDS + 1)):
        word = words[-1]
        if at % 8 == 0:
            word = (word[1:] + word[:1]).translate(_SBOX)
            word = bytes([word[0] ^ constant]) + word[1:]
            constant = _TWICE[constant]
        elif at % 8 == 4:
            word = word.translate(_SBOX)
        words.append(bytes(a ^ b for a, b in zip(words[at - 8], word)))
    return [b"".join(words[at : at + 4]) for at in range(0, len(words), 4)]


def _mixed(state: bytes) -> bytes:
    """FIPS 197 section 5.1.3."""
    out = bytearray()
    for at in range(0, 16, 4):
        a, b, c, d = state[at : at + 4]
        every = a ^ b ^ c ^ d
        out += bytes(
            (a ^ every ^ _TWICE[a ^ b], b ^ every ^ _TWICE[b ^ c], c ^ every ^ _TWICE[c ^ d], d ^ every ^ _TWICE[d ^ a])
        )
    return bytes(out)


def _block(keys: list[bytes], octets: bytes) -> bytes:
    state = bytes(a ^ b for a, b in zip(octets, keys[0]))
    for number in range(1, _ROUNDS + 1):
        substituted = state.translate(_SBOX)
        state = bytes(substituted[at] for at in _SHIFTED)
        if number < _ROUNDS:
            state = _mixed(state)
        state = bytes(a ^ b for a, b in zip(state, keys[number]))
    return state


def _ghash(subkey: int, octets: bytes) -> int:
    """SP 800-38D section 6.4, bit by bit; bit 0 of the standard is the most significant one."""
    total = 0
    for at in range(0, len(octets), 16):
        x, total, v = total ^ int.from_bytes(octets[at : at + 16], "big"), 0, subkey
        for bit in range(127, -1, -1):
            if x >> bit & 1:
                total ^= v
            v = v >> 1 ^ (0xE1 << 120 if v & 1 else 0)
    return total


def _filled(octets: bytes) -> bytes:
    return octets + bytes(-len(octets) % 16)


@functools.cache
def open_aes_gcm(key: bytes, nonce: bytes, sealed: bytes, aad: bytes) -> bytes | None:
    """The plaintext of `sealed` (ciphertext and tag); None where the tag does not hold."""
    keys = _round_keys(key)
    ciphertext, tag = sealed[:-16], sealed[-16:]
    lengths = (8 * len(aad)).to_bytes(8, "big") + (8 * len(ciphertext)).to_bytes(8, "big")
    subkey = int.from_bytes(_block(keys, bytes(16)), "big")
    digest = _ghash(subkey, _filled(aad) + _filled(ciphertext) + lengths)
    mask = int.from_bytes(_block(keys, nonce + (1).to_bytes(4, "big")), "big")
    if not hmac.compare_digest((digest ^ mask).to_bytes(16, "big"), tag):
        return None
    stream = b"".join(
        _block(keys, nonce + counter.to_bytes(4, "big")) for counter in range(2, 2 + -(-len(ciphertext) // 16))
    )
    return bytes(a ^ b for a, b in zip(ciphertext, stream))
