"""Orders to pay: one a step, amount and provider, ended in the transaction of the case's own change."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from wardflow.cases.payment_records import OrderStatus, PaymentOrder
from wardflow.errors import CaseMoved
from wardflow.store.database import Cursor, Database, Row
from wardflow.store.instants import moment, moment_or_none, stamp

_COLUMNS = "case_id, key, task, amount, provider, status, asked_at, ended_at, reference, paid"
_ASK = (
    "INSERT INTO payment_order (case_id, key, task, amount, provider, status, asked_at, reference) VALUES (?, ?, ?, ?, ?, ?, ?, '') "
    "ON CONFLICT (case_id, task, amount, provider) DO NOTHING"
)
_SAME = f"SELECT {_COLUMNS} FROM payment_order WHERE case_id = ? AND task = ? AND amount = ? AND provider = ?"
_END = (
    "UPDATE payment_order SET status = ?, ended_at = ?, reference = ?, paid = ? WHERE case_id = ? AND key = ? AND status = 'asked'"
)


class PaymentOrderTable:
    """The orders of one database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def ask(self, order: PaymentOrder) -> PaymentOrder:
        """The order as kept: the one before, where the same amount of the step was asked of the provider already."""
        same = order.case_id, order.task, order.amount, order.provider
        with self._database.writing() as cursor:
            cursor.run(_ASK, (order.case_id, order.key, *same[1:], str(order.status), stamp(order.asked_at)))
            found = cursor.row(_SAME, same)
        assert found is not None    # written just now, or before
        return _order(found)

    def find(self, key: str) -> PaymentOrder | None:
        """The order of that key."""
        with self._database.reading() as cursor:
            found = cursor.row(f"SELECT {_COLUMNS} FROM payment_order WHERE key = ?", (key,))
        return None if found is None else _order(found)

    def of_case(self, case_id: int) -> Sequence[PaymentOrder]:
        """The orders of a case, oldest first."""
        sql = f"SELECT {_COLUMNS} FROM payment_order WHERE case_id = ? ORDER BY asked_at, key"
        with self._database.reading() as cursor:
            return [_order(row) for row in cursor.rows(sql, (case_id,))]


def end(cursor: Cursor, orders: Iterable[PaymentOrder], code: str) -> None:
    """Ends orders that still stand; CaseMoved where another answer about one came first."""
    for order in orders:
        ended = stamp(order.ended_at) if order.ended_at else None
        if not cursor.run(_END, (str(order.status), ended, order.reference, order.paid, order.case_id, order.key)):
            raise CaseMoved(case=code)


def _order(row: Row) -> PaymentOrder:
    return PaymentOrder(
        int(row[0]), row[1], row[2], int(row[3]), row[4], OrderStatus(row[5]), moment(row[6]), moment_or_none(row[7]), row[8],
        None if row[9] is None else int(row[9]),
    )
