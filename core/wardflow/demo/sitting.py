"""The people a visitor of the demo may sit down as, with what waits for each."""

from __future__ import annotations

from collections import Counter

from wardflow.cases.platform import Platform
from wardflow.cases.reads.shared import task_standing, unit_words
from wardflow.cases.reads.views import Persona, Words
from wardflow.catalog import city_folder
from wardflow.demo.city import read_personas


def seats(platform: Platform) -> tuple[Persona, ...]:
    """One for each persona of the demo city that the register knows."""
    snapshot, now = platform.snapshot(), platform.now()
    found = []
    for row in read_personas(city_folder(platform.settings.workflows)):
        if not snapshot.register.knows(row.id):
            continue
        queues = [(held["unit"], held["role"]) for held in row.holdings]
        worklist = platform.store.worklist
        pairs = [*worklist.mine(row.id), *worklist.queue(queues)]
        matter_of = platform.library.matter_of
        counts = Counter(str(task_standing(task, case, matter_of(case), snapshot, now).status) for task, case in pairs)
        unit = unit_words(snapshot, row.holdings[0]["unit"]) if row.holdings else Words("", "")
        found.append(Persona(row.id, row.name, Words(row.label, row.label_en), unit, counts))
    return tuple(found)
