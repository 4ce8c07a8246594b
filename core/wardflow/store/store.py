"""Everything kept, put together over one database."""

from __future__ import annotations

import base64
import hashlib

from wardflow.store.accounts import AccountStore
from wardflow.store.address_codes import AddressCodeTable
from wardflow.store.adoption import AdoptionStore
from wardflow.store.alarms import AlarmTable
from wardflow.store.applicants import ApplicantStore
from wardflow.store.bundles import BundleTable
from wardflow.store.cases import CaseStore
from wardflow.store.channels import ChannelTable
from wardflow.store.city import CityStore
from wardflow.store.database import Database
from wardflow.store.desk_lists import DeskListTable
from wardflow.store.desk_notes import DeskNoteTable
from wardflow.store.external_tasks import ExternalTaskTable
from wardflow.store.finding import FindingTable
from wardflow.store.incidents import IncidentTable
from wardflow.store.instances import InstanceTable
from wardflow.store.intakes import IntakeStore
from wardflow.store.jobs import JobTable
from wardflow.store.links import LinkTable
from wardflow.store.messages import MessageTable
from wardflow.store.migrated import MigrationTable
from wardflow.store.moves import MoveTable
from wardflow.store.notices import NoticeTable
from wardflow.store.own import OwnTables
from wardflow.store.packs import PackStore
from wardflow.store.papers import PaperStore
from wardflow.store.payments import PaymentOrderTable
from wardflow.store.queue import QueueTable
from wardflow.store.register_log import RegisterLog
from wardflow.store.sealed import Seal
from wardflow.store.security_keys import SecurityKeyTable
from wardflow.store.service_accounts import ServiceAccountTable
from wardflow.store.spots import SpotTable
from wardflow.store.unheard import UnheardTable
from wardflow.store.upgrade import upgrade
from wardflow.store.verify import Inspection
from wardflow.store.worklist import WorkListStore


class Store:
    """One database with its aggregates; `secret` is the installation's secret, from which the sealing key is derived."""

    def __init__(self, url: str, secret: bytes) -> None:
        self.database = Database(url)
        seal = Seal(base64.urlsafe_b64encode(hashlib.sha256(b"wardflow sealed data\n" + secret).digest()))
        self.cases = CaseStore(self.database, seal)
        self.papers = PaperStore(self.database, seal)
        self.payments = PaymentOrderTable(self.database)
        self.applicants = ApplicantStore(self.database)
        self.packs = PackStore(self.database)
        self.city = CityStore(self.database)
        self.adoption = AdoptionStore(self.database)
        self.own = OwnTables(self.database)
        self.register_log = RegisterLog(self.database)
        self.moves = MoveTable(self.database)
        self.address_codes = AddressCodeTable(self.database)
        self.intakes = IntakeStore(self.database, seal)
        self.alarms = AlarmTable(self.database)
        self.channels = ChannelTable(self.database)
        self.queue = QueueTable(self.database)
        self.bundles = BundleTable(self.database)
        self.jobs = JobTable(self.database)
        self.notices = NoticeTable(self.database)
        self.incidents = IncidentTable(self.database)
        self.migrations = MigrationTable(self.database)
        self.accounts = AccountStore(self.database)
        self.security_keys = SecurityKeyTable(self.database)
        self.service_accounts = ServiceAccountTable(self.database)
        self.external_tasks = ExternalTaskTable(self.database)
        self.instances = InstanceTable(self.database)
        self.links = LinkTable(self.database)
        self.messages = MessageTable(self.database, seal)
        self.unheard = UnheardTable(self.database)
        self.worklist = WorkListStore(self.database)
        self.desk = DeskListTable(self.database)
        self.desk_notes = DeskNoteTable(self.database)
        self.finding = FindingTable(self.database)
        self.spots = SpotTable(self.database)
        self.inspection = Inspection(self.database, seal)

    def upgrade(self) -> None:
        """Brings the tables to this version of the platform."""
        upgrade(self.database)

    def tidy(self) -> None:
        """Moves SQLite's write-ahead log into the file, off the request path; nothing on PostgreSQL."""
        if self.database.is_sqlite:
            with self.database.reading() as cursor:
                cursor.rows("PRAGMA wal_checkpoint(PASSIVE)")

    def close(self) -> None:
        """Gives every connection back."""
        self.database.close()
