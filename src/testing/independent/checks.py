"""V1, V5, V9 and V10 of section 10, and the whole verification."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ballots import check_ballots, check_urn
from canonical import Malformed, canonical, members_of, octets_of, parse_json, text, uuid
from counting import check_openings, check_result
from ed25519 import signature_holds
from hashing import H, merkle_root
from manifest import Manifest, key_faults
from record import Record, Signed, opening_of, read_record
from report import CHECKS, Report


@dataclass(frozen=True)
class Given:
    """What is given beside the record: bytes of the openings file and of the receipt; a link, as `--link`; M."""

    openings: bytes | None = None
    receipt: bytes | None = None
    link: str | None = None
    manifest_digest: str | None = None

    def link_parts(self) -> tuple[str, str | None] | None:
        """Secret part and M of the link: the secret part alone, `secret#M` or a whole URL; None for anything else."""
        parts = re.fullmatch(r"(?:.*/)?([\w-]{32})(?:#([\w-]{43}))?", self.link or "", re.ASCII)
        return (parts[1], parts[2]) if parts else None


def verify(octets: bytes, given: Given) -> Report:
    """All checks of section 10."""
    report = Report()
    record = read_record(octets, report)
    if record is None:
        for check in CHECKS[1:]:
            report.skip(check, "the manifest cannot be read")
        return report
    check_manifest(record, given, report)
    trackers = check_ballots(record.manifest, record.ballots, report)
    check_own(record, trackers, given, report)
    if record.close is None:
        for check in ("V4", "V5", "V6", "V7", "V8", "V9"):
            report.skip(check, "there is no close line that can be read")
        return report
    check_urn(trackers, record.close, report)
    check_roll(record, record.close, report)
    openings = _openings(record, given, report)
    sound = check_openings(record, openings, report)
    check_result(record, record.close, merkle_root(trackers), openings if sound else None, report)
    check_signatures(record, record.close, report)
    check_times(record, record.close, report)
    return report


def check_manifest(record: Record, given: Given, report: Report) -> None:
    """V1: signature, both key proofs, M against a link or digest."""
    manifest = record.manifest
    signed = signature_holds(manifest.urn_key, manifest.digest, record.manifest_signature)
    report.require("V1", signed, "the signature of the manifest does not verify")
    for fault in key_faults(manifest):
        report.fail("V1", fault)
    _, linked = given.link_parts() or (None, None)
    digests = [digest for digest in (given.manifest_digest, linked) if digest is not None]
    if not digests:
        report.skip("V1", "compare M with a mailed link")
    for digest in digests:
        try:
            same = octets_of(digest, 32, "M") == manifest.digest
            report.require("V1", same, "the manifest is another one than M says")
        except Malformed as fault:
            report.fail("V1", str(fault))


def check_roll(record: Record, close_line: Signed, report: Report) -> None:
    """V5: voter lines, and the numbers of the close line about them."""
    close = close_line.value
    voters, marked = record.voters, sum(mark for _, mark in record.voters)
    ascending = all(one[0] < other[0] for one, other in zip(voters, voters[1:]))
    report.require("V5", ascending, "the voter lines do not ascend")
    changes = [event.value["data"] for event in record.events if event.value["kind"] == "rollChanged"]
    expected = record.manifest.roll_size + sum(change["added"] - change["removed"] for change in changes)
    report.require("V5", len(voters) == expected, f"{len(voters)} voters instead of {expected}")
    report.require("V5", close["voters"] == len(voters), "the close line tells another number of voters")
    root = merkle_root([voter + bytes([mark]) for voter, mark in voters])
    same = octets_of(close["voterRoot"], 32, "voterRoot") == root
    report.require("V5", same, "voterRoot is not that of the voter lines")
    report.require("V5", close["issued"] == marked, f"{marked} voters are marked, {close['issued']} issued")
    report.require("V5", close["count"] <= close["issued"], "more ballots than credentials issued")
    report.require("V5", close["serverSealed"] <= close["count"], "more ballots sealed by the server than ballots")
    report.tell("V5", f"{close['issued'] - close['count']} credentials issued without a ballot")


def _signature_holds(manifest: Manifest, kind: str, signed: Signed) -> bool:
    message = H(f"votix/1/{kind}", manifest.digest, canonical(signed.value))
    return signature_holds(manifest.urn_key, message, signed.signature)


def check_signatures(record: Record, close_line: Signed, report: Report) -> None:
    """V9: signatures of events, close and result; number and digest of the events."""
    kinds = [*(("event", event) for event in record.events), ("close", close_line)]
    kinds += [("result", record.result)] if record.result else []
    for kind, signed in kinds:
        holds = _signature_holds(record.manifest, kind, signed)
        report.require("V9", holds, f"line {signed.line}: the signature does not verify")
    close = close_line.value
    counted = close["events"] == len(record.events)
    report.require("V9", counted, f"{len(record.events)} events, {close['events']} in the close line")
    digest = H("votix/1/events", *(canonical(event.value) for event in record.events))
    same = octets_of(close["eventsDigest"], 32, "eventsDigest") == digest
    report.require("V9", same, "eventsDigest is not that of the events")


def check_times(record: Record, close_line: Signed, report: Report) -> None:
    """V9: the sequence of the events, and the end of voting <= closedAt <= countedAt."""
    closes_at, last = record.manifest.closes_at, ""
    for number, event in enumerate(record.events, start=1):
        where, value = f"line {event.line}: ", event.value
        report.require("V9", value["seq"] == number, where + f"seq is not {number}")
        report.require("V9", last <= value["at"], where + "the event is earlier than the one before")
        last = value["at"]
        if value["kind"] in ("extended", "closedEarly"):
            closes_at = value["data"]["closesAt"]
    closed_at = close_line.value["closedAt"]
    report.require("V9", last <= closed_at, "an event is later than closedAt")
    report.require("V9", closes_at <= closed_at, f"closedAt is before the end of voting, {closes_at}")
    if record.result is not None:
        counted = closed_at <= record.result.value["countedAt"]
        report.require("V9", counted, "countedAt is before closedAt")


def _openings(record: Record, given: Given, report: Report) -> list[bytes] | None:
    """Openings of the record or of the openings file; None where there are none to check."""
    if record.openings:
        return record.openings
    if record.manifest.publication == "openings":
        return None if record.result is None else []
    if given.openings is None:
        return None
    openings: list[bytes] = []
    try:
        lines = given.openings.removesuffix(b"\n").split(b"\n") if given.openings else []
        for line in lines:
            openings.append(opening_of(parse_json(line), record.manifest))
    except Malformed as fault:
        report.fail("V6", f"openings file, line {len(openings) + 1}: {fault}")
    return openings


def check_own(record: Record, trackers: list[bytes], given: Given, report: Report) -> None:
    """V10: the receipt and the own voter line."""
    if given.receipt is None and given.link is None:
        report.spare("V10", "no receipt and no link was given")
    if given.receipt is not None:
        try:
            _check_receipt(record.manifest, trackers, parse_json(given.receipt), report)
        except Malformed as fault:
            report.fail("V10", f"the receipt: {fault}")
    if given.link is not None:
        secret, _ = given.link_parts() or ("", None)
        line = H("votix/1/voter", record.manifest.digest, secret.encode("ascii"))
        marks = [marked for voter, marked in record.voters if voter == line]
        report.require("V10", bool(marks), "no voter line belongs to the link")
        if marks:
            report.tell("V10", "the link is marked as used" if marks[0] else "nobody used the link")


def _check_receipt(manifest: Manifest, trackers: list[bytes], value: object, report: Report) -> None:
    receipt = members_of(value, {"election", "tracker", "signature"}, "the receipt")
    uuid(receipt["election"], "election")
    tracker = octets_of(text(receipt["tracker"], "tracker"), 32, "tracker")
    signature = octets_of(receipt["signature"], 64, "signature")
    report.require("V10", receipt["election"] == manifest.election, "the receipt is of another election")
    message = H("votix/1/receipt", manifest.digest, tracker)
    signed = signature_holds(manifest.urn_key, message, signature)
    report.require("V10", signed, "the signature of the receipt does not verify")
    report.require("V10", tracker in trackers, "the ballot of the receipt is not in the urn")
