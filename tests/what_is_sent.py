"""What the tests of permissions send with every act, and with some acts besides."""

EVERYTHING = {
    "words": "一句话", "to": "department:repair", "channel": "phone", "what": "arrived",
    "reason": "awaiting_customer", "due": "2099-10-09T17:30", "kind": "call_back",
    "purpose": "visit", "destroy_on": "2099-10-09", "name": "三号台", "place": "大厅",
}  # fmt: skip
OF_ACTS = {
    "void": {"reason": "drill"},
    "reopen": {"reason": "came_back"},
    "reassign": {"reason": "ill"},
    "link": {"kind": "related"},
    "ask": {"question": "能不能减免"},
    "solve": {"guide": "selfhelp-03"},
    "refer": {"why": "not_ours", "where": "maker"},
}
