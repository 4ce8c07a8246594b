"""A change of the register as it is typed: its fields, and the change they mean once every part of it can be read."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from wardflow.domain.capability import Capability
from wardflow.domain.names import folded
from wardflow.domain.reasons import Reason
from wardflow.domain.register import Absence, Fallback, Holding, Instrument, Interest, Item, Person, Register, Unit
from wardflow.domain.register_changes import (
    Appoint,
    Declare,
    Depart,
    Dismiss,
    Disprove,
    Enrol,
    FallBack,
    Found,
    Grant,
    Leave,
    Prove,
    RegisterChange,
    RenamePerson,
    RenameUnit,
    Return,
    Withdraw,
)

from wardflow_web.calendar_form import Typed as Days
from wardflow_web.language import mark_for_translation as _

LONGEST = 20_000
ID = re.compile(r"[a-z0-9][a-z0-9.-]{1,78}")
DAY_HINT = _("Viết như 02/09/2026.")


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a change; `kind` is text, area, select, check or hidden, `of` says what a select chooses from."""

    name: str
    label: str = ""
    hint: str = ""
    kind: str = "text"
    of: str = ""
    needed: bool = False


class Unread(Exception):
    """A field that cannot be read, with what to say beside it."""

    def __init__(self, field: str, why: str | Reason) -> None:
        self.field, self.why = field, why
        super().__init__(field)


