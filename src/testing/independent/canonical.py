"""Section 2 of the protocol: canonical JSON (RFC 8785 over a part of JSON), and strict decoders."""

from __future__ import annotations

import base64
import binascii
import json
import re
from typing import Any, NoReturn

INTEGER_LIMIT = 2**53 - 1
DEPTH_LIMIT = 64
_SURROGATE = re.compile("[\ud800-\udfff]")


class Malformed(Exception):
    """What was read breaks a rule of the protocol about its form; the message says which."""


def _no_fraction(literal: str) -> NoReturn:
    raise Malformed(f"a number is not an integer: {literal[:40]}")


def _integer(literal: str) -> int:
    if literal == "-0":
        raise Malformed("a number is -0")
    if len(literal) > 17 or abs(int(literal)) > INTEGER_LIMIT:
        raise Malformed("an integer is outside +-(2^53-1)")
    return int(literal)


def _members(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise Malformed("an object has a key twice")
    return found


def _require_values(value: Any, depth: int = 0) -> None:
    """Refuses null and lone surrogates, wherever they are, and what is nested too deep."""
    if isinstance(value, (dict, list)) and depth == DEPTH_LIMIT:
        raise Malformed(f"nested more than {DEPTH_LIMIT} deep")
    if value is None:
        raise Malformed("a value is null")
    if isinstance(value, str) and _SURROGATE.search(value):
        raise Malformed("a string has a lone surrogate")
    if isinstance(value, dict):
        for key, member in value.items():
            _require_values(key)
            _require_values(member, depth + 1)
    if isinstance(value, list):
        for member in value:
            _require_values(member, depth + 1)


def parse_json(octets: bytes) -> Any:
    """JSON with the value rules of section 2, members in any order, any white space."""
    try:
        value = json.loads(
            octets.decode("utf-8"),
            object_pairs_hook=_members,
            parse_int=_integer,
            parse_float=_no_fraction,
            parse_constant=_no_fraction,
        )
        _require_values(value)
    except UnicodeDecodeError:
        raise Malformed("not UTF-8") from None
    except (json.JSONDecodeError, RecursionError):
        raise Malformed("not JSON") from None
    return value


_ESCAPED = re.compile(r'["\\\x00-\x1f]')
_ESCAPES = {'"': '\\"', "\\": "\\\\", "\b": "\\b", "\f": "\\f", "\n": "\\n", "\r": "\\r", "\t": "\\t"}


def _quoted(text: str) -> str:
    """RFC 8785 section 3.2.2.2: only quotes, reverse solidus and U+0000 to U+001F are escaped."""
    return '"' + _ESCAPED.sub(lambda found: _ESCAPES.get(found[0]) or f"\\u{ord(found[0]):04x}", text) + '"'


def _written(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, str):
        return _quoted(value)
    if isinstance(value, list):
        return "[" + ",".join(map(_written, value)) + "]"
    # RFC 8785 section 3.2.3: members ascend by UTF-16 code units
    ordered = sorted(value, key=lambda key: key.encode("utf-16-be"))
    return "{" + ",".join(f"{_quoted(key)}:{_written(value[key])}" for key in ordered) + "}"


def canonical(value: Any) -> bytes:
    """The canonical form of a value that `parse_json` may return."""
    return _written(value).encode("utf-8")


def parse_canonical(octets: bytes) -> Any:
    """JSON that is its own canonical form."""
    value = parse_json(octets)
    if canonical(value) != octets:
        raise Malformed("not in canonical form")
    return value


def members_of(value: Any, names: set[str], what: str) -> dict[str, Any]:
    """An object with exactly these members."""
    if not isinstance(value, dict):
        raise Malformed(f"{what} is not an object")
    if set(value) != names:
        raise Malformed(f"{what} does not have exactly the members {', '.join(sorted(names))}")
    return value


def integer(value: Any, what: str, least: int = 0) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or value < least:
        raise Malformed(f"{what} is not an integer of at least {least}")
    return value


def text(value: Any, what: str) -> str:
    if not isinstance(value, str):
        raise Malformed(f"{what} is not a string")
    return value


def boolean(value: Any, what: str) -> bool:
    if not isinstance(value, bool):
        raise Malformed(f"{what} is not true or false")
    return value


def array(value: Any, what: str) -> list[Any]:
    if not isinstance(value, list):
        raise Malformed(f"{what} is not an array")
    return value


def octets_of(value: Any, length: int, what: str) -> bytes:
    """Base64url without padding or stray bits, of exactly `length` bytes."""
    encoded = text(value, what)
    if not re.fullmatch(r"[A-Za-z0-9_-]*", encoded, re.ASCII):
        raise Malformed(f"{what} is not base64url")
    try:
        decoded = base64.urlsafe_b64decode(encoded + "=" * (-len(encoded) % 4))
    except binascii.Error:
        raise Malformed(f"{what} is not base64url") from None
    if base64url(decoded) != encoded:
        raise Malformed(f"{what} has stray bits")
    if len(decoded) != length:
        raise Malformed(f"{what} has {len(decoded)} bytes instead of {length}")
    return decoded


def base64url(octets: bytes) -> str:
    return base64.urlsafe_b64encode(octets).decode("ascii").rstrip("=")


def instant(value: Any, what: str) -> str:
    """`YYYY-MM-DDThh:mm:ssZ`, a real date; instants of this form compare as strings."""
    given = text(value, what)
    parts = re.fullmatch(r"(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)Z", given, re.ASCII)
    if parts is None:
        raise Malformed(f"{what} is not an instant")
    year, month, day, hour, minute, second = map(int, parts.groups())
    if not 1 <= month <= 12 or not 1 <= day <= _days(year, month) or hour > 23 or minute > 59 or second > 59:
        raise Malformed(f"{what} is not an instant")
    return given


def _days(year: int, month: int) -> int:
    """Of a month of the Gregorian calendar, which here has a year 0000, too."""
    if month == 2:
        return 29 if year % 4 == 0 and (year % 100 != 0 or year % 400 == 0) else 28
    return 30 if month in (4, 6, 9, 11) else 31


def uuid(value: Any, what: str) -> str:
    given = text(value, what)
    if not re.fullmatch(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", given, re.ASCII):
        raise Malformed(f"{what} is not a lower-case uuid")
    return given
