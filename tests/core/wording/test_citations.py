"""Legal citations read in English: kinds, articles, clauses and points are translated, numbers and names stay."""

from __future__ import annotations

import pytest
from wardflow.domain.reasons import Reason
from wardflow.wording import Wording
from wardflow.wording.citations import cited


@pytest.mark.parametrize(
    ("vietnamese", "english"),
    [
        ("Nghị định 297/2025/NĐ-CP, Điều 4 khoản 4", "Decree 297/2025/NĐ-CP, Article 4(4)"),
        ("Nghị định 151/2025/NĐ-CP, Điều 5 khoản 1 điểm m", "Decree 151/2025/NĐ-CP, Article 5(1)(m)"),
        ("Luật Đất đai 31/2024/QH15", "Law 31/2024/QH15 (Luật Đất đai)"),
        ("Luật 72/2025/QH15, Điều 23", "Law 72/2025/QH15, Article 23"),
        ("Bộ luật Dân sự 91/2015/QH13, Điều 3", "Law 91/2015/QH13 (Bộ luật Dân sự), Article 3"),
        ("Quyết định 1207/QĐ-UBND năm 2025", "Decision 1207/QĐ-UBND of 2025"),
        ("Luật Đất đai 31/2024/QH15, Điều 137 đến Điều 140", "Law 31/2024/QH15 (Luật Đất đai), Article 137 to Article 140"),
        ("Nghị quyết của Hội đồng nhân dân Thành phố", "Resolution of the City People's Council"),
        ("Quy chế làm việc của UBND", "Quy chế làm việc của UBND"),
        ("Chờ Nghị định 297/2025/NĐ-CP có hiệu lực", "Chờ Nghị định 297/2025/NĐ-CP có hiệu lực"),
    ],
)
def test_a_citation_in_english(vietnamese: str, english: str) -> None:
    assert cited(vietnamese) == english


def test_a_reason_cites_its_basis_in_the_readers_language_and_rewrites_nothing_else() -> None:
    reason = Reason("routing.by-basis", {"basis": "Nghị định 118/2025/NĐ-CP"})
    assert Wording("en").say(reason) == "Authority: Decree 118/2025/NĐ-CP."
    assert "Nghị định 118/2025/NĐ-CP" in Wording("vi").say(reason)
    typed = Reason("entry.released", {"reason": "Nghị định 118/2025/NĐ-CP giao nơi khác"})
    assert "Nghị định 118/2025/NĐ-CP giao nơi khác" in Wording("en").say(typed)


def test_a_basis_with_english_words_of_its_own_keeps_them() -> None:
    reason = Reason("routing.by-basis", {"basis": "Chờ nộp tiền", "basis_en": "Waiting for payment"})
    assert Wording("en").say(reason) == "Authority: Waiting for payment."
