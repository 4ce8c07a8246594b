"""The stock ledger of premises: what stands where, and every movement, which nobody edits or takes out."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

ACCOUNTS = ("reviewing", "referred", "kept", "large", "surplus", "planned", "decided", "handed_over")


def upgrade() -> None:
    op.create_table(
        "asset_stock",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("measure", sa.String(length=10), nullable=False),
        sa.Column("asset_code", sa.String(length=40), nullable=False),
        sa.Column("unit", sa.String(length=80), nullable=False),
        sa.Column("destination", sa.String(length=40), nullable=False),
        sa.Column("live", sa.Integer(), nullable=False),
        sa.Column("ended", sa.Integer(), nullable=False),
        sa.Column("total", sa.BigInteger(), nullable=False),
        *(sa.Column(account, sa.BigInteger(), nullable=False) for account in ACCOUNTS),
        sa.PrimaryKeyConstraint("case_id", "measure", name="pk_asset_stock"),
        sa.CheckConstraint(f"total = {' + '.join(ACCOUNTS)}", name="ck_asset_stock_balance"),
        *(sa.CheckConstraint(f"{account} >= 0", name=f"ck_asset_stock_{account}") for account in ACCOUNTS),
    )
    # the same premises is in stock once, however many files there are about it
    op.create_index(
        "uq_asset_stock_code", "asset_stock", ["asset_code", "measure"], unique=True,
        sqlite_where=sa.text("live = 1"), postgresql_where=sa.text("live = 1"),
    )
    op.create_table(
        "asset_premises",
        sa.Column("case_id", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("asset_code", sa.String(length=40), nullable=False),
        sa.Column("unit", sa.String(length=80), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
    )
    op.create_table(
        "asset_entry",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("day", sa.String(length=10), nullable=False),
        sa.Column("at", sa.String(length=24), nullable=False),
        sa.Column("by", sa.String(length=80), nullable=False),
        sa.Column("asset_code", sa.String(length=40), nullable=False),
        sa.Column("unit", sa.String(length=80), nullable=False),
        sa.Column("source", sa.String(length=20), nullable=False),
        sa.Column("target", sa.String(length=20), nullable=False),
        sa.Column("destination", sa.String(length=40), nullable=False),
        sa.Column("counter", sa.Integer(), nullable=False),
        sa.Column("ended", sa.Integer(), nullable=False),
        sa.Column("destined", sa.String(length=40), nullable=False),
        sa.Column("sites", sa.BigInteger(), nullable=False),
        sa.Column("land", sa.BigInteger(), nullable=False),
        sa.Column("floor", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("source <> target", name="ck_asset_entry_moves"),
        sa.CheckConstraint("sites >= 0 AND land >= 0 AND floor >= 0", name="ck_asset_entry_amounts"),
    )
    op.create_index("ix_asset_entry_day", "asset_entry", ["day"])
    op.create_index("ix_asset_entry_case", "asset_entry", ["case_id"])
    _moves_stock()
    _never_edited()


def _moves_stock() -> None:
    """The balance is what the entries make it: each moves it in the statement that writes it, or is not written.

    A restore brings entries back before there is any stock, so that they move nothing then.
    """
    amount = "CASE measure WHEN 'sites' THEN NEW.sites WHEN 'land' THEN NEW.land ELSE NEW.floor END"

    def moved(account: str, gains: str, loses: str) -> str:
        return f"{account} = {account} + (CASE '{account}' WHEN {gains} THEN 1 WHEN {loses} THEN -1 ELSE 0 END) * ({amount})"

    total = f"total = total + (CASE 'outside' WHEN NEW.source THEN 1 WHEN NEW.target THEN -1 ELSE 0 END) * ({amount})"
    changes = ", ".join([total, *(moved(account, "NEW.target", "NEW.source") for account in ACCOUNTS)])
    update = f"UPDATE asset_stock SET {changes}, ended = NEW.ended, destination = NEW.destined WHERE case_id = NEW.case_id"
    if op.get_bind().dialect.name == "sqlite":
        op.execute(f"CREATE TRIGGER asset_entry_moves_stock AFTER INSERT ON asset_entry BEGIN {update}; END")
        return
    op.execute(
        f"CREATE FUNCTION asset_entry_moves_stock() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {update}; RETURN NULL; END $$"
    )
    op.execute(
        "CREATE TRIGGER asset_entry_moves_stock AFTER INSERT ON asset_entry "
        "FOR EACH ROW EXECUTE FUNCTION asset_entry_moves_stock()"
    )


def _never_edited() -> None:
    """A mistake is set right by a counter entry: the database itself refuses to change or drop one."""
    if op.get_bind().dialect.name == "sqlite":
        for act in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER asset_entry_no_{act.lower()} BEFORE {act} ON asset_entry "
                "BEGIN SELECT RAISE(ABORT, 'an entry is never edited; make a counter entry'); END"
            )
        return
    op.execute(
        "CREATE FUNCTION asset_entry_never_edited() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        "RAISE EXCEPTION 'an entry is never edited; make a counter entry' USING ERRCODE = 'integrity_constraint_violation'; END $$"
    )
    op.execute(
        "CREATE TRIGGER asset_entry_no_edit BEFORE UPDATE OR DELETE ON asset_entry "
        "FOR EACH ROW EXECUTE FUNCTION asset_entry_never_edited()"
    )
