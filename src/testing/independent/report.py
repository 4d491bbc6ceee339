"""The verdicts of the checks V1 to V11 of section 10."""

from __future__ import annotations

CHECKS = tuple(f"V{number}" for number in range(1, 12))


class Report:
    """Collects, for each check, what failed, what was not checked or not required, and what there is to tell."""

    def __init__(self) -> None:
        self._said: dict[str, dict[str, list[str]]] = {check: {} for check in CHECKS}

    def _say(self, check: str, status: str, sentence: str) -> None:
        self._said[check].setdefault(status, []).append(sentence)

    def fail(self, check: str, sentence: str) -> None:
        self._say(check, "failed", sentence)

    def require(self, check: str, holds: bool, sentence: str) -> None:
        if not holds:
            self.fail(check, sentence)

    def skip(self, check: str, sentence: str) -> None:
        self._say(check, "not checked", sentence)

    def spare(self, check: str, sentence: str) -> None:
        self._say(check, "not required", sentence)

    def tell(self, check: str, sentence: str) -> None:
        self._say(check, "ok", sentence)

    def verdict(self, check: str) -> tuple[str, str]:
        """The worst that was said of a check, and the first sentence about it."""
        for status in ("failed", "not checked", "not required", "ok"):
            sentences = self._said[check].get(status)
            if sentences:
                more = f" (and {len(sentences) - 1} more)" if len(sentences) > 1 and status == "failed" else ""
                return status, sentences[0] + more
        return "ok", ""

    @property
    def failed(self) -> bool:
        return any(self.verdict(check)[0] == "failed" for check in CHECKS)
