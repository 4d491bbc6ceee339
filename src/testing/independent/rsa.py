"""RSA of the protocol: keys (section 2), key proof (section 3), credentials as RSASSA-PSS (section 4, RFC 8017)."""

from __future__ import annotations

import functools
import hashlib
import math
from dataclasses import dataclass

from hashing import mgf1_sha384

EXPONENT = 65537
PROOF_VALUES = 9
_SALT_LENGTH = 48
_HASH_LENGTH = 48


@dataclass(frozen=True)
class RsaKey:
    """A public key: modulus `n`, and its length in bytes."""

    n: int
    length: int

    @property
    def octets(self) -> bytes:
        return self.n.to_bytes(self.length, "big")

    def holds(self, value: bytes) -> bool:
        """Whether an RSA value from outside has nLen bytes and 1 < x < n-1."""
        return len(value) == self.length and 1 < int.from_bytes(value, "big") < self.n - 1

    def raised(self, value: bytes) -> bytes:
        """I2OSP(value^e mod n, nLen)."""
        return pow(int.from_bytes(value, "big"), EXPONENT, self.n).to_bytes(self.length, "big")


@functools.cache
def _small_primes_product() -> int:
    """The product of all primes below 2^17."""
    limit = 2**17
    sieve = bytearray([1]) * limit
    sieve[0:2] = b"\x00\x00"
    for number in range(2, math.isqrt(limit) + 1):
        if sieve[number]:
            sieve[number * number :: number] = bytes(len(range(number * number, limit, number)))
    return math.prod(number for number in range(limit) if sieve[number])


@functools.cache
def proof_fault(key: RsaKey, proof: tuple[bytes, ...]) -> str | None:
    """Section 3, key proof: None where it holds, otherwise what does not."""
    if math.gcd(key.n, _small_primes_product() % key.n) != 1:
        return "the modulus has a prime factor below 2^17"
    if len(proof) != PROOF_VALUES:
        return f"the proof has {len(proof)} values instead of {PROOF_VALUES}"
    for i, value in enumerate(proof):
        seed = b"votix/1/keyproof" + key.octets + bytes([i])
        rho = int.from_bytes(mgf1_sha384(seed, key.length + 16), "big") % key.n
        if not key.holds(value) or key.raised(value) != rho.to_bytes(key.length, "big"):
            return f"value {i} of the proof does not hold"
    return None


@functools.cache
def pss_holds(key: RsaKey, message: bytes, signature: bytes) -> bool:
    """RFC 8017 section 8.1.2 with SHA-384, MGF1-SHA-384 and 48 bytes of salt (EMSA-PSS-VERIFY, section 9.1.2)."""
    if not key.holds(signature):
        return False
    em_bits = key.n.bit_length() - 1
    em_length = -(-em_bits // 8)
    encoded = key.raised(signature)
    if encoded[: key.length - em_length].strip(b"\x00"):
        return False
    encoded = encoded[key.length - em_length :]
    masked, digest, trailer = encoded[: -_HASH_LENGTH - 1], encoded[-_HASH_LENGTH - 1 : -1], encoded[-1]
    unused_bits = 8 * em_length - em_bits
    if trailer != 0xBC or masked[0] >> (8 - unused_bits):
        return False
    mask = mgf1_sha384(digest, len(masked))
    block = bytearray(a ^ b for a, b in zip(masked, mask))
    block[0] &= 0xFF >> unused_bits
    salt_at = len(block) - _SALT_LENGTH
    if any(block[: salt_at - 1]) or block[salt_at - 1] != 1:
        return False
    hashed = hashlib.sha384(message).digest()
    return hashlib.sha384(bytes(8) + hashed + bytes(block[salt_at:])).digest() == digest
