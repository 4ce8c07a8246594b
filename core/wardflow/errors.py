"""Every error Wardflow raises on purpose: one root, the docstring is the default message, facts are attributes."""

from __future__ import annotations

from typing import Any


class WardflowError(Exception):
    """Something could not be done."""

    def __init__(self, message: str | None = None, **facts: Any) -> None:
        """Facts become attributes, so that a page or a log can use them without reading the sentence."""
        self.facts = facts
        super().__init__(message or (type(self).__doc__ or "").split("\n")[0].format(**facts))

    def __getattr__(self, name: str) -> Any:
        try:
            return self.__dict__["facts"][name]
        except KeyError:
            raise AttributeError(name) from None


# Acts and the store.


class CaseUnknown(WardflowError):
    """There is no case {case}."""


class CaseMoved(WardflowError):
    """Case {case} was changed by somebody else a moment ago; read it again."""


class NotTogether(WardflowError):
    """The step in case {case} is not done for several cases at once, or it is another step or another unit's than the rest."""


class CaseEnded(WardflowError):
    """Case {case} has ended; nothing more can be done in it."""


class ConversionUnknown(WardflowError):
    """A case of procedure {procedure} does not become one of {to}; its catalogue record says in [[converts]] what it may become."""


class MergeRefused(WardflowError):
    """Case {case} cannot be merged into {main}: {why}."""


class TaskGone(WardflowError):
    """Task {task} of case {case} was completed or withdrawn before; what was typed is kept in the answer."""


class TaskHeld(WardflowError):
    """Task {task} of case {case} is held by {holder}."""


class ColleagueRefused(WardflowError):
    """{person} cannot be given this in case {case} today: they may not see it, are not there, lack the role, or are kept apart from it."""


class NotAllowed(WardflowError):
    """{person} may not {act} here."""


class NotFiledOnline(WardflowError):
    """Procedure {procedure} cannot be filed online; its page says where it is handed in."""


class FormRefused(WardflowError):
    """The form has {count} values that cannot be so; nothing was saved."""


class ProcedureUnknown(WardflowError):
    """No published pack runs a procedure with the code {procedure} today."""


class ProcedureOver(ProcedureUnknown):
    """Procedure {procedure} takes no cases on this day: its record holds from {first} to {last}; {replaced_by} replaced it."""


class PackRefused(WardflowError):
    """Pack {pack} has {count} faults and was not published."""


class ThresholdsUnknown(WardflowError):
    """The settings of rules that a case began with ({digest}) are not in the database; bring them back from a backup."""


class PackUnknown(WardflowError):
    """There is no published pack {pack}."""


class MessageUnwanted(WardflowError):
    """Case {case} waits for no message {message} now."""


class ExtensionRefused(WardflowError):
    """The time limit of case {case} cannot be extended like that."""


class FilterUnknown(WardflowError):
    """You keep no filter {filter}; it was dropped already, or it is a colleague's."""


class NameMissing(WardflowError):
    """A filter needs a name to be found by."""


class DocumentUnknown(WardflowError):
    """Case {case} has no document {document}."""


class UploadRefused(WardflowError):
    """The file {name} was not taken: {why}."""


class SealBroken(WardflowError):
    """A sealed value cannot be opened: the sealing key is another one, or the stored text was changed."""


class SignInRefused(WardflowError):
    """The name or the password is wrong."""


# Services.


class ServiceRefused(WardflowError):
    """The service answered with the business error {code}."""


class ServiceTimedOut(WardflowError):
    """The service {name} did not answer within {seconds} seconds."""


# Settings, documents and the processes of an installation.


class BadSetting(WardflowError):
    """{variable} cannot be used: {why}."""


class PortBusy(WardflowError):
    """Port {port} on {host} is in use by another program; stop that program or choose another port, for example {other}."""


class FileTooLarge(WardflowError):
    """The file has {size} bytes; at most {limit} are accepted."""


class FileKindRefused(WardflowError):
    """The content of the file is none of the accepted kinds: {accepted}."""


class BlobMissing(WardflowError):
    """No stored file has the digest {digest}."""


class BlobDamaged(WardflowError):
    """The stored file {digest} is not what was written."""


class SlipTemplateRefused(WardflowError):
    """The template of the paper cannot be used: {why}."""


# --- domain -----------------------------------------------------------------------------------------------------------


class LimitUnreadable(WardflowError, ValueError):
    """"{text}" is not a time limit; write for example "5 wd", "8 wh" or "30 d"."""


class RungUnreadable(WardflowError, ValueError):
    """"{text}" is not a moment of warning; write for example "50 %", "-1 wd", "0 wd" or "+5 wd"."""


class CalendarUnusable(WardflowError, ValueError):
    """The calendar cannot be used: {problem}."""


class LayerUnknown(WardflowError, LookupError):
    """There is no calendar of the {kind} "{name}"."""


class CalendarFileUnreadable(WardflowError, ValueError):
    """Line {line} of the calendar file cannot be read: {problem}."""


class NaiveMoment(WardflowError, ValueError):
    """The moment {moment} has no time zone."""


class UnitUnknown(WardflowError, LookupError):
    """The register knows no unit "{unit}"."""


