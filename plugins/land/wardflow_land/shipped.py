"""The files that lie inside this package, read once."""

from __future__ import annotations

from wardflow.packaged import Packaged

FILES = Packaged("wardflow_land")
HOME, table, schema, text = FILES.home, FILES.table, FILES.schema, FILES.text
