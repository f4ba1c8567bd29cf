"""The kinds of rule. A rule file names one of these; there are no others."""

from shouwen.core.kinds.access import AccessRule
from shouwen.core.kinds.call_measure import CallMeasureRule
from shouwen.core.kinds.checklist import ChecklistRule
from shouwen.core.kinds.clock import ClockRule
from shouwen.core.kinds.frequency import FrequencyRule
from shouwen.core.kinds.guidance import GuidanceRule
from shouwen.core.kinds.notice import NoticeRule
from shouwen.core.kinds.phrase import PhraseRule
from shouwen.core.kinds.prohibition import ProhibitionRule
from shouwen.core.kinds.protocol import ProtocolRule
from shouwen.core.kinds.record import RecordRule
from shouwen.core.kinds.register import RegisterRule
from shouwen.core.kinds.routing import RoutingRule
from shouwen.core.kinds.sampling import SamplingRule
from shouwen.core.kinds.script import ScriptRule
from shouwen.core.kinds.training import TrainingRule
from shouwen.core.kinds.value import ValueRule

Rule = (
    ClockRule
    | ScriptRule
    | CallMeasureRule
    | RoutingRule
    | RecordRule
    | NoticeRule
    | FrequencyRule
    | SamplingRule
    | PhraseRule
    | ProtocolRule
    | ChecklistRule
    | RegisterRule
    | TrainingRule
    | AccessRule
    | ProhibitionRule
    | GuidanceRule
    | ValueRule
)
