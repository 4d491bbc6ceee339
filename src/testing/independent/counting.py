"""V6, V7 and V8 of sections 9 and 10: openings, recount and result."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from aes_gcm import open_aes_gcm
from canonical import canonical, octets_of
from hashing import H, hkdf_sha256
from manifest import Contest, Manifest
from record import Ballot, Record, Signed
from report import Report

_NOT_WHOLE = "not every line is readable and in its place"


@dataclass
class ContestCount:
    """The count of one contest; votes in manifest order."""

    votes: list[int]
    valid: int = 0
    blank: int = 0
    spoiled: Counter[str] = field(default_factory=Counter)


def opened(manifest: Manifest, ballot: Ballot, r: bytes) -> bytes | str:
    """Section 5 backwards: the plaintext, or why there is none (section 9)."""
    key = manifest.election_key
    if math.gcd(int.from_bytes(ballot.c, "big"), key.n) != 1:
        return "NOT_INVERTIBLE"
    context = H("votix/1/seal", manifest.digest, ballot.pk)
    derived = hkdf_sha256(r, context, b"votix/1/seal" + ballot.c, 76)
    if derived[44:] != ballot.kc:
        return "COMMITMENT_MISMATCH"
    plaintext = open_aes_gcm(derived[:32], derived[32:44], ballot.sealed, context + ballot.c + ballot.kc)
    if plaintext is None:
        return "AUTHENTICATION_FAILED"
    return plaintext


def _count_contest(contest: Contest, status: int, marks: bytes, count: ContestCount) -> None:
    """Section 9: the first reason that applies; blank; otherwise valid."""
    chosen = sum(marks)
    if status > 1 or any(mark > 1 for mark in marks) or (status == 1 and (chosen > 0 or not contest.blank)):
        count.spoiled["BAD_MARK"] += 1
    elif status == 1:
        count.blank += 1
    elif chosen > contest.most:
        count.spoiled["OVERVOTE"] += 1
    elif chosen < contest.least:
        count.spoiled["UNDERVOTE"] += 1
    else:
        count.valid += 1
        count.votes = [votes + mark for votes, mark in zip(count.votes, marks)]


def recount(
    manifest: Manifest, ballots: Sequence[Ballot], openings: Sequence[bytes]
) -> tuple[Counter[str], list[ContestCount]]:
    """Spoiled ballots by reason, and the count of every contest."""
    return count_plaintexts(manifest, [opened(manifest, ballot, r) for ballot, r in zip(ballots, openings)])


def count_plaintexts(
    manifest: Manifest, plaintexts: Sequence[bytes | str]
) -> tuple[Counter[str], list[ContestCount]]:
    """Section 9, for what `opened` gives of each ballot."""
    spoiled: Counter[str] = Counter()
    counts = [ContestCount([0] * contest.candidates) for contest in manifest.contests]
    for plaintext in plaintexts:
        if isinstance(plaintext, str):
            spoiled[plaintext] += 1
            continue
        if len(plaintext) != manifest.plaintext_length or plaintext[0] != 1:
            spoiled["BAD_VERSION"] += 1
            continue
        at = 1
        for contest, count in zip(manifest.contests, counts):
            marks = plaintext[at + 1 : at + 1 + contest.candidates]
            _count_contest(contest, plaintext[at], marks, count)
            at += 1 + contest.candidates
    return spoiled, counts


def check_openings(record: Record, openings: Sequence[bytes] | None, report: Report) -> bool:
    """V6; whether there is a sound opening for every ballot."""
    if openings is None:
        if record.result is None:
            report.spare("V6", "there is no result yet")
        else:
            report.skip("V6", "the openings were not given")
        return False
    if not record.whole:
        report.skip("V6", _NOT_WHOLE)
        return False
    key = record.manifest.election_key
    if len(openings) != len(record.ballots):
        report.fail("V6", f"{len(openings)} openings for {len(record.ballots)} ballots")
    for number, (ballot, r) in enumerate(zip(record.ballots, openings), start=1):
        report.require("V6", key.holds(r), f"opening {number}: not 1 < r < n-1")
        report.require("V6", key.raised(r) == ballot.c, f"opening {number}: r^e is not c")
    return report.verdict("V6")[0] == "ok"


def check_result(
    record: Record, close_line: Signed, root: bytes, openings: Sequence[bytes] | None, report: Report
) -> None:
    """V7 and V8; `root` of the ballots as they are; `openings` where V6 holds."""
    if record.result is None or not record.whole:
        for check in ("V7", "V8"):
            if record.whole:
                report.spare(check, "there is no result yet")
            else:
                report.skip(check, _NOT_WHOLE)
        return
    result, close = record.result.value, close_line.value
    bound = octets_of(result["close"], 32, "close") == H("votix/1/close", record.manifest.digest, canonical(close))
    report.require("V8", bound, "the result is not about this close line")
    _check_sums(record.manifest, close["count"], result, report)
    if openings is None:
        for check in ("V7", "V8"):
            report.skip(check, "there is not a sound opening for every ballot")
        return
    digest = H("votix/1/openings", root, *openings)
    same = octets_of(result["openings"], 32, "openings") == digest
    report.require("V8", same, "the openings are not those that the result binds")
    spoiled, counts = recount(record.manifest, record.ballots, openings)
    report.require("V7", result["spoiled"] == dict(spoiled), "the spoiled ballots are not those of the recount")
    if len(result["contests"]) != len(counts):
        report.fail("V8", "the votes are not those of the contests of the manifest")
    for given, count in zip(result["contests"], counts):
        name = f"contest {given['id']}: "
        for part, found in (("valid", count.valid), ("blank", count.blank), ("spoiled", dict(count.spoiled))):
            report.require("V7", given[part] == found, name + f"{part} is not what the recount finds")
        report.require("V8", given["votes"] == count.votes, name + "votes are not what the recount finds")


def _check_sums(manifest: Manifest, count: int, result: dict[str, Any], report: Report) -> None:
    """The contests of the manifest (V7); in each, every ballot spoiled, valid or blank, and votes that fit (V8)."""
    ids = [given["id"] for given in result["contests"]]
    same = ids == [contest.id for contest in manifest.contests]
    report.require("V7", same, "the contests are not those of the manifest, in their order")
    for given, contest in zip(result["contests"], manifest.contests):
        name = f"contest {given['id']}: "
        accounted = given["valid"] + given["blank"] + sum(given["spoiled"].values())
        accounted += sum(result["spoiled"].values())
        report.require("V8", accounted == count, name + "the parts do not sum up to the ballots")
        votes, valid = given["votes"], given["valid"]
        fits = len(votes) == contest.candidates and all(number <= valid for number in votes)
        fits = fits and contest.least * valid <= sum(votes) <= contest.most * valid
        report.require("V8", fits, name + "the votes do not fit the candidates and the valid ballots")
