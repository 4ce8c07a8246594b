"""One-time codes that prove an address: neither the address nor the code can be read from the row."""

from __future__ import annotations

from datetime import datetime

from wardflow.cases.address_ports import AddressCode
from wardflow.store.database import Database
from wardflow.store.instants import moment, stamp

_KEEP = (
    "INSERT INTO address_code (address, code, sent_at, since, sent, tries) VALUES (?, ?, ?, ?, ?, 0) ON CONFLICT (address) "
    "DO UPDATE SET code = excluded.code, sent_at = excluded.sent_at, since = excluded.since, sent = excluded.sent, tries = 0"
)
_TRY = "UPDATE address_code SET tries = tries + 1 WHERE address = ? AND code <> '' AND sent_at > ? AND tries < ?"
_SPEND = "UPDATE address_code SET code = '' WHERE address = ? AND code = ? AND code <> ''"


class AddressCodeTable:
    """The codes of one database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def last(self, address: str) -> AddressCode | None:
        """What was sent to an address last."""
        with self._database.reading() as cursor:
            found = cursor.row("SELECT sent_at, since, sent FROM address_code WHERE address = ?", (address,))
        return None if found is None else AddressCode(moment(found[0]), moment(found[1]), int(found[2]))

    def keep(self, address: str, code: str, row: AddressCode) -> None:
        """Writes a new code; the one before is worth nothing from now on."""
        with self._database.writing() as cursor:
            cursor.run(_KEEP, (address, code, stamp(row.sent_at), stamp(row.since), row.sent))

    def spend(self, address: str, code: str, sent_after: datetime, tries: int) -> bool:
        """True when it is the code sent after that moment and not tried too often; it is used up then."""
        with self._database.writing() as cursor:
            if not cursor.run(_TRY, (address, stamp(sent_after), tries)):
                return False
            return bool(cursor.run(_SPEND, (address, code)))

    def forget(self, sent_before: datetime) -> None:
        """Drops the rows of addresses that were sent nothing since."""
        with self._database.writing() as cursor:
            cursor.run("DELETE FROM address_code WHERE sent_at < ?", (stamp(sent_before),))
