"""The closed list of acts that a rule of access can control, and who may give leave.

There is no expression language: a control names acts of this list and nothing else.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Act:
    """A controlled act. `events`: kinds of event besides `custody.done` that are this act."""

    id: str
    zh: str
    en: str
    events: tuple[str, ...] = ()


_ACTS = (
    Act("desk_used", "使用办公电脑", "an office computer used"),
    Act("desk_checked", "核查办公电脑", "an office computer checked"),
    Act("software_installed", "安装软件", "software installed"),
    Act("software_undeclared", "安装、使用清单外软件", "undeclared software installed or used"),
    Act("wiring_changed", "改动电源、信号、网络线路", "power, signal or network lines changed"),
    Act("equipment_opened", "拆装计算机及外围设备", "a computer or what hangs on it taken apart"),
    Act("printed", "打印", "printed", ("case.printed",)),
    Act("stored", "存入移动介质", "stored on a removable medium"),
    Act("copied", "拷贝、导出业务数据", "business data copied or exported"),
    Act("read", "查阅个人信息", "personal data read", ("data.read",)),
    Act("read_beyond_duty", "超出岗位查阅", "read beyond one's duty"),
    Act("shown_unmasked", "未经揭示而显示全文", "shown unmasked without a reveal"),
    Act("read_unusually", "异常查阅", "read in an unusual way"),
    Act("disclosed", "对外泄露", "disclosed"),
    Act("acted_for_another", "用他人工号办理", "acted under another's staff number"),
)
ACTS: Mapping[str, Act] = MappingProxyType({act.id: act for act in _ACTS})

OWNER_OF_NUMBER = "staff_owner"
"""Whoever the staff number belongs to that is used in an act."""

APPROVERS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "agent": ("热线坐席", "hotline agent"),
        "clerk": ("营业厅柜员", "hall clerk"),
        "dispatcher": ("调度员", "dispatcher"),
        "technician": ("维修技师", "repair technician"),
        "inspector": ("安检员", "inspector"),
        "handler": ("部门经办", "department handler"),
        "qa": ("质检主管", "QA supervisor"),
        "trainer": ("培训师", "trainer"),
        "station_manager": ("站长", "station manager"),
        "company_manager": ("公司经理", "company manager"),
        "editor": ("标准编辑", "standard editor"),
        "approver": ("标准审批", "standard approver"),
        "system_admin": ("系统管理员", "system administrator"),
        "security": ("安全管理员", "security officer"),
        "auditor": ("审计员", "auditor"),
        OWNER_OF_NUMBER: ("工号本人", "the owner of the number"),
    }
)
"""Who may be named as giving leave: the roles of the house, in both languages."""

FIELDS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "by": ("办理人", "who did it"),
        "for": ("被代办人", "for whom"),
        "purpose": ("事由", "purpose"),
        "print": ("打印编号", "number of the print"),
        "medium": ("介质编号", "number of the medium"),
        "desk": ("电脑", "computer"),
        "software": ("软件", "software"),
        "keeper": ("保管人", "keeper"),
        "destroy_on": ("归还或销毁日期", "day of return or destruction"),
        "result": ("结果", "result"),
    }
)
"""What a record or an entry of the register can be asked to say."""