PERSON, HIDDEN_PERSON = Field("person", _("Người"), _("Mã hoặc họ tên đầy đủ."), needed=True), Field("person", kind="hidden")
FIRST = Field("first", _("Từ ngày"), DAY_HINT, needed=True)
TITLES: Mapping[str, str] = {
    "grant": _("Thêm văn bản ủy quyền"),
    "withdraw": _("Rút văn bản ủy quyền"),
    "prove": _("Ghi năng lực"),
    "disprove": _("Bỏ giấy chứng minh năng lực"),
    "leave": _("Ghi lịch vắng và người thay"),
    "return": _("Bỏ lịch vắng"),
    "appoint": _("Giao vai trò"),
    "dismiss": _("Thôi giữ vai trò"),
    "enrol": _("Thêm người mới"),
    "found": _("Lập đơn vị"),
    "declare": _("Khai liên quan đến người nộp"),
    "fall_back": _("Nơi làm thay khi không ai đủ năng lực"),
    "rename_unit": _("Đổi tên đơn vị"),
    "rename_person": _("Sửa họ tên"),
    "depart": _("Thôi làm việc ở đây"),
}
FIELDS: Mapping[str, tuple[Field, ...]] = {
    "leave": (
        HIDDEN_PERSON, FIRST, Field("last", _("Đến hết ngày"), DAY_HINT, needed=True),
        Field("substitute", _("Người thay"), _("Người thay phải giữ cùng vai trò; ai không được làm một việc thì việc đó bỏ qua người ấy."), "select", "colleague"),
    ),
    "return": (HIDDEN_PERSON, Field("first", kind="hidden")),
    "prove": (
        HIDDEN_PERSON, Field("capability", _("Năng lực"), "", "select", "capability", needed=True),
        Field("certificate", _("Giấy chứng minh"), _("Tên, số; ghi lại cùng giấy này sẽ đổi ngày của nó."), needed=True),
        Field("first", _("Từ ngày"), DAY_HINT), Field("last", _("Đến hết ngày"), _("Để trống nếu không thời hạn.")),
    ),
    "disprove": (HIDDEN_PERSON, Field("capability", kind="hidden"), Field("certificate", kind="hidden")),
    "appoint": (PERSON, Field("role", _("Vai trò"), "", "select", "role", needed=True), Field("unit", kind="hidden")),
    "dismiss": (HIDDEN_PERSON, Field("role", kind="hidden"), Field("unit", kind="hidden")),
    "enrol": (
        Field("person", _("Mã"), _("Chữ thường không dấu, số, dấu gạch; không đổi được về sau."), needed=True),
        Field("name", _("Họ và tên"), needed=True), Field("role", _("Vai trò"), "", "select", "role", needed=True), Field("unit", kind="hidden"),
    ),
    "found": (
        Field("id", _("Mã"), _("Chữ thường không dấu, số, dấu gạch; không đổi được về sau."), needed=True),
        Field("name", _("Tên tiếng Việt"), needed=True), Field("name_en", _("Tên tiếng Anh")), Field("unit", kind="hidden"),
        Field("kind", _("Loại đơn vị"), _("Ví dụ office, point, department."), needed=True),
    ),
    "declare": (
        HIDDEN_PERSON, Field("applicant", _("Số định danh hoặc mã số thuế của người nộp"), "", needed=True),
        Field("interest", _("Liên quan thế nào"), "", "select", "interest", needed=True),
        Field("first", _("Từ ngày"), DAY_HINT), Field("last", _("Đến hết ngày"), _("Để trống nếu không thời hạn.")),
    ),
    "rename_unit": (
        Field("unit", kind="hidden"), Field("name", _("Tên tiếng Việt"), _("Giấy tờ đã ban hành giữ tên cũ."), needed=True),
        Field("name_en", _("Tên tiếng Anh"), _("Để trống: giữ tên cũ.")),
    ),
    "rename_person": (HIDDEN_PERSON, Field("name", _("Họ và tên"), "", needed=True)),
    "depart": (HIDDEN_PERSON,),
    "fall_back": (
        Field("capability", _("Năng lực"), "", "select", "capability", needed=True),
        Field("unit", _("Đơn vị làm thay"), _("Vụ việc và thời hạn vẫn của đơn vị đang giữ. Để trống: không còn nơi làm thay."), "select", "unit"),
    ),
    "withdraw": (
        Field("paper", kind="hidden"), Field("since", _("Hết hiệu lực từ ngày"), DAY_HINT, needed=True),
        Field("by", _("Theo văn bản"), _("Số, ký hiệu văn bản rút ủy quyền."), needed=True),
        Field("running", _("Hồ sơ đang giải quyết"), "", "select", "running"),
    ),
    "grant": (
        Field("number", _("Số, ký hiệu"), "", needed=True), Field("signed_on", _("Ngày ký"), DAY_HINT, needed=True),
        Field("form", _("Hình thức ủy quyền"), "", "select", "form", needed=True),
        Field("delegator", _("Nơi ủy quyền"), "", "select", "unit", needed=True),
        Field("delegates", _("Nơi nhận"), _("Mỗi dòng một đơn vị: mã hoặc tên đầy đủ."), "area"),
        Field("level", _("Nhận còn có mọi UBND cấp xã"), "", "check"),
        Field("listed", _("Thủ tục, nhiệm vụ"), _("Mỗi dòng một thủ tục: mã, rồi dấu | và tên."), "area", needed=True),
        Field("conditions", _("Điều kiện kèm theo"), "", "area"),
        Field("first", _("Hiệu lực từ ngày"), DAY_HINT, needed=True),
        Field("last", _("Đến hết ngày"), _("Để trống nếu văn bản không ghi thời hạn.")),
    ),
}
Read = Callable[[Mapping[str, str], Register], RegisterChange]


def typed(kind: str, form: Mapping[str, str]) -> dict[str, str]:
    """The fields of a change as an address or a post brings them."""
    names = [field.name for field in FIELDS[kind]]
    return {name: unicodedata.normalize("NFC", form.get(name, "").strip()[:LONGEST]) for name in names}


def read(kind: str, values: Mapping[str, str], register: Register) -> RegisterChange:
    """The change that the fields mean; Unread names the first that cannot be read."""
    for field in FIELDS[kind]:
        if field.needed and not values.get(field.name):
            raise Unread(field.name, _("Cần điền mục này."))
    return _READ[kind](values, register)


def _leave(values: Mapping[str, str], register: Register) -> RegisterChange:
    first, last = _needed_day(values, "first"), _needed_day(values, "last")
    return Leave(Absence(_person(values, register), first, last, values["substitute"] or None))


def _prove(values: Mapping[str, str], register: Register) -> RegisterChange:
    person, first, last = _person(values, register), _day(values, "first"), _day(values, "last")
    return Prove(Capability(person, values["capability"], values["certificate"], first, last))


def _declare(values: Mapping[str, str], register: Register) -> RegisterChange:
    person, first, last = _person(values, register), _day(values, "first"), _day(values, "last")
    return Declare(Interest(person, values["applicant"], values["interest"], first, last))


