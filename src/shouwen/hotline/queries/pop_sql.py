"""The selects behind the screen-pop. Written out: they run on every call, and a million customers are looked through.

Each takes its values by name, in the form of the database (`pop_rows.native`), and reads by an index.
CROSS JOIN: SQLite is not to look for a better order; what stands first is few rows.
"""
# ruff: noqa: S608 - put together from constants; values are never part of it

# Rows of a file that is still coming in are there but not seen.
_SEEN = (
    "u.merged_into_id IS NULL AND (u.batch_id IS NULL OR u.batch_id NOT IN"
    " (SELECT id FROM customers_importbatch WHERE revealed_at IS NULL))"
)

CALL = """
SELECT c.id, c.number, c.kind, c.direction, c.stage, c.rang_at, c.case_id, a.staff_no,
  EXISTS (SELECT 1 FROM hotline_offer o WHERE o.call_id = c.id AND o.staff_id = %(viewer)s),
  EXISTS (SELECT 1 FROM journal_entry j WHERE j.id = %(read_id)s),
  (SELECT count(*) FROM (SELECT 1 FROM hotline_call p WHERE p.number = c.number AND c.number <> ''
    AND p.direction = c.direction AND p.rang_at >= %(month)s AND p.rang_at <= c.rang_at
    LIMIT 100) m),
  h.version, h.customer_id, h.premises_id
FROM hotline_call c
LEFT JOIN people_staff a ON a.id = c.staff_id
LEFT JOIN hotline_callerchoice h ON h.call_id = c.id
  AND h.version = (SELECT max(version) FROM hotline_callerchoice WHERE call_id = c.id)
WHERE c.id = %(call)s
"""

_HOME = """
SELECT u.id, u.name, u.surname, u.title, u.special_care, s.relation,
  p.id, p.building, p.unit, p.flat, p.place_name, p.customer_class, e.id, e.name
"""
_PLACE = """
LEFT JOIN customers_premises p ON p.id = s.premises_id
LEFT JOIN customers_estate e ON e.id = p.estate_id
"""

HOMES = f"""{_HOME}
FROM customers_phone t
JOIN customers_customer u ON u.id = t.customer_id
LEFT JOIN customers_occupancy s ON s.customer_id = u.id AND s.until IS NULL {_PLACE}
WHERE t.number = %(number)s AND {_SEEN}
ORDER BY u.id, s.id LIMIT %(limit)s
"""

CHOSEN = f"""{_HOME}
FROM customers_customer u
LEFT JOIN customers_occupancy s ON s.customer_id = u.id AND s.until IS NULL
  AND s.premises_id = %(premises)s {_PLACE}
WHERE u.id = %(customer)s AND {_SEEN}
"""

THINGS = """
SELECT 'account', account_no, '', since, CAST(NULL AS date) FROM customers_servicepoint
  WHERE premises_id = %(premises)s AND until IS NULL
UNION ALL
SELECT 'meter', serial, kind, installed_on, CAST(NULL AS date) FROM customers_meter
  WHERE premises_id = %(premises)s AND removed_on IS NULL
UNION ALL
SELECT 'appliance', make, kind, installed_on, made_on FROM customers_appliance
  WHERE premises_id = %(premises)s AND removed_on IS NULL
UNION ALL
SELECT CASE WHEN handles_at_home THEN 'care_at_home' ELSE 'care' END, needs, kind, since, review_on
  FROM customers_careentry WHERE customer_id = %(customer)s AND until IS NULL
"""

# What was reported under a record that was merged into this one belongs to it, too.
CASES = """
WITH RECURSIVE same(id) AS (
  SELECT id FROM customers_customer WHERE id = %(customer)s
  UNION SELECT c.id FROM customers_customer c JOIN same ON c.merged_into_id = same.id)
SELECT k.id, k.number, k.kind, k.said, k.state, k.reported_at, f.staff_no, o.staff_no,
  d.code, d.name_zh, d.name_en, ts.staff_no, td.code
FROM (
  SELECT id FROM cases_case WHERE customer_id IN (SELECT id FROM same)
  UNION SELECT id FROM cases_case WHERE premises_id = %(premises)s
  UNION SELECT id FROM cases_case WHERE caller_phone = %(number)s) found
CROSS JOIN cases_case k
JOIN people_staff f ON f.id = k.first_asked_id
JOIN people_staff o ON o.id = k.owner_id
LEFT JOIN people_department d ON d.id = k.department_id
LEFT JOIN cases_handover w ON w.case_id = k.id AND w.state = 'offered'
LEFT JOIN people_staff ts ON ts.id = w.to_staff_id
LEFT JOIN people_department td ON td.id = w.to_department_id
WHERE k.id = found.id
  AND (k.state = 'open' OR (k.reported_at >= %(year)s AND k.state IN ('closed', 'merged')))
ORDER BY CASE WHEN k.state = 'open' THEN 0 ELSE 1 END, k.reported_at DESC LIMIT %(limit)s
"""

_CLOCK = (
    "c.id, c.rule_id, c.state, c.reason, c.started_at, c.warn_at, c.due_at, c.stopped_at, c.paused_at,"
    " c.remaining_seconds, c.urgency_at"
)

CLOCKS = f"""
SELECT c.subject_id, {_CLOCK} FROM clocks_clock c
WHERE c.subject_kind = 'case' AND c.is_open AND c.subject_id IN (CASE_IDS)
UNION ALL
SELECT p.case_id, {_CLOCK} FROM cases_promise p CROSS JOIN clocks_clock c
WHERE p.case_id IN (CASE_IDS) AND c.subject_kind = 'promise' AND c.subject_id = p.id AND c.is_open
"""

CALLS = """
SELECT c.rang_at, c.direction, c.outcome, c.answered_at, c.kind, s.name, c.case_id
FROM hotline_call c LEFT JOIN people_staff s ON s.id = c.staff_id
WHERE c.number = %(number)s AND c.rang_at >= %(year)s AND c.id <> %(call)s
ORDER BY c.rang_at DESC LIMIT %(limit)s
"""

# Faults under way that concern the estate of the home.
OUTAGES = """
SELECT i.place, i.opened_at, i.until
FROM cases_incident_estates e JOIN cases_incident i ON i.id = e.incident_id AND i.ended_at IS NULL
WHERE e.estate_id = %(estate)s ORDER BY i.opened_at DESC LIMIT %(limit)s
"""

# From the other homes of the building: those who called, and what was reported without a call.
NEIGHBOURS = """
SELECT c.rang_at, c.kind, k.kind, k.said, p.unit, p.flat
FROM hotline_call c
JOIN customers_phone t ON t.number = c.number
JOIN customers_occupancy s ON s.customer_id = t.customer_id AND s.until IS NULL
JOIN customers_premises p ON p.id = s.premises_id
  AND p.estate_id = %(estate)s AND p.building = %(building)s
LEFT JOIN cases_case k ON k.id = c.case_id
WHERE c.rang_at >= %(lately)s AND c.direction = 'inbound' AND c.number <> '' AND c.number <> %(number)s
  AND (k.premises_id IS NULL OR k.premises_id = p.id)
UNION ALL
SELECT k.reported_at, '', k.kind, k.said, p.unit, p.flat
FROM cases_case k
JOIN customers_premises p ON p.id = k.premises_id
  AND p.estate_id = %(estate)s AND p.building = %(building)s
WHERE k.state = 'open' AND k.reported_at >= %(lately)s
  AND NOT EXISTS (SELECT 1 FROM hotline_call c WHERE c.case_id = k.id)
ORDER BY 1 DESC LIMIT %(limit)s
"""
