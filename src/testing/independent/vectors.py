"""Runs the frozen vectors of section 11 that concern a verifier through these modules.

`python3 vectors.py FOLDER` prints one JSON object: the number of cases run, and the names of those that differ.
"""

from __future__ import annotations

import copy
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from canonical import Malformed, base64url, canonical, octets_of, parse_canonical, parse_json
from checks import Given, verify
from counting import opened, count_plaintexts
from ed25519 import signature_holds, sound_key
from hashing import H, merkle_root
from manifest import key_faults, parse_manifest, rsa_key
from record import Ballot
from report import CHECKS
from rsa import RsaKey, proof_fault, pss_holds

Input = dict[str, Any]


class Refused(Exception):
    """The input is refused with this code."""


def _octets(encoded: str) -> bytes:
    return octets_of(encoded, len(encoded) * 3 // 4, "bytes of a vector")


def _require(holds: bool, code: str) -> bool:
    if not holds:
        raise Refused(code)
    return True


def _modulus(octets: bytes) -> RsaKey:
    return rsa_key({"kty": "RSA", "n": base64url(octets), "e": "AQAB"}, "n")


def _manifest_keys(given: Input) -> bool:
    return _require(not key_faults(parse_manifest(given["manifest"])), "UNPROVEN")


def _key_proof(given: Input) -> bool:
    key = _modulus(_octets(given["n"]))
    try:
        proof = tuple(octets_of(entry, key.length, "an entry") for entry in given["proof"])
    except Malformed:
        raise Refused("UNPROVEN") from None
    return _require(proof_fault(key, proof) is None, "UNPROVEN")


def _manifest_signature(given: Input) -> bool:
    manifest = parse_manifest(given["manifest"])
    signature = _octets(given["signature"])
    return _require(signature_holds(manifest.urn_key, manifest.digest, signature), "INVALID")


def _credential(given: Input) -> bool:
    manifest = parse_manifest(given["manifest"])
    message = _octets(given["prefix"]) + b"votix/1/credential" + manifest.digest + _octets(given["pk"])
    holds = pss_holds(manifest.credential_key, message, _octets(given["credential"]))
    return _require(holds, "CREDENTIAL_INVALID")


def _open(given: Input) -> str:
    manifest = parse_manifest(given["manifest"])
    pk, c, kc, sealed, r = (_octets(given[name]) for name in ("pk", "c", "kc", "sealed", "r"))
    plaintext = opened(manifest, Ballot(0, pk, c, kc, sealed, b"", b"", b""), r)
    if isinstance(plaintext, str):
        raise Refused(plaintext)
    return base64url(plaintext)


def _opening(given: Input) -> bool:
    key, r = _modulus(_octets(given["n"])), _octets(given["r"])
    return _require(key.holds(r) and key.raised(r) == _octets(given["c"]), "NOT_THE_OPENING")


def _count(given: Input) -> Any:
    manifest = parse_manifest(given["manifest"])
    spoiled, counts = count_plaintexts(manifest, list(map(_octets, given["plaintexts"])))
    contests = [
        {"id": contest.id, "valid": count.valid, "blank": count.blank, "spoiled": count.spoiled, "votes": count.votes}
        for contest, count in zip(manifest.contests, counts)
    ]
    return {"spoiled": spoiled, "contests": contests}


def _voter_root(given: Input) -> str:
    lines = zip(given["voters"], given["marks"])
    return base64url(merkle_root([_octets(voter) + bytes([int(mark)]) for voter, mark in lines]))


def _record(given: Input) -> Any:
    words = ("\n".join(given["lines"]) + given["end"]).encode("utf-8")
    openings = given.get("openings")
    report = verify(
        words,
        Given(
            openings=None if openings is None else ("\n".join(openings) + given["openingsEnd"]).encode("utf-8"),
            receipt=given["receipt"].encode("utf-8") if "receipt" in given else None,
            link=given.get("link"),
            manifest_digest=given.get("manifestDigest"),
        ),
    )
    if report.failed:
        raise Refused(" ".join(check for check in CHECKS if report.verdict(check)[0] == "failed"))
    return {check: report.verdict(check)[0].replace(" ", "-") for check in CHECKS}


KINDS: dict[str, Callable[[Input], Any]] = {
    "json": lambda given: canonical(parse_json(given["text"].encode("utf-8", "surrogatepass"))).decode("utf-8"),
    "canonical-json": lambda given: canonical(
        parse_canonical(given["text"].encode("utf-8", "surrogatepass"))
    ).decode("utf-8"),
    "base64url": lambda given: list(octets_of(given["text"], given["length"], "text")),
    "hash": lambda given: base64url(H(given["label"], *map(_octets, given["parts"]))),
    "rsa-modulus": lambda given: 8 * _modulus(_octets(given["modulus"])).length,
    "ed25519-key": lambda given: _require(sound_key(_octets(given["pk"])), "UNSOUND"),
    "ed25519-signature": lambda given: _require(
        signature_holds(*(_octets(given[name]) for name in ("pk", "message", "signature"))), "INVALID"
    ),
    "manifest": lambda given: {"digest": base64url(parse_manifest(given["manifest"]).digest)},
    "manifest-text": lambda given: {
        "digest": base64url(parse_manifest(parse_canonical(given["text"].encode("utf-8"))).digest)
    },
    "manifest-keys": _manifest_keys,
    "manifest-signature": _manifest_signature,
    "key-proof": _key_proof,
    "credential": _credential,
    "open": _open,
    "opening": _opening,
    "root": lambda given: base64url(merkle_root(list(map(_octets, given["trackers"])))),
    "voter-root": _voter_root,
    "voter-line": lambda given: base64url(
        H("votix/1/voter", _octets(given["digest"]), given["link"].encode("ascii"))
    ),
    "count": _count,
    "record": _record,
}


def _pointed(document: Any, pointer: str) -> tuple[Any, Any]:
    """The container that a JSON pointer (RFC 6901) leads to, and the key in it."""
    *way, last = (part.replace("~1", "/").replace("~0", "~") for part in pointer.split("/")[1:])
    for part in way:
        document = document[int(part) if isinstance(document, list) else part]
    return document, int(last) if isinstance(document, list) else last


def _input_of(case: dict[str, Any], cases: dict[str, dict[str, Any]]) -> Input:
    """The input of a case, made from its base where it has one."""
    if "input" in case:
        return copy.deepcopy(case["input"])
    given = _input_of(cases[case["base"]], cases)
    for pointer, value in case.get("set", {}).items():
        container, key = _pointed(given, pointer)
        container[key] = value
    for pointer in case.get("drop", []):
        container, key = _pointed(given, pointer)
        del container[key]
    return given


def _differs(case: dict[str, Any], given: Input) -> bool:
    try:
        output = KINDS[case["kind"]](given)
    except Malformed:
        return case["accept"]
    except Refused as refusal:
        return case["accept"] or case["output"]["code"] != str(refusal)
    expected = case["output"]
    if case["kind"] in ("manifest", "manifest-text"):
        expected = {"digest": expected.get("digest")}
    if case["kind"] == "record":
        expected = expected.get("checks")
    return not case["accept"] or output != expected


def run(folder: Path) -> tuple[int, list[str]]:
    """The number of cases run, and the names of those that differ."""
    ran, differing = 0, []
    for file in sorted(folder.glob("*.json")):
        content = json.loads(file.read_text("utf-8"))
        cases = {case["name"]: case for case in content} if isinstance(content, list) else {}
        for name, case in cases.items():
            if case["kind"] in KINDS:
                ran += 1
                if _differs(case, _input_of(case, cases)):
                    differing.append(f"{file.stem}: {name}")
    return ran, differing


if __name__ == "__main__":
    number, names = run(Path(sys.argv[1]))
    print(json.dumps({"ran": number, "differing": names}))
