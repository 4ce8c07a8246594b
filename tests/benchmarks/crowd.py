"""A city with as many cases as one wants: cloned in the database from cases that acts made, spread over 126 wards."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from wardflow import app
from wardflow.cases.open_case import Opening, open_case
from wardflow.cases.platform import Platform
from wardflow.catalog import files_of
from wardflow.domain.names import folded
from wardflow.domain.register import Authority, Holding, Person, Unit
from wardflow.packs import Pack
from wardflow.plugins import Plugins
from wardflow.settings import Settings
from wardflow.store import rows

PERMIT = Path(__file__).parents[1] / "fixtures" / "permit"
MORNING = datetime(2026, 9, 4, 2, 40, tzinfo=UTC)
WARDS, PEOPLE, MADE = 126, 60, 4
FIRST = 1000
FAMILIES = ["Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Huỳnh", "Phan", "Vũ", "Võ", "Đặng", "Bùi", "Đỗ", "Hồ", "Ngô", "Dương", "Lý", "Nguyễn", "Nguyễn", "Trần", "Lê"]
MIDDLES = ["Văn", "Thị", "Hữu", "Đức", "Minh", "Quang", "Thanh", "Ngọc", "Xuân", "Thu", "Hồng", "Kim", "Bảo", "Gia"]
GIVENS = ["An", "Anh", "Ánh", "Bình", "Chi", "Cường", "Dung", "Dũng", "Duyên", "Đạt", "Đức", "Giang", "Hà", "Hạnh", "Hiền", "Hiếu", "Hoa", "Hòa", "Huệ", "Hùng", "Hương", "Khánh", "Khoa", "Lan", "Linh", "Long", "Mai", "Mạnh", "Minh", "Nam", "Nga", "Ngân", "Nhung", "Oanh", "Phong", "Phúc", "Phương", "Quân", "Quyên", "Sơn", "Tâm", "Thảo", "Thủy", "Tiến", "Trang", "Trung", "Tú", "Tuấn", "Tùng", "Uyên", "Vân", "Việt", "Yến"]
WORDS = {
    "family": FAMILIES, "middle": MIDDLES, "given": GIVENS,
}


def ward(number: int) -> str:
    """The id of a ward; the first is one that the form of the pack knows."""
    return f"w{number:03d}" if number else "south"


def city(url: str, folder: Path) -> Platform:
    """The city and a few cases that acts made in its first ward, each waiting for its review."""
    settings = Settings().but(data=folder, database_url=url)
    platform = app.build(settings, now=lambda: MORNING, plugins=Plugins.load(sources=()))
    units, people, holdings = [Unit("city", "Thành phố", "City", "city", "city")], list[Person](), list[Holding]()
    for each in map(ward, range(WARDS)):
        units += [
            Unit(each, f"UBND {each}", each, "ward", "commune", "city"), Unit(f"{each}.office", f"Phòng {each}", each, "office", "commune", each),
            Unit(f"{each}.point", f"Điểm {each}", each, "point", "commune", each),
        ]
        staff = [(f"p{each}-{n}", "reviewer", f"{each}.office") for n in range(PEOPLE)] + [(f"c{each}", "counter", f"{each}.point"), (f"h{each}", "signer", each)]
        people += [Person(id, f"Người {id}") for id, _, _ in staff]
        holdings += [Holding(*held) for held in staff]
    powers = [Authority("permit", "commune", None, "Nghị định thử, Điều 1", date(2025, 7, 1))]
    platform.store.city.save(units=units, people=people, holdings=holdings, authorities=powers)
    pack = Pack(files_of(PERMIT), "permit")
    platform.store.packs.publish(pack.id, pack.digest, pack.files, "designer", MORNING)
    for _ in range(MADE):
        applicant = {"full_name": "Nguyễn Văn An", "id_number": "001080000012", "phone": "0900000456"}
        opening = Opening("permit", applicant, {"commune": ward(0), "purpose": "Sửa nhà"}, {"request": {"state": "received"}}, f"{ward(0)}.point")
        open_case(platform, platform.actor(f"c{ward(0)}"), opening, answer={"complete": True})
    return platform


def fill(platform: Platform, number: int) -> None:
    """So many more cases, with as many open tasks: three in five in somebody's hands, due from twenty days ago to forty ahead."""
    database: Any = platform.store.database    # type: ignore[attr-defined]    # the port does not name it; bulk loading is no act
    with database.writing() as cursor:
        _lists(cursor)
        for table in ("cases", "task", "applicant", "case_word"):
            _clone(cursor, table, number)
    with database.reading() as cursor:    # what the database does by itself some time after so much was written
        cursor.run("ANALYZE" if database.is_sqlite else "VACUUM ANALYZE")


