"""Routes that a role alone decides, with who may: the part of the permission table that knows no case."""

from shouwen.access.roles import Role

# Also somebody without any role.
_EVERYBODY: set[Role | None] = {*Role, None}
_ADMIN = {Role.SYSTEM_ADMIN}
_SEE_CALENDAR = {Role.EDITOR, Role.APPROVER, Role.COMPANY_MANAGER, Role.AUDITOR}
_TRY = _SEE_CALENDAR - {Role.AUDITOR}
_PLAN = {Role.DISPATCHER, Role.STATION_MANAGER}
_SEE_PLAN = {*_PLAN, Role.COMPANY_MANAGER, Role.AUDITOR}

_SEARCH = {Role.AGENT, Role.CLERK, Role.DISPATCHER}
_CORRECT = {Role.AGENT, Role.CLERK}
_KEEP = {Role.CLERK}
_READ_MESSAGES = {*_SEE_PLAN}
_TAKE_CALLS = {Role.AGENT, *_PLAN}
_SERVE = {Role.CLERK}
_GIVE_TICKETS = {Role.CLERK, *_PLAN}
_LETTERS = _SEARCH
_SEE_BOARD = {*_TAKE_CALLS, Role.COMPANY_MANAGER, Role.QA}
_CALL_BACK = {*_TAKE_CALLS, Role.CLERK, Role.HANDLER}
_SEE_DISPATCH = {*_PLAN, Role.HANDLER, Role.COMPANY_MANAGER}
_SEE_ORDERS = {*_SEE_DISPATCH, *_CALL_BACK}
_RUNG = {*_PLAN, Role.TECHNICIAN, Role.INSPECTOR, Role.HANDLER}
_SEE_CALLS = {*_SEE_PLAN, Role.QA}  # besides, whoever took part in the call or sees its case
_HEAR_CALLS = {*_PLAN, Role.QA}
_REVIEW = _HEAR_CALLS
_SEE_REVIEWS = {
    *_REVIEW, Role.COMPANY_MANAGER, Role.AUDITOR, Role.EDITOR, Role.APPROVER, Role.TRAINER,
}  # fmt: skip
_MEND = {Role.SYSTEM_ADMIN, Role.STATION_MANAGER, Role.COMPANY_MANAGER}
_OUTSIDE = {Role.TECHNICIAN, Role.INSPECTOR}
_DECIDE_GIFTS = {Role.STATION_MANAGER, Role.COMPANY_MANAGER}
_SEE_FIGURES = set(Role) - {Role.SYSTEM_ADMIN, Role.SECURITY}

_SEE_HAZARDS = {
    *_SEE_PLAN, Role.QA, Role.AGENT, Role.CLERK, Role.TECHNICIAN, Role.INSPECTOR,
}  # fmt: skip
_FIND_HAZARDS = {*_PLAN, Role.TECHNICIAN, Role.INSPECTOR}

