"""How Vietnamese legal citations read in English: the kind, the article, clause and point are translated, numbers and names stay."""

from __future__ import annotations

import re

KINDS = {
    "Thông tư liên tịch": "Joint Circular", "Nghị định": "Decree", "Nghị quyết": "Resolution", "Thông tư": "Circular",
    "Quyết định": "Decision", "Chỉ thị": "Directive", "Thông báo": "Notice", "Kế hoạch": "Plan", "Công văn": "Official letter",
}  # fmt: skip
_NUMBERED = re.compile(rf"({'|'.join(KINDS)})(?: số)? (?=\d)")
_NAMED = re.compile(r"(?:Bộ luật|Luật) ([^\d;:.]*?) ?(\d+/\d{4}/QH\d+)")
_PLACE = re.compile(r"(?:Điều (\d+[a-zđ]?))(?: khoản (\d+))?(?: điểm ([a-zđ]))?")
_BY_YEAR = re.compile(r" năm (\d{4})\b")
COUNCIL = "Nghị quyết của Hội đồng nhân dân Thành phố"
_WORDS = {" của Hội đồng nhân dân Thành phố": " of the City People's Council", "Phụ lục": "Annex", " và ": " and ", " đến ": " to "}
LAW = re.compile(rf"(?:{'|'.join(KINDS)}|Bộ luật|Luật|Điều) ")


def cited(text: str) -> str:
    """The citation in English; a text that cites nothing as it is.

    "Nghị định 297/2025/NĐ-CP, Điều 4 khoản 4" reads "Decree 297/2025/NĐ-CP, Article 4(4)"; "Luật Đất đai 31/2024/QH15"
    reads "Law 31/2024/QH15 (Luật Đất đai)", since a law is known by its name.
    """
    if text.startswith(COUNCIL):
        return text.replace(COUNCIL, "Resolution of the City People's Council", 1)
    if not LAW.match(text) or not any(each.isdigit() for each in text):
        return text
    said = _NAMED.sub(_law, text)
    said = _NUMBERED.sub(lambda found: f"{KINDS[found[1]]} ", said)
    said = _BY_YEAR.sub(r" of \1", _PLACE.sub(_article, said))
    for word, english in _WORDS.items():
        said = said.replace(word, english)
    return said


def _law(found: re.Match[str]) -> str:
    kind = found[0].split(" ", 2)
    named = "Bộ luật" if kind[:2] == ["Bộ", "luật"] else "Luật"
    return f"Law {found[2]} ({named} {found[1].strip()})" if found[1].strip() else f"Law {found[2]}"


def _article(found: re.Match[str]) -> str:
    return "Article " + found[1] + "".join(f"({part})" for part in found.groups()[1:] if part)
