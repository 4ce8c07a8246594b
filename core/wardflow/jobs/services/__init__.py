"""Service handlers that ship with the platform and touch the outside world, one a file; `app.py` gives them what they need."""

from __future__ import annotations

from wardflow.jobs.services.hosts import Host, parse_hosts
from wardflow.jobs.services.http_call import http_call
from wardflow.jobs.services.mail import mail_send
from wardflow.jobs.services.within import within

__all__ = ["Host", "http_call", "mail_send", "parse_hosts", "within"]
