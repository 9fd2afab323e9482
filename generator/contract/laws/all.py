"""Every law, in the order in which they are checked."""

from generator.contract.laws.alternative_keys import AlternativeKeys
from generator.contract.laws.auth import AuthRequired, NoReplay, TenantsApart
from generator.contract.laws.confirm import ConfirmNeeded
from generator.contract.laws.filters import FilterExact
from generator.contract.laws.gone_after_delete import GoneAfterDelete
from generator.contract.laws.guard import GuardHolds
from generator.contract.laws.law import Law
from generator.contract.laws.lists_apart import ListsApart
from generator.contract.laws.pages import PagesConcatenate
from generator.contract.laws.parallel import ParallelCreates, ParallelUpdates
from generator.contract.laws.parallel_checks import ParallelPreconditions, ParallelUnique
from generator.contract.laws.parallel_deletes import ParallelDeletes, ParallelGuard
from generator.contract.laws.parallel_refusals import ParallelRefusals
from generator.contract.laws.partial_update import PartialUpdate
from generator.contract.laws.read_your_writes import ReadYourWrites
from generator.contract.laws.reading import RepeatableRead, SafeMethods
from generator.contract.laws.refused_write import RefusedWrite
from generator.contract.laws.renderings import EnvelopeWraps, SameRepresentation
from generator.contract.laws.replacing import Replace
from generator.contract.laws.unique import Unique
from generator.contract.laws.upserting import ParallelUpserts, Upsert
from generator.contract.laws.version import VersionRefused

LAWS: tuple[Law, ...] = (
    ReadYourWrites(),
    GoneAfterDelete(),
    ListsApart(),
    PagesConcatenate(),
    FilterExact(),
    VersionRefused(),
    AlternativeKeys(),
    PartialUpdate(),
    Replace(),
    Upsert(),
    Unique(),
    RefusedWrite(),
    GuardHolds(),
    ConfirmNeeded(),
    EnvelopeWraps(),
    SameRepresentation(),
    SafeMethods(),
    RepeatableRead(),
    ParallelCreates(),
    ParallelUpdates(),
    ParallelUnique(),
    ParallelPreconditions(),
    ParallelDeletes(),
    ParallelGuard(),
    ParallelUpserts(),
    ParallelRefusals(),
    AuthRequired(),
    TenantsApart(),
    NoReplay(),
)
"""The laws of this version."""
