"""Every attribute and element of the namespace `wf`: reader, lint, documentation and the modeler are made from this
list."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

NAMESPACE = "http://wardflow.org/schema/bpmn"
PREFIX = "wf"

USER = ("userTask", "manualTask")
SERVICE = ("serviceTask", "sendTask", "businessRuleTask")
ACTIVITY = (
    *USER,
    *SERVICE,
    "task",
    "scriptTask",
    "receiveTask",
    "subProcess",
    "transaction",
    "adHocSubProcess",
    "callActivity",
)
GATEWAY = ("exclusiveGateway", "parallelGateway", "inclusiveGateway", "complexGateway", "eventBasedGateway")
EVENT = ("startEvent", "endEvent", "intermediateCatchEvent", "intermediateThrowEvent", "boundaryEvent")
NODE = (*ACTIVITY, *EVENT, *GATEWAY)


class Kind(StrEnum):
    """How the text of an attribute is read."""

    TEXT = "text"
    WORD = "word"
    WORDS = "words"
    EXPRESSION = "expression"
    LIMIT = "limit"
    PLACE = "place"
    FILE = "file"
    IDS = "ids"
    CHOICE = "choice"


class Moment(StrEnum):
    """When the engine acts on an attribute."""

    ENTER = "enter"
    LEAVE = "leave"
    NEVER = "never"


@dataclass(frozen=True, slots=True)
class Term:
    """One attribute (or, with `element`, one child element) of the namespace."""

    name: str
    kind: Kind
    on: tuple[str, ...]
    meaning: str
    meaning_vi: str
    moment: Moment = Moment.NEVER
    choices: tuple[str, ...] = ()
    element: bool = False


PLACES = ("receiving", "authority", "office", "returning", "applicant", "support")
CLOCK_MOVES = ("start", "pause", "resume", "restart", "extend", "stop")

TERMS: tuple[Term, ...] = (
    Term("role", Kind.WORD, USER, "The role whose holder does this step.", "Vai trò của người thực hiện bước này."),
    Term(
        "unit",
        Kind.PLACE,
        USER,
        "The unit in which that role is looked for: a place of the case, or = FEEL giving a unit.",
        "Đơn vị có vai trò đó: một nơi của hồ sơ, hoặc = biểu thức FEEL cho mã đơn vị.",
        choices=PLACES,
    ),
    Term(
        "person",
        Kind.EXPRESSION,
        USER,
        "= FEEL giving the one person who does this step.",
        "= biểu thức FEEL chỉ đích danh người thực hiện.",
    ),
    Term("form", Kind.FILE, USER, "The form that is filled in at this step.", "Biểu mẫu được điền ở bước này."),
    Term(
        "begin",
        Kind.EXPRESSION,
        USER,
        "= FEEL context of what the form begins with; whoever fills it in may change it.",
        "= ngữ cảnh FEEL gồm những gì biểu mẫu điền sẵn; người thực hiện sửa được.",
    ),
    Term(
        "due",
        Kind.LIMIT,
        (*USER, "subProcess", "callActivity"),
        "The time limit of the step, such as 5 wd.",
        "Thời hạn của bước, ví dụ 5 wd (ngày làm việc).",
    ),
    Term("product", Kind.TEXT, USER, "What the step hands over when it is done.", "Sản phẩm của bước khi hoàn thành."),
    Term("responsibility", Kind.TEXT, USER, "What the person answers for.", "Trách nhiệm của người thực hiện."),
    Term(
        "authority",
        Kind.TEXT,
        USER,
        "The basis of the power used at this step.",
        "Căn cứ thẩm quyền được sử dụng ở bước này.",
    ),
    Term(
        "needs",
        Kind.WORDS,
        USER,
        "The capabilities of which whoever does this step must have valid proof.",
        "Các năng lực mà người thực hiện phải có giấy chứng minh còn hiệu lực.",
    ),
    Term(
        "share",
        Kind.CHOICE,
        USER,
        "Whether the step waits in a queue, or goes to whoever has the fewest open tasks.",
        "Bước này chờ trong hàng chung, hay giao cho người đang có ít việc nhất.",
        choices=("queue", "least"),
    ),
    Term(
        "notBy",
        Kind.IDS,
        USER,
        "User tasks whose doer may not do this one.",
        "Các bước mà người đã thực hiện không được thực hiện bước này.",
    ),
    Term(
        "byCode",
        Kind.CHOICE,
        USER,
        "The applicant's own step, which whoever holds the tracking code answers there; yes: nobody does it in their name, also: a counter may.",
        "Bước của chính người nộp, ai giữ mã tra cứu thì trả lời ở trang tra cứu; yes: không ai làm thay, also: quầy tiếp nhận làm thay được.",
        choices=("yes", "also"),
    ),
    Term(
        "pay",
        Kind.EXPRESSION,
        USER,
        "= FEEL giving đồng: whoever holds the tracking code may pay them through the payment provider, and the confirmed payment completes this step.",
        "= biểu thức FEEL cho số tiền (đồng): ai giữ mã tra cứu thì nộp trực tuyến được, và khoản nộp đã xác nhận hoàn thành bước này.",
    ),
    Term(
        "state",
        Kind.WORD,
        NODE,
        "The business state the case enters here.",
        "Trạng thái nghiệp vụ hồ sơ chuyển sang tại đây.",
        Moment.ENTER,
    ),
    Term(
        "clock",
        Kind.CHOICE,
        NODE,
        "How the legal clock of the case moves here.",
        "Thời hạn pháp lý của hồ sơ thay đổi thế nào tại đây.",
        Moment.ENTER,
        CLOCK_MOVES,
    ),
    Term("basis", Kind.TEXT, NODE, "The legal basis of that move.", "Căn cứ pháp lý của thay đổi đó."),
    Term(
        "until",
        Kind.EXPRESSION,
        NODE,
        "= FEEL giving the day on which the matter is due after that move; on a step without wf:clock, the day on which the step is due.",
        "= biểu thức FEEL cho ngày đến hạn của hồ sơ sau thay đổi đó; ở bước không có wf:clock thì là ngày đến hạn của bước.",
    ),
    Term(
        "slip",
        Kind.WORDS,
        NODE,
        "The slips of the pack issued when the step is done.",
        "Các phiếu được phát hành khi bước hoàn thành.",
        Moment.LEAVE,
    ),
    Term(
        "notice",
        Kind.WORDS,
        NODE,
        "The notices of the pack sent when the step is done.",
        "Các thông báo được gửi khi bước hoàn thành.",
        Moment.LEAVE,
    ),
    Term(
        "outcome",
        Kind.WORD,
        ("endEvent",),
        "The business word of this end.",
        "Kết quả nghiệp vụ của điểm kết thúc này.",
        Moment.LEAVE,
    ),
    Term(
        "handler",
        Kind.WORD,
        SERVICE,
        "The registered handler that does the work.",
        "Bộ xử lý đã đăng ký thực hiện công việc.",
    ),
    Term(
        "topic",
        Kind.WORD,
        SERVICE,
        "The topic under which workers of other systems fetch this work.",
        "Chủ đề để hệ thống khác nhận công việc này.",
    ),
    Term(
        "priority",
        Kind.EXPRESSION,
        SERVICE,
        "FEEL number: work with a larger one is handed out first to workers that ask so; 0 where it says nothing.",
        "Số FEEL: việc có số lớn hơn được giao trước cho hệ thống khác khi hệ thống đó yêu cầu; không ghi là 0.",
    ),
    Term(
        "result",
        Kind.WORD,
        (*USER, *SERVICE, "scriptTask", "receiveTask", "intermediateCatchEvent", "startEvent", "boundaryEvent"),
        "The variable that receives the answer.",
        "Biến nhận kết quả trả về.",
    ),
    Term(
        "decision",
        Kind.WORD,
        ("businessRuleTask",),
        "The decision of the pack's DMN models that is asked.",
        "Quyết định DMN của gói được hỏi.",
    ),
    Term(
        "keys",
        Kind.EXPRESSION,
        (*EVENT, "sendTask", "receiveTask"),
        "= FEEL context of the keys a message must carry to belong to this case.",
        "= ngữ cảnh FEEL gồm các khóa mà thông điệp phải mang để thuộc hồ sơ này.",
    ),
    Term(
        "input",
        Kind.EXPRESSION,
        (*SERVICE, "callActivity", "intermediateThrowEvent", "endEvent"),
        "name and value (FEEL) of one thing handed over.",
        "name và value (FEEL) của một dữ liệu được đưa vào.",
        element=True,
    ),
    Term(
        "output",
        Kind.EXPRESSION,
        (*SERVICE, "callActivity"),
        "name and value (FEEL over the answer) of one variable that is set.",
        "name và value (FEEL trên kết quả) của một biến được gán.",
        element=True,
    ),
)

BY_NAME = {term.name: term for term in TERMS}
TRANSLATABLE = ("name", "product", "responsibility", "authority", "basis", "title", "documentation")
TRANSLATED = tuple(f"{name}En" for name in TRANSLATABLE)
"""English beside the Vietnamese text, allowed on every element."""


def allowed(name: str, tag: str) -> bool:
    """Whether the attribute may stand on an element of that BPMN tag."""
    term = BY_NAME.get(name)
    return name in TRANSLATED or (term is not None and not term.element and tag in term.on)


def descriptor() -> dict[str, Any]:
    """The namespace as bpmn-js needs it to read and write these attributes and elements (a moddle descriptor)."""
    types: list[dict[str, Any]] = [
        {"name": _type(tag), "extends": [f"bpmn:{tag[0].upper()}{tag[1:]}"], "properties": _properties(tag)}
        for tag in NODE
    ]
    types.append(
        {"name": "English", "extends": ["bpmn:BaseElement"], "properties": [_attribute(n) for n in TRANSLATED]}
    )
    for term in TERMS:
        if term.element:
            bindings = [_attribute("name"), _attribute("value")]
            name = term.name[0].upper() + term.name[1:]
            types.append({"name": name, "superClass": ["Element"], "properties": bindings})
    xml = {"tagAlias": "lowerCase"}
    return {"name": "Wardflow", "uri": NAMESPACE, "prefix": PREFIX, "xml": xml, "types": types, "associations": []}


def _type(tag: str) -> str:
    return f"Own{tag[0].upper()}{tag[1:]}"


def _properties(tag: str) -> list[dict[str, Any]]:
    return [_attribute(term.name) for term in TERMS if not term.element and tag in term.on]


def _attribute(name: str) -> dict[str, Any]:
    return {"name": name, "isAttr": True, "type": "String"}
