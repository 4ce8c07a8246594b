"""What a citizen fills in online: the applicant, the form, the papers and the point where the result waits, as one schema."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from wardflow import forms
from wardflow.cases import reads
from wardflow.cases.attach_document import Upload
from wardflow.cases.library import Matter
from wardflow.cases.opening import Opening, PlaceRule, place_rule
from wardflow.cases.platform import Platform
from wardflow.cases.reads.counter_views import CounterView
from wardflow.cases.secrecy import value_at
from wardflow.domain.channels import AT_COUNTER, Channel, Helper, Way
from wardflow.domain.names import in_order
from wardflow.domain.reasons import Objection, Reason
from wardflow.domain.register import Unit
from wardflow.errors import AuthorityUnknown, NotFiledOnline
from wardflow.packs import Component, Online, Procedure

from wardflow_web.intake import applicant_schema, titled, way_schema
from wardflow_web.proved import Filer
from wardflow_web.uploads import Files, uploads_of


@dataclass(frozen=True, slots=True)
class OnlineSheet:
    """The sheet of one procedure with what is on it."""

    procedure: Procedure
    view: CounterView
    schema: Mapping[str, Any]
    schemas: forms.Schemas
    value: Mapping[str, Any]
    opening: Opening
    explained: Mapping[str, tuple[Reason, str]]
    """why each computed value is what it is, with the legal basis, by pointer"""

    @property
    def placed(self) -> bool:
        """Whether it is said where the case is received, without which its places and its day are a guess."""
        return bool(self.value.get("returning"))

    def objections(self) -> tuple[Objection, ...]:
        """What the rules of the field say while the form is typed."""
        return tuple(replace(objection, pointer=f"/form{objection.pointer}") for objection in self.view.said.objections)

    def uploads(self, files: Files) -> tuple[Upload, ...]:
        """The files on the sheet, each once, as they were taken in."""
        return uploads_of(self.value, files)


def online_sheet(platform: Platform, code: str, value: Mapping[str, Any], who: Filer) -> OnlineSheet:
    """The sheet, its computed fields filled in, as who fills it in is asked: for themselves or for somebody they help."""
    today = platform.snapshot().calendar.local(platform.now()).date()
    matter = platform.library.procedure(code, today)
    points = receiving_points(platform, matter)
    if not points:
        raise NotFiledOnline(procedure=code)
    point = _place(platform, matter, value) or str(value.get("returning") or points[0].id)
    if isinstance(value.get("form"), Mapping):
        value = {**value, "form": reads.completed(platform, _opening(code, value, point, who))}
    opening = _opening(code, value, point, who)
    try:
        view = reads.counter(platform, opening)
    except AuthorityUnknown:    # the place on the form is none yet; the form check says so at its field
        view = reads.counter(platform, replace(opening, form={}))
    explained = {f"/form{each.pointer}": (each.reason, each.basis) for each in view.said.computed}
    own = {"sheet-form": view.schema} if view.schema else {}
    schemas = forms.Schemas({**view.schemas.documents, **own})
    return OnlineSheet(matter.procedure, view, _schema(matter.procedure, view, points, who), schemas, value, opening, explained)


def receiving_points(platform: Platform, matter: Matter) -> list[Unit]:
    """The points where somebody receives such cases, by name; none that has nobody above it to decide them."""
    register = platform.register()
    points = [unit for unit in register.units if any(register.holders(role, unit.id) for role in matter.pack.openers)]
    return sorted((unit for unit in points if _decided(platform, matter.procedure, unit)), key=lambda unit: in_order(unit.name))


def _place(platform: Platform, matter: Matter, value: Mapping[str, Any]) -> str:
    """Where a report is received, which nobody hands in anywhere: the unit its form names; empty for what has a point."""
    if matter.procedure.online is not Online.OPEN or place_rule(matter.procedure) is not PlaceRule.FORM:
        return ""
    named = str(value_at({"form": value.get("form") or {}}, matter.procedure.place) or "")
    return named if any(unit.id == named for unit in platform.register().units) else ""


def _decided(platform: Platform, procedure: Procedure, point: Unit) -> bool:
    snapshot = platform.snapshot()
    try:
        snapshot.register.authority(procedure.code, procedure.level, point.id, snapshot.calendar.local(platform.now()).date())
    except AuthorityUnknown:
        return False
    return True


def _opening(code: str, value: Mapping[str, Any], point: str, who: Filer) -> Opening:
    given = {name: "file" for name, kept in (value.get("papers") or {}).items() if isinstance(kept, Mapping)}
    return Opening(
        procedure=code, applicant=value.get("applicant") or {}, form=value.get("form") or {}, components=given,
        receiving=point, returning=point, support=who.helps,
        way=Way.of(Channel.ASSISTED, value.get("help") or {}) if who.helps else AT_COUNTER,
    )


def _schema(procedure: Procedure, view: CounterView, points: list[Unit], who: Filer) -> Mapping[str, Any]:
    anybody = procedure.online is Online.OPEN
    properties: dict[str, Any] = {"applicant": _contact() if anybody else _applicant(who.address)}
    if view.schema:
        properties["form"] = {"$ref": "sheet-form", **titled("2. Tờ khai", "2. Form")}
    if papers := _papers(procedure):
        properties["papers"] = papers
    if not anybody:
        properties["returning"] = _returning(points)
    if who.helps:
        properties["help"] = _help()
    asked = ("form",) if anybody else ("applicant", "form", "returning", "help")
    required: list[str] = [name for name in asked if name in properties]
    if "papers" in properties and properties["papers"]["required"]:
        required.append("papers")
    return {"type": "object", "properties": properties, "required": required}


def _applicant(address: str) -> Mapping[str, Any]:
    """What is asked of an applicant; the address they proved is not asked again."""
    schema = applicant_schema()
    if not address:
        return schema
    return {**schema, "properties": {name: part for name, part in schema["properties"].items() if name != "email"}}


def _contact() -> Mapping[str, Any]:
    """What somebody may say of themselves who need not."""
    known = applicant_schema()["properties"]
    said = titled("1. Liên hệ (không bắt buộc)", "1. Contact (you may leave it out)")
    said["description"] = "Chỉ để người xử lý gọi lại hỏi thêm; không hiện ở đâu khác."
    said["x-i18n"]["en"]["description"] = "Only for whoever handles it to call you back; shown nowhere else."
    name = {**known["full_name"], "title": "Họ và tên", "x-i18n": {"en": {"title": "Name"}}}
    return {"type": "object", "properties": {"full_name": name, "phone": known["phone"]}, **said}


def _help() -> Mapping[str, Any]:
    """What an account that helps says of itself; its name is known."""
    helper = way_schema(afterwards=False)["properties"]["helper"]
    kinds = [kind for kind in helper["enum"] if kind != Helper.AUTHORISED]    # who is authorised hands a paper in at a counter
    said = titled("Người nộp giúp", "Who helps")
    said["description"] = "Hồ sơ là của người ở mục 1; tên bạn được ghi là người nộp giúp."
    said["x-i18n"]["en"]["description"] = "The dossier is that of the person in part 1; your name is written down as the helper's."
    kind = {**helper, **titled("Bạn nộp giúp với tư cách", "You help as"), "enum": kinds}
    kind["x-i18n"] = {"en": {**helper["x-i18n"]["en"], "title": "You help as"}}
    return {"type": "object", "properties": {"helper": kind}, "required": ["helper"], **said}


def _papers(procedure: Procedure) -> dict[str, Any]:
    asked = [part for part in procedure.components if part.kind != "data"]
    properties = {part.id: _paper(part) for part in asked}
    if not asked:
        return {}
    whole = procedure.record.get("online_level") == "full"
    required = [part.id for part in asked if part.required and (whole or part.kind != "original")]
    return {"type": "object", "properties": properties, "required": required, **titled("3. Giấy tờ gửi kèm", "3. Papers")}


def _paper(part: Component) -> dict[str, Any]:
    said = titled(part.name, part.name_en)
    if part.kind == "original":
        said["description"] = "Ảnh chụp hoặc bản quét (PDF, JPEG, PNG); bản chính mang theo khi được mời."
        said["x-i18n"]["en"]["description"] = "A photo or a scan (PDF, JPEG, PNG); bring the original when you are asked to."
    return {"$ref": "attachment", **said}


def _returning(points: list[Unit]) -> Mapping[str, Any]:
    said = titled("Điểm nhận hồ sơ và trả kết quả", "Point that receives the dossier and returns the result")
    said["x-i18n"]["en"]["enum"] = {unit.id: unit.name_en or unit.name for unit in points}
    return {"type": "string", "enum": [unit.id for unit in points], "x-enum": {unit.id: unit.name for unit in points}, **said}
