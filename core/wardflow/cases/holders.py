"""Who gets a task of a case: the question its step asks, and the route that answers it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from wardflow.cases.records import Case
from wardflow.cases.situation import Situation
from wardflow.domain.reasons import Reason
from wardflow.domain.register import Competence, Register
from wardflow.domain.routing import NextHolder, Question, Route, place_of, route
from wardflow.engine import Node
from wardflow.feel import evaluate
from wardflow.packs import PROVES, SHARE, Pack, listed, said_of

LEAST = "least"
"""The word of `share` by which a task goes to whoever has the fewest, not into a queue."""


def said(node: Node, situation: Situation) -> Mapping[str, str]:
    """What the step says of itself, its pack and its procedure included."""
    return said_of(node, situation.pack, situation.procedure)


def question_of(case: Case, node: Node, situation: Situation) -> Question:
    """What the step asks of the register and of the plugins' opinions: the one question of every task, its preview and moves."""
    own, register = said(node, situation), situation.snapshot.register
    rule = own.get("unit", "office")
    computed = rule.startswith("=")
    unit = str(_value(rule, case, situation) or case.places.office) if computed else place_of(rule, case.places)
    person = _value(own["person"], case, situation) if "person" in own else None
    needs = listed(own.get(PROVES, ""))
    question = Question(
        role=own.get("role", ""),
        unit=unit,
        person=person if isinstance(person, str) else None,
        rule="given" if computed else rule,
        not_by=frozenset(
            (*case.places.kept_from, *(case.doers[other] for other in listed(own.get("notBy", "")) if other in case.doers))
        ),
        authority=Competence(case.places.authority, "", case.competence) if rule in ("authority", "office") else None,
        basis=own.get("authority", ""),
        received_in=case.places.receiving,
        applicant=case.applicant_person,
        needs=needs,
        recused=_recused(situation),
        next_holders=tuple(NextHolder(row.unit, row.role) for row in register.fallbacks_for(needs)) if needs else (),
    )
    return situation.opine(question, node.element)


def answered(question: Question, node: Node, situation: Situation) -> Route:
    """The route; by workload where the step is shared out, and then what the snapshot counted is enough."""
    workload = situation.snapshot.workload() if shared_out(node, situation) else None
    found = route(question, situation.snapshot.register, situation.today, workload)
    return _only_one_elsewhere(found, situation.snapshot.register)


def shared_out(node: Node, situation: Situation) -> bool:
    """True for a step whose tasks go to whoever has the fewest."""
    return said(node, situation).get(SHARE) == LEAST


def unproven(question: Question, found: Route, situation: Situation) -> frozenset[str]:
    """Those who share the queue by their role and lack the proof: they may not take the task from it."""
    if not question.needs:
        return frozenset()
    register, on = situation.snapshot.register, situation.today
    holders = (one.id for one in register.holders(found.role, found.unit))
    return frozenset(id for id in holders if any(register.capability(id, kind, on) is None for kind in question.needs))


def accountable(found: Route, heads: Iterable[str], register: Register) -> str:
    """The one person who answers for the task: who has it, else the head of its unit, the nearest above; "" for nobody."""
    if found.person is not None:
        return found.person
    for unit in register.up(found.unit):
        for role in heads:
            holders = register.holders(role, unit.id)
            if holders:
                return holders[0].id
    return ""


def worded(reason: Reason, pack: Pack) -> Reason:
    """The reason with the role and the capabilities in words, as the pack names them: its reader does not know the pack."""
    role, needs = pack.roles.get(str(reason.facts.get("role", ""))), reason.facts.get("needs")
    if role is None and not needs:
        return reason
    facts = dict(reason.facts)
    if role is not None:
        facts |= {"role": role.vi, "role_en": role.en, "role_id": facts["role"]}
    if needs and "needs_id" not in facts:
        facts |= _named_needs(needs, pack)
    return Reason(reason.code, facts)


def _named_needs(needs: Any, pack: Pack) -> dict[str, Any]:
    kinds = [needs] if isinstance(needs, str) else list(needs)
    named = [pack.capabilities[kind] for kind in kinds if kind in pack.capabilities]
    if len(named) < len(kinds):
        return {}    # a package that brings the capability brings its words as well
    return {"needs": [each.vi for each in named], "needs_en": [each.en for each in named], "needs_id": kinds}


def _recused(situation: Situation) -> dict[str, Reason]:
    """Who has declared to have to do with the applicant, by the number the case carries."""
    applicant = situation.data.get("applicant")
    number = str(applicant.get("id_number") or "") if isinstance(applicant, Mapping) else ""
    if not number:
        return {}
    rows = situation.snapshot.register.interested(number, situation.today)
    return {row.person: Reason(f"interest.{row.kind}") for row in rows}


def _only_one_elsewhere(found: Route, register: Register) -> Route:
    """A queue is open to holders in its unit: somebody alone who holds the role only above is given the task by name."""
    if found.person is not None or len(found.people) != 1:
        return found
    only = found.people[0]
    if any(row.role == found.role and row.unit == found.unit for row in register.holdings_of(only)):
        return found
    return Route(found.unit, found.role, only, found.reasons, found.people, found.owner)


def _value(text: str, case: Case, situation: Situation) -> Any:
    """What an expression of the step gives; the places are those of the case today, which may have moved since it began."""
    known = {**situation.data, "places": case.places.named()}
    return evaluate(text.removeprefix("="), known, calendar=situation.snapshot.calendar)
