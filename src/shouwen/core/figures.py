"""The closed list of figures that can stand as evidence of an aim."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure of the product by its names in both languages."""

    id: str
    zh: str
    en: str


_FIGURES = (
    Figure("passages_judged", "已判定的条款数", "passages judged"),
    Figure("passages_open", "尚有缺口的条款数", "passages with a gap"),
    Figure("verdicts_by_group", "各岗位的判定数", "verdicts by group of staff"),
    Figure("staff_by_department", "各部门在册人员数", "staff by department"),
    Figure("clocks_kept", "时限按时完成的占比", "share of clocks met"),
    Figure("clocks_missed", "超时件数", "clocks missed"),
    Figure("answer_time_median", "答复用时中位数", "median time to an answer"),
    Figure("pickup_time_median", "接听用时中位数", "median time to pick up"),
    Figure("kept_pre_sale", "售前条款做到的占比", "share kept before sale"),
    Figure("kept_in_sale", "售中条款做到的占比", "share kept in sale"),
    Figure("kept_after_sale", "售后条款做到的占比", "share kept after sale"),
    Figure("promises_kept", "承诺兑现率", "share of promises kept"),
    Figure("satisfaction", "满意度", "satisfaction"),
    Figure("satisfaction_by_stage", "各阶段满意度", "satisfaction by stage"),
    Figure("review_score", "质检得分", "review score"),
    Figure("hazards_open", "未消除隐患数", "open hazards"),
    Figure("inspection_coverage", "安检覆盖率", "inspection coverage"),
    Figure("visits_appointed", "有约上门的占比", "share of visits with an appointment"),
    Figure("visits_on_time", "按约到达的占比", "share of visits on time"),
    Figure("visits_announced", "敲门应允后入户的占比", "share of visits entered after leave"),
    Figure("visits_talk_fitting", "先寒暄后谈事的占比", "share of visits begun with a greeting"),
    Figure("visits_leave_taken", "告辞步骤完成的占比", "share of visits with leave taken"),
    Figure("dress_checks_passed", "着装检查通过的占比", "share of dress checks passed"),
    Figure("gifts_reported", "馈赠报告件数", "gifts reported"),
    Figure("registered_copies", "登记保管的打印与拷贝数", "prints and copies in the register"),
)
FIGURES: Mapping[str, Figure] = MappingProxyType({figure.id: figure for figure in _FIGURES})