class PersonUnknown(WardflowError, LookupError):
    """The register knows no person "{person}"."""


class RegisterBroken(WardflowError, ValueError):
    """The register cannot be used: {problem}."""


class InstrumentUnknown(WardflowError, LookupError):
    """The register knows no instrument {instrument}."""


class InstrumentUnusable(WardflowError, ValueError):
    """Instrument {number} cannot be entered: {problem}."""


class TwoLeads(WardflowError, ValueError):
    """Instrument {number} would give procedure {procedure} to {unit}, but {other} leads it by {paper}; withdraw that first."""


class ChangeUnusable(WardflowError, ValueError):
    """The change cannot be made: {problem}."""


class RegisterMoved(WardflowError):
    """The register was changed by somebody else a moment ago; look at it again."""


class AuthorityUnknown(WardflowError, LookupError):
    """Nobody holds the power for procedure {procedure} at place "{place}"."""


class PlaceUnknown(WardflowError, LookupError):
    """The case has no place "{rule}"."""


# Plugins.


class PluginUnusable(WardflowError):
    """{problem}."""


class HandlerUnknown(WardflowError, LookupError):
    """No plugin answers the service call {name}."""


class FeelSyntaxError(WardflowError):
    """Line {line}, column {column}: expected {expected}, found {found}."""


class FeelLimit(WardflowError):
    """The expression goes over the limit of {limit} {what}."""


class FeelUntranslatable(WardflowError):
    """The condition {text} cannot be turned into FEEL: {why} ({what})."""


class DmnRefused(WardflowError):
    """The decision model cannot be used, line {line}, element {element}: {why}."""


class DecisionUnknown(WardflowError):
    """The model has no decision named {name}; it has {known}."""


# The engine


class BpmnRefused(WardflowError):
    """The process cannot run: {first}."""


class StateUnreadable(WardflowError):
    """The stored state of the case cannot be read: {why}."""


class StateTooLarge(WardflowError):
    """The case holds {size} bytes of data, more than {limit}; keep lists and files in a table or an attachment and only their key in the case."""


class MigrationBlocked(WardflowError):
    """The case cannot go on by the other version: {count} things stand in the way."""


class ProcessUnknown(WardflowError):
    """There is no process {process} in this file."""


class ReasonMissing(WardflowError):
    """A reason is needed, since others read why the work moved."""


class StoryBroken(WardflowError):
    """The story {story} cannot go on at {step}: {why}."""


class PackUnreadable(WardflowError):
    """{file} cannot be read: {why}."""


class ProcedureUnreadable(WardflowError):
    """{file} is no catalogue record: {why}."""


class ScenarioUnreadable(WardflowError):
    """{file}, line {line}: {why}."""


class NotTheDemo(WardflowError):
    """The folder {folder} holds something other than the demo city; choose another one with --data."""


class NothingInstalled(WardflowError):
    """There is no installation in {folder}; make one with wardflow init, or look at the demo with wardflow demo."""


class PackNotFound(WardflowError):
    """{name} is neither a folder with a pack.toml nor a shipped pack ({shipped})."""


# What everything is kept on.


class StorageTrouble(WardflowError):
    """Nothing can be kept just now."""


class StorageFull(StorageTrouble):
    """There is no room left to keep anything; nothing was changed. Make room on the disk of the database and of the data folder."""


class StorageReadOnly(StorageTrouble):
    """The database can only be read; nothing was changed. Find out why it was set so, then let it be written to again."""


class StorageAway(StorageTrouble):
    """The database does not answer; nothing was changed. See that it runs and can be reached."""


# Upkeep.


class SecretMissing(WardflowError):
    """The installation's secret {file} is missing, so that nothing sealed can be opened; bring it back from where it is kept."""


class IncidentGone(WardflowError):
    """Incident {incident} of case {case} no longer stands."""


class NothingToRetry(WardflowError):
    """At incident {incident} of case {case} no step stands still; mend its cause where it lies, such as in the register."""


class SkipRefused(WardflowError):
    """The step {node} cannot be done without, since somebody has to act or to choose there; take the case elsewhere instead."""


class MoveRefused(WardflowError):
    """The case cannot be taken to {node} from where it stands; choose an element around it that a flow leads to and that joins nothing."""


class DataRefused(WardflowError):
    """The data {name} cannot be changed so: {why}."""


class AlarmGone(WardflowError):
    """Alarm {alarm} of case {case} has rung or is no longer set."""


class AlarmPast(WardflowError):
    """The moment {moment} is over; let the alarm fire instead."""


class TablesOther(WardflowError):
    """The tables have the version {found}, this platform has {expected}; run wardflow upgrade with the servers stopped."""


class BackupThere(WardflowError):
    """{file} is there already; a backup is never written over another one."""


class BackupUnreadable(WardflowError):
    """{file} cannot be restored: {why}."""


class BackupDamaged(WardflowError):
    """Not everything in {file} came back, and nothing was restored: {what}."""


class ArchiveThere(WardflowError):
    """{file} is there already; every archive is a new file."""


class ArchiveUnreadable(WardflowError):
    """{file} is no archive of closed cases."""


class RestoreRefused(WardflowError):
    """A restore never goes over data: {why}."""
