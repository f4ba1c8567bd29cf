"""What `shouwen standard coverage` prints: one row for each clause, as text or JSON."""

from collections.abc import Iterator, Sequence
from typing import Any

from shouwen.core.clause import Words
from shouwen.standard.coverage import CoverageRow, judged_passages


def as_json(rows: Sequence[CoverageRow]) -> list[dict[str, Any]]:
    """The rows with stable keys. `tests` counts examples that run and files that name a rule."""
    return [
        {
            "clause": row.clause,
            "section": row.section,
            "kind": row.kind,
            "judged": row.judged,
            "lived": list(row.lived),
            "is_lived": row.is_lived,
            "waits_for": list(row.waits_for),
            "measure": [f"/figures/{rule}/" for rule in row.measure],
            "evidence": [_both(each) for each in row.evidence],
            "tests": row.tests,
            "examples": row.examples,
            "test_files": list(row.test_files),
            "gap": None if row.gap is None else _both(row.gap),
            "rules": list(row.rules),
        }
        for row in rows
    ]


def as_text(rows: Sequence[CoverageRow]) -> Iterator[str]:
    """A line for each row, and the totals."""
    for row in rows:
        state = "已判定 judged" if row.judged else "尚不判定 not judged yet"
        lived = "在用 lived" if row.is_lived else "未在用 not lived yet"
        figure = "有指标 measured" if row.measure else "看凭据 evidence" if row.evidence else "—"
        gap = f"  缺口 gap: {row.gap.en}" if row.gap else ""
        yield (
            f"{row.clause:<16}{row.kind:<22}{state:<24}{lived:<24}{figure:<16}"
            f"{row.tests:>4} tests{gap}"
        )
    lived_rows, gaps = sum(row.is_lived for row in rows), sum(row.gap is not None for row in rows)
    yield (
        f"已判定 judged {judged_passages(rows)} / {len(rows)} · 在用 lived {lived_rows}"
        f" · 缺口 gaps {gaps}"
    )


def _both(words: Words) -> dict[str, str]:
    return {"zh": words.zh, "en": words.en}
