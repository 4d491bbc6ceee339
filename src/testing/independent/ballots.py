"""V2, V3 and V4 of section 10: ballots one by one, and the urn as the close line binds it."""

from __future__ import annotations

from collections.abc import Sequence

from canonical import octets_of
from ed25519 import signature_holds, sound_key
from hashing import merkle_root
from manifest import Manifest
from record import Ballot, Signed
from report import Report
from rsa import pss_holds


def check_ballots(manifest: Manifest, ballots: Sequence[Ballot], report: Report) -> list[bytes]:
    """V2 and V3; returns the trackers in the order of the lines."""
    seen: set[bytes] = set()
    trackers: list[bytes] = []
    for ballot in ballots:
        where = f"line {ballot.line}: "
        tracker = ballot.tracker(manifest)
        in_order = not trackers or trackers[-1] < tracker
        report.require("V3", in_order, where + "the tracker does not come after the one before")
        report.require("V3", ballot.pk not in seen, where + "pk has been used before")
        seen.add(ballot.pk)
        trackers.append(tracker)
        # section 6: what is refused as malformed is not asked for its credential
        if not manifest.election_key.holds(ballot.c):
            report.fail("V3", where + "not 1 < c < n-1")
            continue
        message = ballot.prefix + b"votix/1/credential" + manifest.digest + ballot.pk
        credential_holds = pss_holds(manifest.credential_key, message, ballot.credential)
        report.require("V2", credential_holds, where + "the credential does not verify")
        report.require("V2", sound_key(ballot.pk), where + "pk is not canonical or of small order")
        proof_holds = signature_holds(ballot.pk, tracker, ballot.proof)
        report.require("V2", proof_holds, where + "the proof does not verify")
    return trackers


def check_urn(trackers: Sequence[bytes], close_line: Signed, report: Report) -> None:
    """V4: count and root."""
    close = close_line.value
    counted = close["count"] == len(trackers)
    report.require("V4", counted, f"{len(trackers)} ballots, {close['count']} in the close line")
    root = merkle_root(trackers)
    report.require("V4", octets_of(close["root"], 32, "root") == root, "the root is not that of the ballots")
