"""The only folder that imports SQLAlchemy: tables, migrations, and one module per aggregate."""

from wardflow.store.store import Store

__all__ = ["Store"]
