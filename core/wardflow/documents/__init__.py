"""Attachments kept by content, official papers as PDF, QR codes."""

from __future__ import annotations

from wardflow.documents.blobs import Blobs
from wardflow.documents.kinds import ACCEPTED, Kind, kind_of
from wardflow.documents.photos import without_traces
from wardflow.documents.qr import qr_svg
from wardflow.documents.slips import render, template

__all__ = ["ACCEPTED", "Blobs", "Kind", "kind_of", "qr_svg", "render", "template", "without_traces"]
