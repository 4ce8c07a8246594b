"""The one place that puts the parts together."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from importlib.resources import as_file
from typing import Any

from wardflow import hookimpl
from wardflow.cases.adopting import Held
from wardflow.cases.answer_service import answer_service, fail_service
from wardflow.cases.deliver_message import deliver_message, expire_messages, seek_messages
from wardflow.cases.fail_work import FAILED
from wardflow.cases.handling import check_input, check_output
from wardflow.cases.library import Library
from wardflow.cases.move_tasks import go_on_moving
from wardflow.cases.platform import Platform, present
from wardflow.cases.records import Case, Notice
from wardflow.cases.remember_listeners import remember_listeners
from wardflow.cases.ring_alarm import ring_alarm
from wardflow.cases.ring_together import ring_together
from wardflow.cases.snapshots import Snapshots
from wardflow.catalog import shared_schemas
from wardflow.documents import Blobs, kind_of, render, template
from wardflow.domain.calendar import Span
from wardflow.domain.reasons import Reason
from wardflow.errors import ServiceRefused
from wardflow.families import BUILT_IN
from wardflow.jobs import AlarmStore, Handler, Job, Messages
from wardflow.jobs.services import http_call, mail_send, parse_hosts, within
from wardflow.notices import Delivery, Message, channel
from wardflow.offers import Handler as Offered
from wardflow.offers import HandlerContext
from wardflow.plugins import Installed, Plugins, Source
from wardflow.reports import case_counts, timeliness
from wardflow.sandbox_bank import SandboxBank
from wardflow.settings import SANDBOX, Settings
from wardflow.store import Store
from wardflow.store.jobs import JobTable

OFFICE_WEEK = range(5)
LONGEST_SERVICE = 240.0
"""Seconds: a job is leased for five minutes, and its service must be done before another worker takes it."""
KEPT = timedelta(days=7)
"""How long a finished job can still be looked at."""
OUTGOING = 20
"""Notices looked at in one round of the worker."""


def build(settings: Settings, *, now: Callable[[], datetime] = present, plugins: Plugins | None = None) -> Platform:
    """The platform of an installation, over the database its settings name."""
    store = Store(settings.database, settings.secret())
    return assemble(settings, store, now=now, plugins=plugins or load_plugins(settings))


def load_plugins(settings: Settings) -> Plugins:
    """The plugins of an installation, the families and the services that ship among them."""
    shipped: list[Source] = [*BUILT_IN, Services(settings)]
    if settings.pays_through == SANDBOX:
        shipped.append(SandboxBank(settings.secret(), settings.tracking_address))
    return Plugins.load(builtin=shipped, zone=settings.zone)


@dataclass(frozen=True, slots=True)
class Services:
    """The services that ship and touch the outside world, as a source of hooks."""

    settings: Settings
    name: str = "services"

    def load(self) -> Services:
        """The object with its hooks."""
        return self

    @hookimpl
    def service_handlers(self) -> tuple[Offered, ...]:
        """`http.call` and `mail.send`."""
        carrier = channel(self.settings.mail_server, self.settings.mail_from, self.settings.data / "outbox")
        return (
            http_call(parse_hosts(self.settings.service_hosts), self.settings.headers_of_hosts(), self.settings.service_limit),
            mail_send(lambda key, to, subject, text: carrier.send(Message(key, to, subject, text))),
        )


def assemble(settings: Settings, store: Store, *, now: Callable[[], datetime], plugins: Plugins) -> Platform:
    """The platform over parts that are there already."""
    carrier = channel(settings.mail_server, settings.mail_from, settings.data / "outbox")
    spans = tuple(Span.from_json(list(span.split("-"))) for span in settings.office_hours.split())
    days = partial(plugins.calendar_days, store.adoption.read)
    snapshots = Snapshots(store.city, settings.zone, dict.fromkeys(OFFICE_WEEK, spans), days)
    store.own.revision = snapshots.known
    plugins = plugins.following(Held(store.adoption, snapshots.known), store.own)
    return Platform(
        settings=settings,
        store=store,
        plugins=plugins,
        blobs=Blobs(settings.blobs),
        library=Library(store.packs, plugins, shared_schemas(settings.schemas)),
        snapshots=snapshots,
        press=lambda name, data: render(plugins.slip_template(name) or template(name), data),
        timeliness=lambda moment: timeliness(store.database, moment),
        counts=partial(case_counts, store.database),
        judge=lambda content: kind_of(content, limit=settings.upload_limit).media_type,
        send=lambda key, to, subject, text: carrier.send(Message(key, to, subject, text)),
        now=now,
    )


def upgrade(store: Store, plugins: Plugins) -> None:
    """Brings every table to this version: the platform's, then those of each plugin by its own migrations."""
    store.upgrade()
    for plugin in plugins.installed:
        migrate(store, plugin)


