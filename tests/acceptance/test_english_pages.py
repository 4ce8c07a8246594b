"""English pages speak English: what the platform and its packs say has no Vietnamese word in it, names and what people typed apart."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest

VIETNAMESE = re.compile(r"[ăâđêôơưàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ]", re.IGNORECASE)
CITED = re.compile(r"\d+/(?:\d+/)?[A-ZĐ][A-ZĐ0-9-]*|\(?(?:Bộ luật|Luật) [^()]*\)?")
SAID = "h1, h2, h3, thead th, dt, label, legend, button, summary, nav a, .hint, .tag, .st, .crumb, caption, option, p.muted"
PAGES = [
    ("clerk", ["/counter", "/queue", "/bundles", "/returns", "/book", "/account", "/desk", "/procedures/birth-registration"]),
    ("head", ["/desk/warnings", "/incidents", "/messages", "/hot-spots", "/long-cases", "/areas", "/briefing", "/briefing/ratings", "/premises/balance"]),
    ("designer", ["/packs", "/packs/dossier", "/packs/dossier/migration", "/alarms", "/register", "/register/calendar", "/register/calendar/of/"]),
    ("assistant", ["/desk", "/procedures/land-use-change/file", "/report"]),
]  # fmt: skip
SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


def names(platform: Any) -> re.Pattern[str]:
    """Who and what may stand in a sentence under a Vietnamese name: people, units and their places."""
    register = platform.register()
    known = {one.name for one in (*register.people, *register.units)} | {unit.name_en for unit in register.units}
    known |= {re.sub("^(UBND )?(phường|xã) ", "", unit.name) for unit in register.units if unit.kind in ("ward", "rural")}
    return re.compile("|".join(re.escape(name) for name in sorted(known - {""}, key=len, reverse=True)))


@pytest.mark.parametrize(("login", "paths"), PAGES, ids=[login for login, _ in PAGES])
def test_what_the_platform_says_is_english_and_fits_a_telephone(
    shown_site: Any, open_page: Callable[..., Any], sit: Callable[..., None], login: str, paths: list[str]
) -> None:
    page = open_page(shown_site, width=360, language="en")
    sit(shown_site, page, login)
    known, found = names(shown_site.platform), []
    for path in paths:
        page.goto(f"{path}?lang=en")
        texts = page.eval_on_selector_all(SAID, "all => all.filter(e => !e.closest('[lang=vi]')).map(e => e.innerText)")
        found += [f"{path}: {text}" for text in texts if VIETNAMESE.search(CITED.sub("", known.sub("", text)))]
        assert page.evaluate(SIDEWAYS) <= 0, path
    assert found == []
