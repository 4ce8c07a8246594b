"""Alarms move cases when their time comes; jobs touch the outside world and bring its answers back."""

from __future__ import annotations

from wardflow.errors import ServiceRefused
from wardflow.jobs.alarms import AlarmStore, Sweep
from wardflow.jobs.messages import Messages, MessageStore
from wardflow.jobs.retry import Backoff
from wardflow.jobs.runner import Handler, HandlerMissing, Job, JobStore, Runner
from wardflow.jobs.worker import Workplace, run_worker

__all__ = [
    "AlarmStore",
    "Backoff",
    "Handler",
    "HandlerMissing",
    "Job",
    "JobStore",
    "MessageStore",
    "Messages",
    "Runner",
    "ServiceRefused",
    "Sweep",
    "Workplace",
    "run_worker",
]
