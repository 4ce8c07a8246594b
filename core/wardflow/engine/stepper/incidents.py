"""Work that cannot go on: it is parked as a token with its cause, never lost, and can be tried again."""

from __future__ import annotations

from collections.abc import Callable

from wardflow.engine.effects import IncidentRaised
from wardflow.engine.state import Token
from wardflow.engine.stepper import activities, catching, leaving, loops
from wardflow.engine.stepper.run import Run, Stuck


def attempt(run: Run, work: Callable[[], None]) -> None:
    """Do some work; what gets stuck becomes an incident and everything else goes on."""
    try:
        work()
    except Stuck as stuck:
        park(run, stuck)


def park(run: Run, stuck: Stuck) -> None:
    """Keep the token where it is stuck and say why."""
    how = ["leave"] if stuck.leaving else ["enter", stuck.flow]
    _raise(run, run.token(stuck.node.id, stuck.scope, "stuck", how), stuck.code, stuck.facts)


def stop(run: Run) -> None:
    """Park everything that was still to do: the step went over its budget, most likely in an endless loop."""
    while run.queue:
        node, scope, flow, held = run.queue.pop(0)
        if held:
            token = run.state.tokens.get(held)
            if token is None:
                continue
            token.kind, token.extra = "stuck", ["release", token.extra]
        else:
            token = run.token(node, scope, "stuck", ["enter", flow])
        _raise(run, token, "bpmn.step-budget", {"steps": run.host.budget})


def retry(run: Run, incident: str) -> None:
    """Try the stopped work again."""
    if incident.startswith("w") and incident.count("|") == 3:
        catching.arm_again(run, incident)
        return
    number = int(incident[1:]) if incident[1:].isdigit() else 0
    token = run.state.tokens.get(number)
    if token is None:
        _call_again(run, number)
        return
    if token.kind == "task":
        activities.call(run, run.nodes[token.node], token)
        return
    how = token.extra
    if how[0] == "release":
        token.kind, token.extra = "hold", how[1]
        run.hold(token)
        return
    run.forget(token)
    if how[0] == "leave":
        attempt(run, lambda: leaving.leave(run, run.nodes[token.node], token.scope))
    else:
        run.enter(token.node, token.scope, how[1])


def _call_again(run: Run, number: int) -> None:
    """Call the service of one of many instances again; the others go on as they are."""
    for token in run.state.tokens.values():
        if token.kind == "many" and loops.is_open(token, number):
            node = run.nodes[token.node]
            own = loops.instance_data(run, node, token.scope, number - token.extra[0])
            activities.call(run, node, token, number, **own)
            return


def _raise(run: Run, token: Token, code: str, facts: dict[str, object]) -> None:
    run.effects.append(IncidentRaised(code, token.node, {**facts, "incident": f"i{token.id}"}))
