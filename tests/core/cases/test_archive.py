"""Closed cases go into a file when their time is over, are found there by code, and leave no hole behind."""

from __future__ import annotations

import json
import sqlite3
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from wardflow.cases.archiving import closed
from wardflow.cases.attach_document import attach_document, take_in
from wardflow.cases.inspection import Inspector
from wardflow.cases.open_sealed import open_sealed
from wardflow.catalog import files_of
from wardflow.errors import ArchiveThere, ArchiveUnreadable, CaseUnknown, ProcedureUnreadable
from wardflow.packs import Pack, Procedure
from wardflow.store.archive import ABOUT_A_CASE, find, take_out, write_archive

Town = Any    # tests/core/cases/conftest.py; test modules cannot import one another
PERMIT = Path(__file__).parents[2] / "fixtures" / "permit"
PDF = b"%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"
YEAR = timedelta(days=365)


def end(town: Town) -> Any:
    """A case with a paper and a sealed value that came to its end."""
    opened = town.open(answer={"complete": True}, secret="chỉ người ký biết")
    attach_document(town.platform, town.actor("clerk"), opened.case_id, take_in(town.platform, "đơn.pdf", PDF))
    town.do("reviewer", opened.case_id, "review", opinion="good")
    town.do("signer", opened.case_id, "sign", opinion="good")
    return opened


def over(town: Town, older_than: timedelta | None = YEAR) -> tuple[Any, ...]:
    return tuple(closed(town.platform, town.platform.store.inspection, older_than))


def put_away(town: Town, file: Path) -> int:
    store = town.platform.store
    kept = write_archive(store.database, town.platform.blobs.get, file, over(town), town.moment.now)
    return take_out(store.database, file, kept, town.moment.now)


def test_only_cases_that_ended_long_enough_ago_are_put_away(town: Town) -> None:
    old = end(town)
    town.open(answer={"complete": True})
    town.moment.pass_(days=300)
    end(town)
    town.moment.pass_(days=100)

    assert [each.case.code for each in over(town)] == [old.code]
    assert over(town, None) == ()


def test_a_procedure_says_how_long_its_cases_are_kept(town: Town) -> None:
    files = dict(files_of(PERMIT))
    (record,) = (name for name in files if name.startswith("procedures/"))
    pack = Pack(files | {record: files[record] + b'\nretention = "700 d"\n'}, "permit")
    town.platform.store.packs.publish(pack.id, pack.digest, pack.files, "designer", town.moment.now)
    end(town)
    town.moment.pass_(days=400)
    assert over(town) == ()
    town.moment.pass_(days=400)
    assert len(over(town, None)) == 1


def test_retention_is_counted_in_days_of_the_calendar() -> None:
    record = {"code": "a", "name": "A", "pack": "p", "process": "p", "time_limit": "5 wd", "retention": "5 wd"}
    with pytest.raises(ProcedureUnreadable, match="retention"):
        Procedure.read(record, "a.toml")
    assert Procedure.read(record | {"retention": "1825 d"}, "a.toml").retention == timedelta(days=1825)


def test_a_case_that_was_put_away_is_found_in_its_file_and_nowhere_else(town: Town, tmp_path: Path) -> None:
    case, other = end(town), town.open(answer={"complete": True})
    town.moment.pass_(days=400)
    assert put_away(town, tmp_path / "2026.db") == 1

    found = find(tmp_path / "2026.db", case.code)
    assert found is not None and found == find(tmp_path / "2026.db", case.tracking)
    assert (found.applicant, found.outcome, found.whole) == ("Nguyễn Văn An", "done", True)
    assert [entry.kind for entry in found.entries] == ["opened", "document_attached", "task_done", "task_done"]
    assert find(tmp_path / "2026.db", other.code) is None
    with pytest.raises(CaseUnknown):
        town.platform.store.cases.id_of(case.code)
    with town.platform.store.database.reading() as cursor:
        assert {table: cursor.rows(f"SELECT count(*) FROM {table} WHERE case_id = ?", (case.case_id,))[0][0] for table in ABOUT_A_CASE} == dict.fromkeys(ABOUT_A_CASE, 0)


def test_what_stays_is_whole_and_no_number_is_given_again(town: Town, tmp_path: Path) -> None:
    first, second = end(town), end(town)
    town.moment.pass_(days=400)
    put_away(town, tmp_path / "2026.db")
    inspector = Inspector(town.platform)

    assert list(inspector.faults(town.platform.store.inspection)) == []
    assert inspector.looked["number"] == 6    # of two cases: their codes, two receipts, two permits
    assert len({first.code, second.code, town.open().code}) == 3


def test_papers_are_in_the_file_and_what_was_sealed_stays_sealed(town: Town, tmp_path: Path) -> None:
    end(town)
    town.moment.pass_(days=400)
    put_away(town, tmp_path / "2026.db")

    archive = sqlite3.connect(tmp_path / "2026.db")
    assert archive.execute("SELECT content FROM papers").fetchall() == [(PDF,)]
    [(kept,)] = archive.execute("SELECT kept FROM cases")
    assert [row["digest"] for row in json.loads(kept)["thresholds"]] == [row["thresholds_digest"] for row in json.loads(kept)["cases"]]
    archive.close()
    assert "chỉ người ký biết".encode() not in (tmp_path / "2026.db").read_bytes()
    assert (tmp_path / "2026.db").stat().st_mode & 0o777 == 0o600


def test_a_changed_line_of_the_file_is_noticed(town: Town, tmp_path: Path) -> None:
    case = end(town)
    town.moment.pass_(days=400)
    put_away(town, tmp_path / "2026.db")
    archive = sqlite3.connect(tmp_path / "2026.db")
    archive.execute("UPDATE cases SET kept = replace(kept, '\"by\":\"signer\"', '\"by\":\"clerk\"')")
    archive.commit()
    archive.close()

    found = find(tmp_path / "2026.db", case.code)
    assert found is not None and not found.whole


def test_a_case_that_moved_since_the_file_was_written_stays(town: Town, tmp_path: Path) -> None:
    case = end(town)
    town.moment.pass_(days=400)
    kept = write_archive(town.platform.store.database, town.platform.blobs.get, tmp_path / "a.db", over(town), town.moment.now)
    open_sealed(town.platform, town.actor("signer"), case.case_id, "form/secret", "Thanh tra hỏi")    # stays in the timeline

    assert take_out(town.platform.store.database, tmp_path / "a.db", kept, town.moment.now) == 0
    assert town.platform.store.cases.id_of(case.code) == case.case_id


def test_no_file_is_written_over_and_another_file_is_no_archive(town: Town, tmp_path: Path) -> None:
    (tmp_path / "there.db").write_text("something else")
    with pytest.raises(ArchiveThere):
        put_away(town, tmp_path / "there.db")
    for name in ("there.db", "nothing.db"):
        with pytest.raises(ArchiveUnreadable):
            find(tmp_path / name, "H26")
