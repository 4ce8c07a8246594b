"""Process packs: read, checked, rehearsed, published."""

from wardflow.packs.pack import Named, NoticeKind, Pack, Slip
from wardflow.packs.procedure import Component, Procedure

__all__ = ["Component", "Named", "NoticeKind", "Pack", "Procedure", "Slip"]
