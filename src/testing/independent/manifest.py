"""Section 3 of the protocol: the manifest."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

from canonical import (
    Malformed,
    array,
    boolean,
    canonical,
    instant,
    integer,
    members_of,
    octets_of,
    text,
    uuid,
)
from ed25519 import sound_key
from hashing import H
from rsa import PROOF_VALUES, RsaKey, proof_fault

_MEMBERS = set(
    "protocol election title organiser opensAt closesAt graceSeconds timeZone rollSize contests electionKey "
    "electionKeyProof credentialKey credentialKeyProof urnKey publication custody".split()
)


@dataclass(frozen=True)
class Contest:
    """A contest: how many candidates may be chosen (`least` to `most`), of how many."""

    id: str
    least: int
    most: int
    blank: bool
    candidates: int


@dataclass(frozen=True)
class Manifest:
    """What the checks need of a manifest; `digest` is M."""

    digest: bytes
    election: str
    closes_at: str
    roll_size: int
    contests: tuple[Contest, ...]
    election_key: RsaKey
    election_key_proof: tuple[bytes, ...]
    credential_key: RsaKey
    credential_key_proof: tuple[bytes, ...]
    urn_key: bytes
    publication: str

    @property
    def plaintext_length(self) -> int:
        """Section 5: a version byte, and for each contest a status byte and one byte per candidate."""
        return 1 + sum(1 + contest.candidates for contest in self.contests)


def rsa_key(value: Any, what: str) -> RsaKey:
    """A key of section 2 as it stands in the manifest."""
    key = members_of(value, {"kty", "n", "e"}, what)
    if key["kty"] != "RSA" or key["e"] != "AQAB":
        raise Malformed(f"{what} is no RSA key with exponent 65537")
    for length in (256, 384, 512):
        if len(text(key["n"], what)) == -(-length * 4 // 3):
            modulus = int.from_bytes(octets_of(key["n"], length, what), "big")
            if modulus.bit_length() == 8 * length and modulus % 2 == 1:
                return RsaKey(modulus, length)
    raise Malformed(f"{what} is not odd, of exactly 2048, 3072 or 4096 bits")


def _proof(value: Any, key: RsaKey, what: str) -> tuple[bytes, ...]:
    values = array(value, what)
    if len(values) != PROOF_VALUES:
        raise Malformed(f"{what} has {len(values)} values instead of {PROOF_VALUES}")
    return tuple(octets_of(entry, key.length, what) for entry in values)


def _urn_key(value: Any) -> bytes:
    key = members_of(value, {"kty", "crv", "x"}, "urnKey")
    if key["kty"] != "OKP" or key["crv"] != "Ed25519":
        raise Malformed("urnKey is no Ed25519 key")
    octets = octets_of(key["x"], 32, "urnKey")
    if not sound_key(octets):
        raise Malformed("urnKey is not canonical or of small order")
    return octets


def _unique(ids: list[str], what: str) -> None:
    if len(set(ids)) != len(ids):
        raise Malformed(f"{what} ids are not unique")


def _contest(value: Any) -> Contest:
    given = members_of(value, {"id", "title", "method", "min", "max", "blank", "candidates"}, "a contest")
    text(given["title"], "the title of a contest")
    candidates = [
        members_of(candidate, {"id", "name"}, "a candidate")
        for candidate in array(given["candidates"], "the candidates")
    ]
    for candidate in candidates:
        text(candidate["name"], "the name of a candidate")
    _unique([text(candidate["id"], "the id of a candidate") for candidate in candidates], "candidate")
    contest = Contest(
        id=text(given["id"], "the id of a contest"),
        least=integer(given["min"], "min", 1),
        most=integer(given["max"], "max", 1),
        blank=boolean(given["blank"], "blank"),
        candidates=len(candidates),
    )
    if not contest.least <= contest.most <= contest.candidates:
        raise Malformed("not 1 <= min <= max <= candidates")
    if given["method"] not in ("plurality", "approval"):
        raise Malformed("the method is neither plurality nor approval")
    if given["method"] == "plurality" and contest.most != 1:
        raise Malformed("a plurality contest has not max 1")
    return contest


def key_faults(manifest: Manifest) -> list[str]:
    """What does not hold of the two RSA keys: that they are proven (section 3) and coprime (section 2)."""
    proofs = {
        "election key": proof_fault(manifest.election_key, manifest.election_key_proof),
        "credential key": proof_fault(manifest.credential_key, manifest.credential_key_proof),
    }
    faults = [f"{name}: {fault}" for name, fault in proofs.items() if fault is not None]
    if math.gcd(manifest.election_key.n, manifest.credential_key.n) != 1:
        faults.append("the election key and the credential key have a common factor")
    return faults


def parse_manifest(value: Any) -> Manifest:
    """The manifest out of its JSON value; raises `Malformed` for whatever section 3 does not allow."""
    given = members_of(value, _MEMBERS, "the manifest")
    if given["protocol"] != "votix/1":
        raise Malformed("the protocol is not votix/1")
    for name in ("title", "organiser", "timeZone"):
        text(given[name], name)
    if not instant(given["opensAt"], "opensAt") < instant(given["closesAt"], "closesAt"):
        raise Malformed("not opensAt < closesAt")
    integer(given["graceSeconds"], "graceSeconds")
    custody = members_of(given["custody"], {"holders", "threshold"}, "custody")
    if not 1 <= integer(custody["threshold"], "threshold") <= integer(custody["holders"], "holders") <= 255:
        raise Malformed("not 1 <= threshold <= holders <= 255")
    if given["publication"] not in ("totals", "openings"):
        raise Malformed("the publication is neither totals nor openings")
    contests = tuple(_contest(contest) for contest in array(given["contests"], "contests"))
    if not contests:
        raise Malformed("there is no contest")
    _unique([contest.id for contest in contests], "contest")
    election_key = rsa_key(given["electionKey"], "electionKey")
    credential_key = rsa_key(given["credentialKey"], "credentialKey")
    return Manifest(
        digest=H("votix/1/manifest", canonical(value)),
        election=uuid(given["election"], "election"),
        closes_at=given["closesAt"],
        roll_size=integer(given["rollSize"], "rollSize"),
        contests=contests,
        election_key=election_key,
        election_key_proof=_proof(given["electionKeyProof"], election_key, "electionKeyProof"),
        credential_key=credential_key,
        credential_key_proof=_proof(given["credentialKeyProof"], credential_key, "credentialKeyProof"),
        urn_key=_urn_key(given["urnKey"]),
        publication=given["publication"],
    )
