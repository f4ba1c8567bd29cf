"""The closed lists of reasons, kinds and purposes in words."""

from django.utils.translation import gettext as _
from django.utils.translation import pgettext


def void_reasons() -> dict[str, str]:
    """Why a case may be void."""
    return {
        "opened_by_mistake": _("误开"),
        "duplicate": _("和另一张重复"),
        "drill": _("演练或测试"),
        "withdrawn_by_customer": _("客户撤回"),
        "not_ours": _("不归本公司管"),
    }


def reopen_reasons() -> dict[str, str]:
    """Why a settled case is opened again."""
    return {
        "not_solved": _("客户说没解决"),
        "came_back": _("同样的故障又出现"),
        "answer_incomplete": _("答复不完整"),
        "closed_by_mistake": _("误办结"),
        "not_void": _("不该作废"),
    }


def absences() -> dict[str, str]:
    """Why a supervisor offers a case in its owner's place."""
    return {
        "on_leave": _("休假"),
        "ill": _("生病"),
        "off_shift": _("已下班"),
        "left": _("已离岗"),
        "overloaded": _("手上太多"),
    }


def late_reasons() -> dict[str, str]:
    """Why a case is entered late."""
    return {
        "system_down": _("系统停用"),
        "taken_outside": _("在外面受理"),
        "power_cut": _("停电断网"),
        "found_later": _("事后发现漏记"),
    }


def purposes() -> dict[str, str]:
    """What a work order is printed for."""
    return {"visit": _("上门带去"), "check": _("现场核查"), "archive": _("归档")}


def link_kinds() -> dict[str, str]:
    """How two cases belong together."""
    return {
        "related": pgettext("link", "相关"),
        "duplicate": pgettext("link", "重复"),
        "same_cause": _("同一原因"),
    }


def case_kinds() -> dict[str, str]:
    """The kinds of case."""
    return {
        "consultation": _("咨询"),
        "complaint": _("投诉"),
        "repair": _("报修"),
        "alarm": _("报警"),
        "network_fault": _("管网故障"),
        "new_connection": _("报装"),
        "home_service": _("上门办理"),
        "follow_up": _("回访"),
        "other": _("其他"),
    }


def sides() -> dict[str, str]:
    """Whose side a fault is on."""
    return {
        "customer": _("客户侧"),
        "company": _("公司侧"),
        "network": _("管网"),
        "unknown": _("待定"),
        "none": _("无"),
    }


def severities() -> dict[str, str]:
    """How grave a fault is."""
    return {"": _("不分"), "ordinary": pgettext("severity", "一般"), "major": _("重大")}


def states() -> dict[str, str]:
    """Where a case stands."""
    return {
        "open": _("办理中"),
        "closed": _("已办结"),
        "voided": _("已作废"),
        "merged": _("已并入"),
    }


def outcomes() -> dict[str, str]:
    """What became of a call-back."""
    return {
        "reached": _("接通了"),
        "no_answer": _("没人接"),
        "busy": _("占线"),
        "wrong_number": _("号码不对"),
        "asked_later": _("约了别的时间"),
        "not_made": _("没拨出去"),
    }