def _withdraw(values: Mapping[str, str], register: Register) -> RegisterChange:
    paper = int(values["paper"]) if values["paper"].isdecimal() else 0
    return Withdraw(paper, _needed_day(values, "since"), values["by"], values["running"])


def _grant(values: Mapping[str, str], register: Register) -> RegisterChange:
    delegates = tuple(_unit(line, "delegates", register) for line in values["delegates"].splitlines() if line.strip())
    paper = Instrument(
        id=0, number=values["number"], signed_on=_needed_day(values, "signed_on"),
        form=int(values["form"]) if values["form"].isdecimal() else 0, delegator=_unit(values["delegator"], "delegator", register),
        items=tuple(_item(line) for line in values["listed"].splitlines() if line.strip()),
        valid_from=_needed_day(values, "first"), valid_to=_day(values, "last"), delegates=delegates,
        level="commune" if values["level"] else "", conditions=values["conditions"],
    )
    return Grant(paper)


def _item(line: str) -> Item:
    code, _bar, name = line.partition("|")
    return Item(code.strip(), name.strip())


def _holding(values: Mapping[str, str], register: Register) -> Holding:
    return Holding(_person(values, register), values["role"], _unit(values["unit"], "unit", register))


def _enrol(values: Mapping[str, str], register: Register) -> RegisterChange:
    person = Person(_id(values, "person"), values["name"])
    return Enrol(person, Holding(person.id, values["role"], _unit(values["unit"], "unit", register)))


def _found(values: Mapping[str, str], register: Register) -> RegisterChange:
    above = register.unit(_unit(values["unit"], "unit", register))
    return Found(Unit(_id(values, "id"), values["name"], values["name_en"], values["kind"], above.level, above.id))


def _id(values: Mapping[str, str], name: str) -> str:
    if not ID.fullmatch(values[name]):
        raise Unread(name, _("Mã chỉ gồm chữ thường không dấu, số, dấu chấm và dấu gạch."))
    return values[name]


def _fall_back(values: Mapping[str, str], register: Register) -> RegisterChange:
    unit = _unit(values["unit"], "unit", register) if values["unit"] else ""
    return FallBack(Fallback(values["capability"], unit))


_READ: Mapping[str, Read] = {
    "leave": _leave,
    "return": lambda values, register: Return(_person(values, register), _needed_day(values, "first")),
    "prove": _prove,
    "disprove": lambda values, register: Disprove(_person(values, register), values["capability"], values["certificate"]),
    "appoint": lambda values, register: Appoint(_holding(values, register)),
    "dismiss": lambda values, register: Dismiss(_holding(values, register)),
    "enrol": _enrol,
    "found": _found,
    "declare": _declare,
    "fall_back": _fall_back,
    "rename_unit": lambda values, register: RenameUnit(_unit(values["unit"], "unit", register), values["name"], values["name_en"]),
    "rename_person": lambda values, register: RenamePerson(_person(values, register), values["name"]),
    "depart": lambda values, register: Depart(_person(values, register)),
    "withdraw": _withdraw,
    "grant": _grant,
}


def _needed_day(values: Mapping[str, str], name: str) -> date:
    day = _day(values, name)
    if day is None:
        raise Unread(name, _("Cần một ngày có thật, viết như 02/09/2026."))
    return day


def _day(values: Mapping[str, str], name: str) -> date | None:
    text = values[name]
    day = Days.read_day(text)
    if text and day is None:
        raise Unread(name, _("Cần một ngày có thật, viết như 02/09/2026."))
    return day


def _person(values: Mapping[str, str], register: Register) -> str:
    """The id typed, or that of the only person with the name."""
    text = values["person"]
    if register.knows(text):
        return text
    named = [one.id for one in register.people if folded(one.name) == folded(text)]
    if len(named) != 1:
        raise Unread("person", Reason("register.unusable.person", {"person": text}))
    return named[0]


def _unit(text: str, field: str, register: Register) -> str:
    wanted = text.strip()
    for unit in register.units:
        if wanted in (unit.id, unit.name, unit.name_en):
            return unit.id
    raise Unread(field, Reason("register.unusable.unit", {"unit": wanted}))
