"""Verifies the public record of an election, written from docs/protocol.md alone.

Prints one line for each check V1 to V11. Exit code 0: nothing failed; 7: something failed; 2: wrong usage.
With --batch every `NAME.record` of a folder is verified, beside it what is given with it: `NAME.openings`,
`NAME.receipt`, and in `NAME.given` the JSON object `{"link": ..., "manifestDigest": ...}`, each member optional.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from checks import Given, verify
from report import CHECKS, Report

NOTHING_FAILED = 0
SOMETHING_FAILED = 7


def _print(report: Report) -> None:
    for check in CHECKS:
        print(f"{check} {'  '.join(report.verdict(check))}".rstrip())


def _content(path: Path) -> bytes | None:
    return path.read_bytes() if path.exists() else None


def _given_beside(record: Path) -> Given:
    words = json.loads(_content(record.with_suffix(".given")) or b"{}")
    return Given(
        openings=_content(record.with_suffix(".openings")),
        receipt=_content(record.with_suffix(".receipt")),
        link=words.get("link"),
        manifest_digest=words.get("manifestDigest"),
    )


def _batch(folder: Path, as_json: bool) -> bool:
    """Verifies a folder of records; whether something failed."""
    verdicts: dict[str, dict[str, list[str]]] = {}
    some_failed = False
    for record in sorted(folder.glob("*.record")):
        report = verify(record.read_bytes(), _given_beside(record))
        some_failed |= report.failed
        verdicts[record.stem] = {check: list(report.verdict(check)) for check in CHECKS}
        if not as_json:
            print(f"== {record.stem}")
            _print(report)
    if as_json:
        print(json.dumps(verdicts))
    return some_failed


def main() -> int:
    parser = argparse.ArgumentParser(description="Verifies the public record of an election.")
    parser.add_argument("record", type=Path, nargs="?", metavar="RECORD")
    parser.add_argument("--openings", type=Path, metavar="FILE")
    parser.add_argument("--receipt", type=Path, metavar="FILE")
    parser.add_argument("--link", help="secret part of a voting link, secret#M, or the whole link")
    parser.add_argument("--manifest-digest", metavar="M")
    parser.add_argument("--batch", type=Path, metavar="DIR")
    parser.add_argument("--json", action="store_true", help="with --batch: print one JSON object")
    options = parser.parse_args()
    if (options.record is None) == (options.batch is None):
        parser.error("give either RECORD or --batch DIR")
    if options.batch is not None:
        return SOMETHING_FAILED if _batch(options.batch, options.json) else NOTHING_FAILED
    given = Given(
        openings=options.openings.read_bytes() if options.openings else None,
        receipt=options.receipt.read_bytes() if options.receipt else None,
        link=options.link,
        manifest_digest=options.manifest_digest,
    )
    report = verify(options.record.read_bytes(), given)
    _print(report)
    return SOMETHING_FAILED if report.failed else NOTHING_FAILED


if __name__ == "__main__":
    sys.exit(main())