def migrate(store: Store, plugin: Installed) -> None:
    """Brings the tables of one plugin to its version."""
    for folder in plugin.offers["migrations"]:
        with as_file(folder) as place:
            store.own.migrate(plugin.name, place)


@dataclass(frozen=True, slots=True)
class Workplace:
    """What a worker needs: where alarms and jobs wait, what does them, and the acts that their results become."""

    platform: Platform
    alarms: AlarmStore
    jobs: JobTable
    handlers: Mapping[str, Handler]
    job_tries: int
    post: Post
    messages: Messages

    def now(self) -> datetime:
        """The present moment."""
        return self.platform.now()

    def ring(self, case: int, alarm: str) -> object:
        """Moves the case whose alarm is due."""
        return ring_alarm(self.platform, case, alarm)

    def ring_together(self, alarms: Collection[tuple[int, str]]) -> Collection[tuple[int, str]]:
        """Moves many such cases in one transaction, and says which alarms need nobody any more."""
        return ring_together(self.platform, alarms)

    def answered(self, job: Job, values: Mapping[str, Any]) -> bool:
        """Brings a service's answer into its case and ends the job in the same transaction."""
        answer_service(self.platform, job.case, job.payload["task"], values, ended=((job.id, job.hold),))
        return True

    def gave_up(self, job: Job, code: str) -> object:
        """Tells the case that its service failed for good."""
        return fail_service(self.platform, job.case, job.payload["task"], code)

    def deliver(self) -> int:
        """Sends the notices that wait to be sent, and hands messages to the cases that listen for them."""
        return self.post.deliver() + self.messages.deliver_due(self.now())

    def move(self) -> int:
        """Moves the tasks that follow a change of the register."""
        return go_on_moving(self.platform)

    def tidy(self) -> None:
        """Does what the store wants done off the request path."""
        remember_listeners(self.platform)
        self.jobs.forget(self.platform.now() - KEPT)
        self.platform.store.address_codes.forget(self.platform.now() - KEPT)
        self.platform.store.tidy()


class Post:
    """Notices on their way out: their words come from the pack of their case, their address from the row."""

    def __init__(self, platform: Platform, store: Store) -> None:
        settings = platform.settings
        self._platform, self._store = platform, store
        carrier = channel(settings.mail_server, settings.mail_from, settings.data / "outbox")
        self._delivery = Delivery(carrier, self._sent)

    def deliver(self) -> int:
        """How many notices were handed over."""
        waiting = [self._message(notice, case) for notice, case in self._store.notices.unsent(OUTGOING)]
        return self._delivery.deliver(waiting, self._platform.now()) if waiting else 0

    def _message(self, notice: Notice, case: Case) -> Message:
        kind = self._platform.library.matter_of(case).pack.notices[notice.notice]
        address = f"{self._platform.settings.tracking_address}/track/{case.tracking}"
        said = Reason("notice.body", {"text": kind.vi, "text_en": kind.en, "code": case.code, "address": address})
        subject, text = (self._platform.wording("vi").say(Reason(code, said.facts)) for code in ("notice.subject", said.code))
        return Message(f"{case.id}:{notice.seq}", str(notice.address), subject, text)

    def _sent(self, key: str, at: datetime) -> None:
        case_id, seq = key.split(":")
        self._store.notices.sent(int(case_id), int(seq), at)


def workplace(platform: Platform, store: Store) -> Workplace:
    """The worker's side of a platform."""
    handlers = {name: _handler(platform, name) for name in platform.plugins.handlers()}
    messages = Messages(
        store.messages, partial(deliver_message, platform), partial(seek_messages, platform), partial(expire_messages, platform)
    )
    return Workplace(platform, store.alarms, store.jobs, handlers, platform.settings.job_tries, Post(platform, store), messages)


def _handler(platform: Platform, name: str) -> Handler:
    offered = platform.plugins.handler(name)
    seconds = min(offered.timeout, LONGEST_SERVICE)

    def run(job: Job) -> Mapping[str, Any]:
        moment, inputs = platform.now(), job.payload["inputs"]
        settings = platform.plugins.settings(moment.astimezone(platform.settings.zone).date())
        context = HandlerContext(now=moment, key=job.key, settings=settings, data=platform.plugins.data)
        check_input(name, offered.input_schema, inputs)
        try:
            answer = within(seconds, name, lambda: offered.run(inputs, context))
        except ServiceRefused:
            raise
        except Exception as failed:
            if offered.tries is not None and job.tries + 1 >= offered.tries:
                raise ServiceRefused(code=FAILED) from failed
            raise
        check_output(name, offered.output_schema, answer)
        return answer

    return run
