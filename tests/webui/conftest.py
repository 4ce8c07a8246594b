"""A small city with one procedure of its own, so that the pages are tested without any shipped pack."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from wardflow import app, packs
from wardflow.cases.open_case import Opened, Opening, open_case
from wardflow.cases.platform import Platform
from wardflow.domain.register import Holding, Person, Unit
from wardflow.plugins import LeftOut, Plugins
from wardflow.settings import Settings
from wardflow.store import Store
from wardflow_web import create_app

NOW = datetime(2026, 9, 4, 2, 40, tzinfo=UTC)
PACK = Path(__file__).parent / "pack"
UNITS = (
    Unit("city", "Thành phố mẫu", "Sample city", "city", "city"),
    Unit("east", "UBND phường Đông", "East ward", "ward", "commune", "city"),
    Unit("east.office", "Phòng Tổng hợp phường Đông", "General office of East", "office", "commune", "east"),
    Unit("east.point", "Điểm phục vụ phường Đông", "East service point", "point", "commune", "east"),
    Unit("west", "UBND phường Tây", "West ward", "ward", "commune", "city"),
    Unit("west.point", "Điểm phục vụ phường Tây", "West service point", "point", "commune", "west"),
)
PEOPLE = (
    Person("an", "Nguyễn Văn An"),
    Person("binh", "Trần Thị Bình"),
    Person("chi", "Lê Thị Chi"),
    Person("dung", "Phạm Văn Dũng"),
    Person("em", "Đỗ Thị Em"),
    Person("hoa-west", "Vũ Thị Giang"),
)
HOLDINGS = (
    Holding("binh", "clerk", "east.point"),
    Holding("chi", "expert", "east.office"),
    Holding("dung", "expert", "east.office"),
    Holding("em", "head", "east.office"),
    Holding("hoa-west", "clerk", "west.point"),
)
TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')


class Browser:
    """Opens pages and posts forms with the token their page carried."""

    def __init__(self, client: FlaskClient) -> None:
        self.client = client
        self.status = 0
        self.text = ""
        self.place = ""
        self.headers: dict[str, str] = {}

    def open(self, address: str) -> str:
        """The page at an address, redirects followed."""
        return self._shown(self.client.get(address, follow_redirects=True))

    def post(self, address: str, **values: str | list[str]) -> str:
        """What a form answers; the token is the one of the page before."""
        token = TOKEN.search(self.text)
        data = {"csrf_token": token[1] if token else "", **values}
        return self._shown(self.client.post(address, data=data, follow_redirects=True))

    def _shown(self, answer) -> str:  # type: ignore[no-untyped-def]    # werkzeug's test answer has no public name
        self.status, self.text, self.place = answer.status_code, answer.get_data(as_text=True), answer.request.path
        self.headers = dict(answer.headers)
        answer.close()
        return self.text


@pytest.fixture(scope="session")
def made_city(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The database of the small city, made once."""
    folder = tmp_path_factory.mktemp("city")
    settings = Settings(data=folder)
    store = Store(settings.database, settings.secret())
    store.upgrade()
    store.city.save(UNITS, PEOPLE, HOLDINGS)
    store.accounts.set("chi", "chi", "mật khẩu của Chi")
    pack = packs.Pack({p.relative_to(PACK).as_posix(): p.read_bytes() for p in PACK.rglob("*") if p.is_file()})
    store.packs.publish(pack.id, pack.digest, pack.files, "", datetime(2026, 1, 1, tzinfo=UTC))
    store.close()
    return folder


@pytest.fixture
def platform(made_city: Path, tmp_path: Path) -> Platform:
    """A city of its own for each test; one of its plugins is broken."""
    data = tmp_path / "data"
    shutil.copytree(made_city, data)
    plugins = Plugins.load(sources=())
    plugins.left_out = (LeftOut("hỏng", "1.0", "ImportError: thiếu thư viện"),)
    return app.build(Settings(data=data, code_prefix="T"), now=lambda: NOW, plugins=plugins)


@pytest.fixture
def case(platform: Platform) -> Opened:
    """A case that waits for a specialist."""
    opening = Opening(
        procedure="1.000001",
        applicant={"full_name": "Nguyễn Văn An", "id_number": "001080000012"},
        form={"record": "Giấy khai sinh", "copies": 2},
        components={"request": "original"},
        receiving="east.point",
        applicant_person="an",
    )
    return open_case(platform, platform.actor("binh"), opening, answer={"result": "complete"})


@pytest.fixture
def browser(platform: Platform) -> Callable[..., Browser]:
    """A browser for a person, or for a stranger."""
    pages = create_app(platform)
    pages.testing = False

    def opened(person: str = "") -> Browser:
        client = pages.test_client()
        with client.session_transaction() as session:
            if person:
                session.update(person=person, began=platform.now().timestamp(), seen=platform.now().timestamp())
        return Browser(client)

    return opened
