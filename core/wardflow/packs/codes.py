"""Every finding of lint beside those on BPMN itself: how grave it is, and an example of what brings it about.

The words are in the catalogues: `lint.<code>` says what is wrong, `lint.cure.<code>` what to do.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Severity = Literal["error", "warning"]


@dataclass(frozen=True, slots=True)
class Code:
    """One kind of finding."""

    code: str
    severity: Severity
    example: str


_ALL = (
    Code("capability.undeclared", "error", 'wf:needs="pharmacist"'),
    Code("clear.missing", "error", "a userTask without wf:product"),
    Code("clear.missing-for", "error", "a userTask without wf:due, and one record that says none either"),
    Code("clock.never-started", "error", 'wf:clock="stop" and no element with wf:clock="start"'),
    Code("clock.no-basis", "warning", 'wf:clock="pause" without wf:basis'),
    Code("decision.unknown", "error", 'wf:decision="priority" and no table that decides it'),
    Code("feel.argument-count", "error", "add working time(now())"),
    Code("feel.argument-wrong", "error", "count(check.result), where result is a text"),
    Code("feel.limit", "error", "an expression of ten thousand parts"),
    Code("feel.name-unknown", "error", 'chek.result = "complete", where no step is called chek'),
    Code("feel.property-unknown", "error", 'check.resutl = "complete", where the form asks for result'),
    Code("feel.syntax", "error", 'wf:unit="= check."'),
    Code("feel.type-mismatch", "error", 'fees.total > "0"'),
    Code("feel.type-wrong", "error", "check.result and true"),
    Code("feel.value-unknown", "error", 'check.result = "complet", where the form offers complete'),
    Code("flow.dead-end", "error", "two steps that lead only to one another"),
    Code("flow.error-unthrown", "error", "a boundary event for an error that nothing inside throws"),
    Code("flow.join-starves", "error", 'a parallel join behind an exclusive gateway'),
    Code("flow.no-condition", "error", "one of three ways out of an exclusive gateway says neither a condition nor default"),
    Code("flow.no-default", "warning", "an exclusive gateway whose conditions may all be false"),
    Code("flow.same-condition", "error", 'two ways out of an exclusive gateway on the same condition'),
    Code("flow.unreachable", "error", "two steps that are reached only from one another"),
    Code("form.choice-unlike", "warning", '"x-enum" without a label for a value of "enum"'),
    Code("form.condition-never", "error", '"if" about a value that the field does not offer'),
    Code("form.keyword-unknown", "error", '"minLenght": 3'),
    Code("form.misbuilt", "error", '"type": "text"'),
    Code("form.missing", "error", 'wf:form="forms/chek.json" and no such file'),
    Code("form.order-unlike", "warning", '"x-order" that leaves a field out'),
    Code("form.required-unknown", "error", '"required": ["reslut"]'),
    Code("form.type-unlike", "error", '"type": "integer" with "minLength"'),
    Code("form.undrawable", "error", '"x-widget": "slider"'),
    Code("form.unreadable", "error", "a comma too many in a form"),
    Code("form.unused", "warning", "forms/old.json, which no step and no procedure names"),
    Code("handler.unknown", "error", 'wf:handler="rules.fee", which nothing registers'),
    Code("limit.unreadable", "error", 'wf:due="5 days" instead of 5 wd'),
    Code("message.unheard", "error", 'damage = {…} in the table [messages] and no event for that message'),
    Code("message.withdrawal-unheard", "error", 'withdrawal = "stop" in pack.toml and no event for that message'),
    Code("notice.undeclared", "error", 'wf:notice="recieved"'),
    Code("notice.unused", "warning", 'a notice of pack.toml that no element sends'),
    Code("pack.key-missing", "warning", 'pack.toml without heads'),
    Code("pack.no-process", "error", "a folder without a .bpmn file"),
    Code("pack.unknown-key", "warning", 'opener = ["clerk"] instead of openers'),
    Code("pack.word-missing", "warning", 'clerk = { vi = "Công chức" } without en'),
    Code("procedure.form-missing", "error", 'form = "forms/request.json" and no such file'),
    Code("procedure.key-misspelt", "warning", 'leagl_basis = []'),
    Code("procedure.option-unused", "warning", 'an option that no expression names'),
    Code("procedure.other-pack", "error", 'pack = "other" in a record of this pack'),
    Code("procedure.place-unknown", "error", 'place = "/form/comune"'),
    Code("procedure.process-unknown", "error", 'process = "main" and no diagram with that process'),
    Code("procedure.twice", "error", "two records with the same code"),
    Code("procedure.unreadable", "error", "a record without time_limit"),
    Code("role.nobody", "warning", "a role that nobody of the register holds"),
    Code("role.undeclared", "error", 'wf:role="clrk"'),
    Code("role.unused", "warning", "a role of pack.toml that no step, notice or opener names"),
    Code("scenario.none", "warning", "a folder without scenarios"),
    Code("scenario.procedure-unknown", "error", "procedure: copys, which the pack does not have"),
    Code("scenario.step-unknown", "error", "do: chek, where no step is called chek"),
    Code("scenario.unreadable", "error", "a step without a verb"),
    Code("slip.signer-unknown", "error", 'signed_by = "sing"'),
    Code("slip.template-unknown", "error", 'template = "reciept"'),
    Code("slip.undeclared", "error", 'wf:slip="reciept"'),
    Code("slip.unused", "warning", 'a slip of pack.toml that no element issues'),
    Code("state.undeclared", "error", 'wf:state="acepted"'),
    Code("state.unused", "warning", "a state of pack.toml that no element enters"),
    Code("table.unreadable", "error", "a .dmn file that was cut off"),
    Code("task.unknown", "error", 'wf:notBy="drafts", where no step is called drafts'),
    Code("timer.never", "error", "a reminder after 20 days on a step that is withdrawn after 15"),
)
CODES = {each.code: each for each in _ALL}