# Name of the route → whether it is posted to, roles that get there. Nobody else does.
ROLE_ROUTES: dict[str, tuple[bool, set[Role] | set[Role | None]]] = {
    "people": (False, _ADMIN),
    "person_new": (False, _ADMIN),
    "person": (False, _ADMIN),
    "person_change": (True, _ADMIN),
    "person_deactivate": (True, _ADMIN),
    "person_reactivate": (True, _ADMIN),
    "person_link": (True, _ADMIN),
    "calendar": (False, _SEE_CALENDAR),
    "calendar_draft": (False, _SEE_CALENDAR),
    "calendar_upload": (True, {Role.EDITOR}),
    "calendar_publish": (True, {Role.APPROVER}),
    "calendar_refuse": (True, {Role.APPROVER}),  # besides, an editor takes the own upload back
    "editions": (False, _SEE_CALENDAR),
    "edition": (False, _SEE_CALENDAR),
    "edition_impact": (False, _SEE_CALENDAR),
    "edition_moves": (False, _SEE_CALENDAR),
    "edition_diff": (False, _SEE_CALENDAR),
    "edition_zip": (False, _SEE_CALENDAR),
    "draft_start": (True, {Role.EDITOR}),
    "draft_clause": (False, {Role.EDITOR}),
    "draft_choose": (False, {Role.EDITOR}),
    "draft_rule": (False, {Role.EDITOR}),
    "draft_rule_drop": (True, {Role.EDITOR}),
    "edition_upload": (True, {Role.EDITOR}),
    "edition_submit": (True, {Role.EDITOR}),
    "edition_discard": (True, {Role.EDITOR}),
    "edition_recount": (True, {Role.EDITOR, Role.APPROVER}),
    "edition_approve": (True, {Role.APPROVER}),
    "edition_refuse": (True, {Role.APPROVER}),  # besides, an editor takes the own draft back
    "shifts": (False, _SEE_PLAN),
    "shifts_template": (False, _SEE_PLAN),
    "shift_add": (True, _PLAN),
    "shift_change": (True, _PLAN),
    "shift_remove": (True, _PLAN),
    "shifts_copy": (True, _PLAN),
    "shifts_import": (True, _PLAN),
    "customers": (False, _SEARCH),
    "customer": (False, _SEARCH),
    "customer_phone": (True, _SEARCH),
    "premises": (False, _SEARCH),
    "cases_of_customer": (False, _SEARCH),
    "register_customer": (True, _CORRECT),
    "act_on_customer": (True, _CORRECT),
    "move_out": (True, _CORRECT),
    "care_register": (False, _KEEP),
    "act_on_care": (True, _KEEP),
    "unmerge": (True, _KEEP),
    "estates": (False, _KEEP),
    "set_aliases": (True, _KEEP),
    "register_premises": (True, _KEEP),
    "act_on_premises": (True, _KEEP),
    "remove_meter": (True, _KEEP),
    "remove_appliance": (True, _KEEP),
    "figures": (False, _SEE_FIGURES),
    "figure": (False, _SEE_FIGURES),
    "clauses": (False, _EVERYBODY),
    "clause": (False, _EVERYBODY),
    "coverage": (False, _EVERYBODY),
    "ruling_why": (False, _EVERYBODY),  # who sees the figure or the case, sees its reasons
    "call_pop": (False, _SEARCH),  # of a call that nobody has taken
    "call_choose_home": (True, _SEARCH),
    "call_phone": (True, _SEARCH),
    "call_billing": (False, _SEARCH),
    "call_send_article": (True, _SEARCH),
    "knowledge_find": (False, _EVERYBODY),
    "knowledge_article": (False, _EVERYBODY),
    "knowledge_unanswered": (True, _EVERYBODY),
    "messages": (False, _READ_MESSAGES),
    "message_rows": (False, _READ_MESSAGES),
    "retry_message": (True, _READ_MESSAGES - {Role.AUDITOR}),
    "dead_jobs": (False, _MEND),
    "revive_job": (True, _MEND),
    "give_up_job": (True, _MEND),
    "whatif": (False, _SEE_CALENDAR),
    "whatif_progress": (False, _SEE_CALENDAR),
    "whatif_flips": (False, _SEE_CALENDAR),
    "whatif_ask": (True, _TRY),
    "whatif_cancel": (True, _TRY),
    "cockpit": (False, _TAKE_CALLS),
    "cockpit_body": (False, _TAKE_CALLS),
    "cockpit_status": (True, _TAKE_CALLS),
    "cockpit_dial": (True, _TAKE_CALLS),
    "cockpit_accept": (True, _TAKE_CALLS),
    "cockpit_preview": (False, _TAKE_CALLS),
    "cockpit_assist": (False, _TAKE_CALLS),
    "cockpit_act": (True, _TAKE_CALLS),
    "cockpit_next": (True, _TAKE_CALLS),
    "cockpit_outcome": (True, _TAKE_CALLS),
    "dispatch": (False, _SEE_DISPATCH),
    "dispatch_changed": (False, _SEE_DISPATCH),
    "dispatch_aside": (False, _SEE_DISPATCH),
    "dispatch_week": (False, _SEE_DISPATCH),
    "dispatch_suggest": (False, _SEE_DISPATCH),
    "dispatch_assign": (True, _PLAN),
    "dispatch_order": (False, _SEE_ORDERS),
    "customer_visit": (False, _EVERYBODY),
    "dispatch_of_case": (False, _SEE_ORDERS),
    "dispatch_act": (True, _PLAN),
    "dispatch_book": (True, _CALL_BACK),
    "dispatch_ringing": (False, _RUNG),
    "dispatch_accept": (True, _RUNG),
    "hazards": (False, _SEE_HAZARDS),
    "hazard_rows": (False, _SEE_HAZARDS),
    "find_hazard": (False, _FIND_HAZARDS),
    # Of one that is there: how it stands to the person, see tests/apps/fieldwork/test_hazard_pages.py.
    **dict.fromkeys(("hazard", "hazard_body", "hazard_photo"), (False, _SEE_HAZARDS)),
    "hazard_paper": (False, _SEE_HAZARDS),
    **dict.fromkeys(("act_on_hazard", "act_on_notice"), (True, _SEE_HAZARDS)),
    "board": (False, _SEE_BOARD),
    "board_body": (False, _SEE_BOARD),
    "board_move": (True, _PLAN),
    "board_status": (True, _PLAN),
    "callbacks": (False, _CALL_BACK),
    "callbacks_rows": (False, _CALL_BACK),
    "callback_dial": (True, _CALL_BACK),
    "callback_outcome": (True, _CALL_BACK),
    "callback_give": (True, _CALL_BACK),  # one that is there: those who lead, and nobody else
    "callback_reassign": (True, _CALL_BACK),
    **dict.fromkeys(("call", "call_body", "call_sounds"), (False, _SEE_CALLS)),
    # Those who may see the call; who may hear it is asked of one that has a recording.
    "recording_open": (True, _HEAR_CALLS),
    "recording_sound": (False, _HEAR_CALLS),
    "recording_download": (True, {Role.QA, Role.STATION_MANAGER}),
    "supervisor_came": (True, _PLAN),
    "shift_check": (False, _TAKE_CALLS),
    "review_desk": (False, _REVIEW),
    "review_draw": (True, _REVIEW - {Role.DISPATCHER}),
    "reviews_mine": (False, _TAKE_CALLS),
    "review_results": (False, _SEE_REVIEWS),
    # Of one that is there: how it stands to the person, see tests/apps/review.
    "review": (False, {*_REVIEW, Role.AGENT}),
    "review_act": (True, {*_REVIEW, Role.AGENT}),
    "coaching_done": (True, _REVIEW),  # whoever leads it
    "counter": (False, _SERVE),
    "counter_queue": (False, _SERVE),
    "counter_find": (False, _SERVE),
    "counter_act": (True, _SERVE),
    "counter_serve": (True, _SERVE),
    "ticket_new": (False, _GIVE_TICKETS),  # besides, a registered desk without a sign-in
    "ticket": (False, _GIVE_TICKETS),
    "inbox": (False, _LETTERS),
    "inbox_rows": (False, _LETTERS),
    "letter": (False, _LETTERS),
    "letter_alarms": (False, _LETTERS),
    "letter_phone": (True, _LETTERS),
    "letter_file": (False, _LETTERS),
    "letter_act": (True, _LETTERS),
    "contact": (False, _EVERYBODY),
    "contact_status": (False, _EVERYBODY),
    **dict.fromkeys(("field", "field_hello"), (False, _OUTSIDE)),
    **dict.fromkeys(
        ("field_device", "field_package", "field_events", "field_photos", "field_wiped"),
        (True, _OUTSIDE),
    ),
    "field_conflicts": (False, _PLAN),
    "field_decide": (True, _PLAN),
    "field_phones": (False, _PLAN),
    "field_wipe": (True, _PLAN),
    "field_gifts": (False, {*_OUTSIDE, *_DECIDE_GIFTS}),
    "field_gift_decide": (True, _DECIDE_GIFTS),
    **dict.fromkeys(("field_worker", "field_manifest", "verify"), (False, _EVERYBODY)),
}
# Open to whoever holds the link or the key, signed in or not.
BY_LINK = {"calls_hook", "set_password", "sms_receipts"}
