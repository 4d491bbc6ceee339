"""Section 10 of the protocol: the lines of the public record, and V11."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from canonical import (
    Malformed,
    array,
    boolean,
    instant,
    integer,
    members_of,
    octets_of,
    parse_canonical,
    text,
)
from hashing import H
from manifest import Manifest, parse_manifest
from report import Report

ORDER = ("manifest", "voter", "ballot", "event", "close", "opening", "result")
_ONCE = {"manifest", "close", "result"}
# members of an event's data, by kind: i an integer, p an integer >= 1, t an instant, s a string
_EVENT_DATA = {
    "extended": {"closesAt": "t"},
    "closedEarly": {"closesAt": "t", "reason": "s"},
    "rollChanged": {"added": "i", "removed": "i"},
    "linksReplaced": {"count": "i"},
    "keyProven": {"copy": "p"},
    "suspended": {"reason": "s"},
    "resumed": {"reason": "s"},
}
BALLOT_REASONS = ("NOT_INVERTIBLE", "COMMITMENT_MISMATCH", "AUTHENTICATION_FAILED", "BAD_VERSION")
CONTEST_REASONS = ("BAD_MARK", "OVERVOTE", "UNDERVOTE")


@dataclass(frozen=True)
class Ballot:
    """A ballot of section 5, decoded, with the line it stands on."""

    line: int
    pk: bytes
    c: bytes
    kc: bytes
    sealed: bytes
    prefix: bytes
    credential: bytes
    proof: bytes

    def tracker(self, manifest: Manifest) -> bytes:
        parts = (self.pk, self.c, self.kc, self.sealed, self.prefix, self.credential)
        return H("votix/1/ballot", manifest.digest, *parts)


@dataclass(frozen=True)
class Signed:
    """An event, close or result as JSON, with its signature."""

    line: int
    value: dict[str, Any]
    signature: bytes


@dataclass
class Record:
    """A record as far as it can be read."""

    manifest: Manifest
    manifest_signature: bytes
    voters: list[tuple[bytes, bool]] = field(default_factory=list)
    ballots: list[Ballot] = field(default_factory=list)
    events: list[Signed] = field(default_factory=list)
    close: Signed | None = None
    openings: list[bytes] = field(default_factory=list)
    result: Signed | None = None
    # whether every line could be read and stands in its place
    whole: bool = True


def _ballot(value: dict[str, Any], line: int, manifest: Manifest) -> Ballot:
    lengths = {
        "pk": 32,
        "c": manifest.election_key.length,
        "kc": 32,
        "sealed": manifest.plaintext_length + 16,
        "prefix": 32,
        "credential": manifest.credential_key.length,
        "proof": 64,
    }
    members_of(value, {"type", *lengths}, "the ballot")
    return Ballot(line, **{name: octets_of(value[name], length, name) for name, length in lengths.items()})


def _event(value: Any) -> None:
    event = members_of(value, {"seq", "at", "kind", "data"}, "the event")
    integer(event["seq"], "seq", 1)
    instant(event["at"], "at")
    shape = _EVENT_DATA.get(text(event["kind"], "kind"))
    if shape is None:
        raise Malformed("the kind of the event is unknown")
    data = members_of(event["data"], set(shape), "the data of the event")
    for name, form in shape.items():
        if form == "t":
            instant(data[name], name)
        elif form == "s":
            text(data[name], name)
        else:
            integer(data[name], name, 1 if form == "p" else 0)


def _close(value: Any) -> None:
    counts = {"count", "voters", "issued", "serverSealed", "events"}
    digests = {"root", "voterRoot", "eventsDigest"}
    close = members_of(value, counts | digests | {"closedAt"}, "the close")
    for name in counts:
        integer(close[name], name)
    for name in digests:
        octets_of(close[name], 32, name)
    instant(close["closedAt"], "closedAt")


def _spoiled(value: Any, reasons: tuple[str, ...]) -> None:
    if not isinstance(value, dict) or not set(value) <= set(reasons):
        raise Malformed("a reason for spoiling is unknown")
    for count in value.values():
        # only reasons that occur appear
        integer(count, "a number of spoiled ballots", 1)


def _result(value: Any) -> None:
    result = members_of(value, {"close", "spoiled", "contests", "openings", "countedAt"}, "the result")
    octets_of(result["close"], 32, "close")
    octets_of(result["openings"], 32, "openings")
    instant(result["countedAt"], "countedAt")
    _spoiled(result["spoiled"], BALLOT_REASONS)
    contests = array(result["contests"], "contests")
    for counted in contests:
        members_of(counted, {"id", "valid", "blank", "spoiled", "votes"}, "a contest of the result")
        text(counted["id"], "the id of a contest")
        integer(counted["valid"], "valid")
        integer(counted["blank"], "blank")
        _spoiled(counted["spoiled"], CONTEST_REASONS)
        for votes in array(counted["votes"], "votes"):
            integer(votes, "votes")


def _signed(value: dict[str, Any], kind: str, line: int) -> Signed:
    members_of(value, {"type", kind, "signature"}, f"the {kind} line")
    return Signed(line, value[kind], octets_of(value["signature"], 64, "signature"))


def opening_of(value: Any, manifest: Manifest) -> bytes:
    """An opening line, of the record or of the openings file."""
    members_of(value, {"type", "r"}, "the opening")
    if value["type"] != "opening":
        raise Malformed("not an opening")
    return octets_of(value["r"], manifest.election_key.length, "r")


def _take(record: Record, kind: str, value: dict[str, Any], line: int) -> None:
    if kind == "voter":
        members_of(value, {"type", "voter", "marked"}, "the voter line")
        record.voters.append((octets_of(value["voter"], 32, "voter"), boolean(value["marked"], "marked")))
    elif kind == "ballot":
        record.ballots.append(_ballot(value, line, record.manifest))
    elif kind == "event":
        event = _signed(value, kind, line)
        _event(event.value)
        record.events.append(event)
    elif kind == "close":
        close = _signed(value, kind, line)
        _close(close.value)
        record.close = close
    elif kind == "opening":
        record.openings.append(opening_of(value, record.manifest))
    else:
        result = _signed(value, kind, line)
        _result(result.value)
        record.result = result


def lines_of(octets: bytes) -> list[bytes]:
    """Lines without their LF; raises `Malformed` where the last one has none."""
    if not octets.endswith(b"\n"):
        raise Malformed("the last line does not end with a line feed")
    return octets[:-1].split(b"\n")


def _kind_of(value: Any) -> str:
    kind = value.get("type") if isinstance(value, dict) else None
    if kind not in ORDER:
        raise Malformed("the type of the line is unknown")
    return kind


def _first_line(line: bytes, report: Report) -> Record | None:
    """The manifest line: what is wrong with its form is a matter of V1, too."""
    try:
        value = parse_canonical(line)
        if _kind_of(value) != "manifest":
            raise Malformed("the first line is not the manifest")
        members_of(value, {"type", "manifest", "signature"}, "the manifest line")
        signature = octets_of(value["signature"], 64, "signature")
        return Record(parse_manifest(value["manifest"]), signature)
    except Malformed as fault:
        report.fail("V1", f"line 1: {fault}")
        report.fail("V11", f"line 1: {fault}")
        return None


def read_record(octets: bytes, report: Report) -> Record | None:
    """Reads the record, reporting to V11 whatever line is malformed, missing, extra or out of place."""
    try:
        lines = lines_of(octets)
    except Malformed as fault:
        report.fail("V11", str(fault))
        lines = octets.split(b"\n")
    record = _first_line(lines[0], report)
    if record is None:
        return None
    seen = ["manifest"]
    for number, line in enumerate(lines[1:], start=2):
        try:
            value = parse_canonical(line)
            kind = _kind_of(value)
            if ORDER.index(kind) < ORDER.index(seen[-1]) or (kind in _ONCE and kind in seen):
                raise Malformed(f"a {kind} line stands after a {seen[-1]} line")
            seen.append(kind)
            _take(record, kind, value, number)
        except Malformed as fault:
            record.whole = False
            report.fail("V11", f"line {number}: {fault}")
    report.require("V11", "close" in seen, "there is no close line")
    # with publication "openings" exactly `count` of them and only beside a result, otherwise none
    published = "result" in seen and record.manifest.publication == "openings"
    expected = len(record.ballots) if published else 0
    if seen.count("opening") != expected:
        report.fail("V11", f"there are {seen.count('opening')} opening lines instead of {expected}")
    return record
