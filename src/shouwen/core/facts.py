"""The closed list of facts that a condition may test.

There is no expression language: only these, only equality or bands.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact: its names and its allowed values.

    `values` is empty for a number, which a band may test.
    """

    name: str
    zh: str
    en: str
    values: tuple[str, ...] = ()
    unit: str = ""

    @property
    def is_number(self) -> bool:
        """Whether the fact is a number rather than one of a list of words."""
        return not self.values


YES_NO = ("true", "false")
CASE_KINDS = (
    "consultation",
    "complaint",
    "repair",
    "alarm",
    "network_fault",
    "new_connection",
    "home_service",
    "follow_up",
    "other",
)
CUSTOMER_CLASSES = ("residential", "commercial", "industrial", "heating", "public")
CHANNELS = ("phone", "hall", "field", "web", "paper", "order_12345", "sms", "mail", "im")

_FACTS = (
    Fact("case_kind", "工单类别", "kind of case", CASE_KINDS),
    Fact("side", "责任侧", "whose side", ("customer", "company", "network", "unknown", "none")),
    Fact("severity", "故障等级", "severity", ("ordinary", "major")),
    Fact("customer_class", "客户类别", "customer class", CUSTOMER_CLASSES),
    Fact("channel", "渠道", "channel", CHANNELS),
    Fact("zone", "区域", "zone", ("urban", "suburban", "rural", "remote")),
    Fact("supply", "供应状态", "supply", ("on", "off", "sealed")),
    Fact("meter_place", "表的位置", "place of the meter", ("indoors", "outdoors")),
    Fact("direction", "呼叫方向", "direction of the call", ("inbound", "outbound")),
    Fact("deferred", "不能当即答复", "cannot be answered at once", YES_NO),
    Fact("special_care", "特殊用户", "special-care customer", YES_NO),
    Fact("customer_known", "来电已匹配客户", "caller matched to a customer", YES_NO),
    Fact("people_in_danger", "有人处于危险", "people in danger", YES_NO),
    Fact("out_of_scope", "不在维修范围", "out of scope", YES_NO),
    Fact("appointed", "已预约", "appointed", YES_NO),
    Fact("alarm_job", "报警任务", "alarm job", YES_NO),
    Fact("gas_at_door_gap", "门缝检出燃气", "gas read at the door gap", YES_NO),
    Fact("has_bell", "有门铃", "there is a door bell", YES_NO),
    Fact("door_was_closed", "进门前门关着", "the door was closed", YES_NO),
    Fact(
        "staff_group",
        "人员类别",
        "staff group",
        ("everyone", "hotline", "hall", "field", "office"),
    ),
    Fact("hazard_grade", "隐患等级", "grade of the hazard", ("major", "ordinary")),
    Fact("hazard_notice", "须书面告知", "written notice due", YES_NO),
    Fact("hazard_stopped", "已停用停气", "gas or appliance stopped", YES_NO),
    Fact("homes_affected", "受影响户数", "homes affected", unit="homes"),
    Fact("leak_ppm", "泄漏浓度", "leak reading", unit="ppm"),
    # What standards of other utilities go by: gas, water, heat, power.
    Fact("commodity", "供应品类", "what is supplied", ("gas", "lpg", "water", "heat", "power")),
    Fact("pressure", "管道压力级别", "pressure of the pipe", ("low", "medium", "high")),
    Fact("meter_kind", "表具类型", "kind of meter", ("mechanical", "prepaid", "remote")),
    Fact("key_account", "重点客户", "key account", YES_NO),
    Fact("planned", "事先计划", "planned beforehand", YES_NO),
    Fact("repeated", "同一诉求再次提出", "raised again", YES_NO),
    Fact("roadworks", "需破路恢复", "road to be opened and repaved", YES_NO),
    Fact("outside_works", "需外线工程", "works outside the premises", YES_NO),
    Fact("permit_needed", "需外部许可", "permit of others needed", YES_NO),
    Fact("season", "季节", "season", ("heating", "summer", "other")),
    Fact("weather", "天气", "weather", ("ordinary", "severe")),
    Fact("pipe_mm", "管径", "pipe size", unit="mm"),
    Fact("meter_mm", "表具口径", "meter size", unit="mm"),
    Fact("yearly_use", "年用量", "use per year", unit="m3"),
    Fact("load_kw", "报装容量", "load applied for", unit="kW"),
    Fact("outage_hours", "预计停供时长", "expected outage", unit="h"),
    Fact("distance_km", "距离", "distance", unit="km"),
    Fact("floors", "楼层数", "floors", unit="floors"),
)

FACTS: Mapping[str, Fact] = MappingProxyType({fact.name: fact for fact in _FACTS})
