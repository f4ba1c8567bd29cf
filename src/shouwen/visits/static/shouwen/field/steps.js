// The steps of the standard as things to press, each by what it asks: a length, a wait, a count, a proof, a tick.
import { box, button, choices, clause, field, h, w } from "./frame.js";
import { knocks, pressTimer, waitRing } from "./timers.js";

// Whether conditions of a rule hold for the facts of this visit.
export function holds(when, facts) {
  return Object.entries(when ?? {}).every(([name, values]) => name in facts && Array.isArray(values) && values.map(String).includes(String(facts[name])));
}

// The steps of a protocol that are asked here and now, in order.
export function asked(protocol, visit, facts) {
  if (!holds(protocol.when, facts)) return [];
  return protocol.steps.filter((step) => holds(step.when, facts)
    && !step.never_when.some((when) => holds(when, facts))
    && !step.unless.some((event) => visit.happened.includes(event))
    && (!step.after || key(protocol, step.after) in visit.done)
    && !step.on.length)
    .map((step) => ({ protocol, step, key: key(protocol, step.id) }));
}

export const key = (protocol, id) => `${protocol.rule}.${id}`;
export const isDone = (item, visit) => item.key in visit.done;

// The control for one step. `report` gets what is to be written down with it.
export function control(item, report, { since }) {
  const { step } = item;
  const least = step.at_least_seconds;
  const most = step.at_most_seconds;
  if (least !== null && most !== null) return waitRing(least, most, since, (seconds) => report({ seconds }));
  if (most !== null) return pressTimer(most, (seconds) => report({ seconds }));
  if (step.count !== null) return knocks(step.count, (count) => report({ count }));
  if (step.evidence) return proof(report);
  return button(w("done"), () => report({}), "btn--main");
}

// A word on what proves it; ready ones are one tap away.
function proof(report) {
  const words = h("input", { type: "text", maxlength: "120" });
  return h("div", { class: "col" },
    h("div", { class: "chips" }, ["proof_nodded", "proof_said", "proof_opened"].map((name) => button(w(name), () => report({ evidence: w(name) })))),
    field(w("proof_words"), words),
    button(w("note_down"), () => report({ evidence: words.value.trim() || w("proof_said") }), "btn--main"));
}

// A step that is due, with its control, the leave to skip it, and what comes after.
export function current(items, visit, report) {
  const open = items.filter((item) => !isDone(item, visit));
  if (!open.length) return null;
  const [item, ...later] = open;
  const head = h("div", { class: "row" }, h("h2", {}, item.step.title), h("span", { class: "push" }), clause(item.protocol.clause));
  return box("", head,
    item.step.says?.length ? h("p", { class: "say" }, item.step.says[0]) : null,
    control(item, (data) => report(item, data), { since: visit.lastAt ?? performance.now() }),
    item.step.exempt.length ? skipping(item, report) : null,
    later.length ? h("ol", { class: "later" }, later.slice(0, 5).map((each) => h("li", {}, each.step.title))) : null);
}

function skipping(item, report) {
  return h("details", {}, h("summary", {}, w("does_not_apply")),
    choices(w("why_skipped"), item.step.exempt.map((reason) => [reason, w(`exempt_${reason}`)]), "", (reason) => report(item, { skipped_because: reason })));
}

// Steps in any order, as ticks.
export function ticks(items, visit, report) {
  return items.map((item) => h("div", { class: "tick" },
    h("button", { type: "button", class: "btn tickbox", "aria-pressed": String(isDone(item, visit)), onclick: () => isDone(item, visit) || report(item, {}) },
      isDone(item, visit) ? "✓ " : "", item.step.title),
    clause(item.protocol.clause),
    item.step.exempt.length && !isDone(item, visit) ? skipping(item, report) : null));
}

// A line to be said, ticked when it was.
export function line(phrase, visit, say) {
  const said = `said.${phrase.rule}` in visit.done;
  return box("", h("div", { class: "row" }, h("h2", {}, phrase.title), h("span", { class: "push" }), clause(phrase.clause)),
    phrase.says.filter(Boolean).map((words, n) => h("button", {
      type: "button", class: "say", "aria-pressed": String(said && visit.done[`said.${phrase.rule}`] === n + 1),
      onclick: () => say(phrase, n + 1),
    }, words)),
    said ? h("p", { class: "mute" }, w("said")) : h("p", { class: "mute" }, w("tap_when_said")));
}
