"""Builds a living city from a folder of data: units, people, calendar, and cases made by really running the acts."""

from wardflow.demo.city import City, Persona, read_city
from wardflow.demo.create import create, personas
from wardflow.demo.stories import Story, read_stories
from wardflow.demo.telling import tell

__all__ = ["City", "Persona", "Story", "create", "personas", "read_city", "read_stories", "tell"]