def _lists(cursor: Any) -> None:
    for name, words in WORDS.items():
        cursor.run(f"CREATE TEMP TABLE crowd_{name} (i INTEGER PRIMARY KEY, said TEXT, plain TEXT)")
        cursor.run_many(f"INSERT INTO crowd_{name} VALUES (?, ?, ?)", [(i, word, folded(word)) for i, word in enumerate(words)])
    cursor.run("CREATE TEMP TABLE crowd_ward (i INTEGER PRIMARY KEY, id TEXT)")
    cursor.run_many("INSERT INTO crowd_ward VALUES (?, ?)", [(i, ward(i)) for i in range(WARDS)])
    cursor.run("CREATE TEMP TABLE crowd_day (i INTEGER PRIMARY KEY, at TEXT)")
    moments = [MORNING + timedelta(days=i % 60 - 20, minutes=7 * (i // 60)) for i in range(60 * 41)]
    cursor.run_many("INSERT INTO crowd_day VALUES (?, ?)", [(i, f"{at:%Y-%m-%dT%H:%M:%S}.000Z") for i, at in enumerate(moments)])


def _clone(cursor: Any, table: str, number: int) -> None:
    numbers = f"WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < {number - 1})"
    lists = f"JOIN crowd_ward w ON w.i = n.i % {WARDS} JOIN crowd_day d ON d.i = n.i % 2460"
    names = (
        f"JOIN crowd_family f ON f.i = n.i / 7 % {len(FAMILIES)} JOIN crowd_middle m ON m.i = n.i / 3 % {len(MIDDLES)} "
        f"JOIN crowd_given g ON g.i = n.i / {WARDS} % {len(GIVENS)}"
    )
    made = f"{lists} JOIN cases c ON c.id = 1 + n.i % {MADE}"
    code, said = "'H26.' || w.i || '-260904-' || (1000000 + n.i)", "f.said || ' ' || m.said || ' ' || g.said"
    number_of, phone = "'0' || (10000000000 + n.i)", "'09' || (10000000 + n.i)"
    if table == "applicant":
        plain, facts = "f.plain || ' ' || m.plain || ' ' || g.plain", f"'{{\"phone\":\"' || {phone} || '\"}}'"
        cursor.run(
            f"{numbers} INSERT INTO applicant (id, full_name, folded_name, id_number, facts) "
            f"SELECT {FIRST} + n.i, {said}, {plain}, {number_of}, {facts} FROM n {names}"
        )
    elif table == "cases":
        new = {
            "id": f"{FIRST} + n.i", "code": code, "tracking": f"{code} || '-XXXX'", "applicant_id": f"{FIRST} + n.i",
            "applicant_person": f"'applicant:' || ({FIRST} + n.i)", "applicant_label": said, "places": f"replace(c.places, '{ward(0)}', w.id)",
            "due": "d.at", "due_original": "d.at",
        }
        columns = ", ".join(rows.CASE)
        values = ", ".join(new.get(name, f"c.{name}") for name in rows.CASE)
        cursor.run(f"{numbers} INSERT INTO cases (authority, {columns}) SELECT w.id, {values} FROM n {names} {made}")
    elif table == "task":
        hand = f"CASE WHEN n.i / {WARDS} % 5 < 3 THEN 'p' || w.id || '-' || (n.i / {WARDS * 5} % {PEOPLE}) END"
        new = {"case_id": f"{FIRST} + n.i", "unit": f"replace(t.unit, '{ward(0)}', w.id)", "person": hand, "due": "d.at"}
        values = ", ".join(new.get(name, f"t.{name}") for name in rows.TASK)
        cursor.run(
            f"{numbers} INSERT INTO task ({', '.join(rows.TASK)}) SELECT {values} FROM n {made} JOIN task t ON t.case_id = c.id AND t.status = 'open'"
        )
    else:
        every = (f"lower({code})", "'' || (1000000 + n.i)", number_of, phone, "f.plain", "m.plain", "g.plain")
        said = " UNION ALL ".join(f"SELECT w.id AS u, {word} AS word, {FIRST} + n.i AS id FROM n {names} {lists}" for word in every)
        cursor.run(f"{numbers} INSERT INTO case_word (unit, word, case_id) SELECT DISTINCT u, word, id FROM ({said}) s ORDER BY 1, 2, 3")
