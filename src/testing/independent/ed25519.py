"""Ed25519 verification, RFC 8032 section 5.1.7, without cofactor; keys of section 2 of the protocol."""

from __future__ import annotations

import functools
import hashlib

P = 2**255 - 19
L = 2**252 + 27742317777372353535851937790883648493
_D = -121665 * pow(121666, -1, P) % P
_SQRT_M1 = pow(2, (P - 1) // 4, P)

# extended homogeneous coordinates (X, Y, Z, T) of RFC 8032 section 5.1.4
Point = tuple[int, int, int, int]
_IDENTITY: Point = (0, 1, 1, 0)


def _add(one: Point, other: Point) -> Point:
    x1, y1, z1, t1 = one
    x2, y2, z2, t2 = other
    a = (y1 - x1) * (y2 - x2) % P
    b = (y1 + x1) * (y2 + x2) % P
    c = 2 * t1 * t2 % P * _D % P
    d = 2 * z1 * z2 % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % P, g * h % P, f * g % P, e * h % P


def _double(point: Point) -> Point:
    x, y, z, _ = point
    a = x * x % P
    b = y * y % P
    h = a + b
    e = h - (x + y) * (x + y) % P
    g = a - b
    f = 2 * z * z % P + g
    return e * f % P, g * h % P, f * g % P, e * h % P


def _decoded(octets: bytes) -> Point | None:
    """RFC 8032 section 5.1.3; None for what is no canonical encoding of a point."""
    y = int.from_bytes(octets, "little")
    sign, y = y >> 255, y & (1 << 255) - 1
    if y >= P:
        return None
    u, v = (y * y - 1) % P, (_D * y * y + 1) % P
    x = u * pow(v, 3, P) * pow(u * pow(v, 7, P), (P - 5) // 8, P) % P
    if v * x * x % P == -u % P:
        x = x * _SQRT_M1 % P
    if v * x * x % P != u or (x == 0 and sign == 1):
        return None
    if x & 1 != sign:
        x = P - x
    return x, y, 1, x * y % P


def _encoded(point: Point) -> bytes:
    x, y, z, _ = point
    inverse = pow(z, -1, P)
    x, y = x * inverse % P, y * inverse % P
    return (y | (x & 1) << 255).to_bytes(32, "little")


def _multiples(point: Point) -> list[Point]:
    """0 to 15 times the point."""
    table = [_IDENTITY]
    for _ in range(15):
        table.append(_add(table[-1], point))
    return table


@functools.cache
def _base_multiples() -> list[Point]:
    base = _decoded((4 * pow(5, -1, P) % P).to_bytes(32, "little"))
    assert base is not None
    return _multiples(base)


@functools.cache
def sound_key(public_key: bytes) -> bool:
    """Whether a key is canonical (y < p) and not of small order; one off the curve verifies no signature."""
    if len(public_key) != 32 or int.from_bytes(public_key, "little") & (1 << 255) - 1 >= P:
        return False
    y_only = public_key[:31] + bytes([public_key[31] & 0x7F])
    point = _decoded(y_only)
    if point is None:
        return True
    x, y, z, _ = _double(_double(_double(point)))
    return x != 0 or y != z


@functools.cache
def signature_holds(public_key: bytes, message: bytes, signature: bytes) -> bool:
    """[S]B = R + [k]A, by encoding [S]B - [k]A: RFC 8032 decodes only canonical R, so bytes may be compared."""
    a = _decoded(public_key) if sound_key(public_key) else None
    if a is None or len(signature) != 64:
        return False
    r, s = signature[:32], int.from_bytes(signature[32:], "little")
    if s >= L:
        return False
    k = int.from_bytes(hashlib.sha512(r + public_key + message).digest(), "little") % L
    of_base, of_key = _base_multiples(), _multiples((P - a[0], a[1], 1, P - a[3]))
    total = _IDENTITY
    for shift in range(252, -4, -4):
        for _ in range(4):
            total = _double(total)
        total = _add(total, of_base[s >> shift & 15])
        total = _add(total, of_key[k >> shift & 15])
    return _encoded(total) == r
