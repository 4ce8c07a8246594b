"""Runs migrations on the connection that `upgrade` hands over."""

from alembic import context
from wardflow.store import (  # noqa: F401    # add their tables to the metadata
    counter_tables,
    desk_tables,
    matter_tables,
    migration_tables,
    plugin_tables,
    register_tables,
    visitor_tables,
)
from wardflow.store.neighbour_tables import metadata

connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=metadata,
    render_as_batch=True,
    version_table=context.config.attributes.get("version_table", "schema_version"),    # each plugin has one of its own
)
sqlite = connection.dialect.name == "sqlite"
# a revision that rebuilds a table renames its copy while views and triggers name a table that is away for the moment
if sqlite:
    connection.exec_driver_sql("PRAGMA legacy_alter_table=ON")
with context.begin_transaction():
    context.run_migrations()
if sqlite:
    connection.exec_driver_sql("PRAGMA legacy_alter_table=OFF")
