"""The second opinion on a rehearsal: SpiffWorkflow's own runtime is asked which steps are open after each happening."""

from __future__ import annotations

from lxml import etree

from wardflow.domain.reasons import Reason
from wardflow.engine.second_opinion import Done, NotComparable, Other, replay
from wardflow.packs.stage import Stage

BPMN = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"


def second_opinion(stage: Stage) -> tuple[str, Reason | None]:
    """Why SpiffWorkflow was not asked, or only up to a point; and where it sees other open steps than our stepper.

    It is asked as long as neither time nor a message moved the case, about a copy in which thrown events and repeated
    activities that the scenario did not reach are plain: there it differs from the standard without a word.
    """
    happened = _before_others(stage.happenings)
    theirs = replay(_plain_where_unseen(stage, len(happened)), stage.process, stage.begun, happened, host=stage.host)
    if isinstance(theirs, NotComparable):
        return theirs.why, None
    for place, (ours, other) in enumerate(zip(stage.seen, theirs, strict=False)):
        if ours != other:
            facts = {"place": place, "ours": ", ".join(sorted(ours)) or "-", "theirs": ", ".join(sorted(other)) or "-"}
            return "", Reason("scenario.second-opinion", facts)
    rest = len(stage.happenings) - len(happened)
    return (f"asked about the first {len(happened)} of {len(stage.happenings)} happenings" if rest else ""), None


def _before_others(happenings: list[Done | Other]) -> list[Done | Other]:
    first = next((place for place, each in enumerate(happenings) if isinstance(each, Other)), len(happenings))
    return happenings[:first]


def _plain_where_unseen(stage: Stage, happened: int) -> bytes:
    """The diagram with thrown events and repeated activities made plain where the scenario had not come after so many happenings."""
    passed = frozenset().union(*stage.trail[: happened + 1])
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    root = etree.fromstring(stage.pack.files[stage.file], parser)
    for tag in ("endEvent", "intermediateThrowEvent"):
        for event in root.iter(BPMN + tag):
            if event.get("id") in passed:
                continue
            for child in list(event):
                if isinstance(child.tag, str) and child.tag.endswith("EventDefinition"):
                    event.remove(child)
    for several in list(root.iter(BPMN + "multiInstanceLoopCharacteristics")):
        activity = several.getparent()
        if activity is not None and passed.isdisjoint(flow.text for flow in activity.findall(BPMN + "incoming")):
            activity.remove(several)
    return etree.tostring(root)
