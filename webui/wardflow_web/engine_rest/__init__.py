"""The calls that workers and clients written for Camunda 7 and Operaton make: external tasks, start, message, signal.

The shape of every body, status and answer is theirs, so that those libraries connect unchanged; the rules are the platform's.
"""

from __future__ import annotations

from flask import Blueprint

from wardflow_web.callers import guard
from wardflow_web.engine_rest import definitions, external_tasks, instances, messages, processes, stopped

calls = Blueprint("engine_rest", __name__, url_prefix="/engine-rest")
guard(calls)
for part in (external_tasks, processes, definitions, instances, stopped, messages):
    part.add(calls)

__all__ = ["calls"]
