// One visit, from preparing to the farewell, in the order of the standard. What is pressed is kept at once.
import * as crypt from "./crypt.js";
import { box, button, choices, h, note, screen, w } from "./frame.js";
import * as papers from "./papers.js";
import { asked, current, isDone, key, line, ticks } from "./steps.js";
import { state, write } from "./sync.js";

const STAGES = ["prepare", "door", "greet", "inside", "work", "sign", "leave", "end"];
const go = (name) => { location.hash = name; };
let visit = null;
let order = null;
let extra = null;

const day = () => state.day;
const rules = () => day().rules;
const context = () => ({ order, visit });

function facts() {
  return { alarm_job: order.kind === "alarm", appointed: order.agreed.length > 0, special_care: Boolean(order.care), ...visit.facts };
}

async function keep(redraw = true) {
  await crypt.keepVisit(visit);
  if (redraw) show();
}

async function tell(kind, data = {}, event = "") {
  if (event) visit.happened.push(event);
  await write(kind, { order, visit: visit.id, data });
}

async function stage(name) {
  visit.stage = name;
  visit.lastAt = null;
  extra = null;
  await keep();
  window.scrollTo(0, 0);
}

// Opens the visit of an order that is under way, or a new one.
export async function open(id) {
  order = day()?.orders.find((each) => each.id === id) ?? null;
  if (!order) return go("today");
  const known = (await crypt.visits()).find((each) => each.order === id && !each.ended);
  visit = known ?? { id: crypt.uuid7(), order: id, stage: "prepare", done: {}, happened: [], facts: {}, readings: [], parts: {}, photos: 0, failed: {} };
  if (visit.lastAt) visit.lastAt = performance.now();
  extra = null;
  return show();
}

function report(item, data) {
  return mark(item.key, "step", { rule: item.protocol.rule, step: item.step.id, ...data });
}

async function mark(name, kind, data) {
  visit.done[name] = data.seconds ?? true;
  visit.lastAt = performance.now();
  await tell(kind, data);
  await keep();
}

async function say(phrase, n) {
  visit.done[`said.${phrase.rule}`] = n;
  await tell("said", { rule: phrase.rule, line: String(n) });
  await keep();
}

const begun = (event) => rules().protocols.filter((protocol) => protocol.begins.includes(event));
const phrases = (event) => rules().phrases.filter((phrase) => phrase.on.includes(event));
const inside = (step) => step.unless.includes("visit.no_answer");

function doorItems() {
  const gap = gapKey();
  return begun("visit.arrived").flatMap((protocol) => asked(protocol, visit, facts()).filter(({ step }) => !inside(step)))
    .sort((a, b) => Number(b.key === gap) - Number(a.key === gap));
}

const permissions = () => begun("visit.arrived").flatMap((protocol) => asked(protocol, visit, facts()).filter(({ step }) => inside(step)));
const gapKey = () => key({ rule: day().plan.gap.rule }, day().plan.gap.step);
const gapReading = () => day().plan.reading.find((each) => each.code === day().plan.gap.reading) ?? { code: "gap", title: w("gap"), unit: "ppm", warn_over: 0, danger_over: null };

const DRAW = {
  prepare() {
    const lists = rules().lists;
    const facts_ = [order.agreed.length ? w("agreed", { from: order.agreed[0], until: order.agreed[1] }) : w("unannounced"), order.said, order.care ? w("care", { what: order.care }) : "", ...order.before.map((text) => w("before", { text }))];
    const body = [box(w("job"), h("p", {}, h("b", {}, order.kind_title), ` ${order.number}`), facts_.filter(Boolean).map((text) => h("p", {}, text)),
      order.phone ? h("a", { class: "btn", href: `tel:${order.phone}` }, w("call_customer", { name: order.called })) : null),
    ...lists.map((list) => box(`${list.title} ${list.clause}`, list.items.map((item) => {
      const name = `${list.rule}.${item.id}`;
      const off = visit.failed[name];
      return h("button", { type: "button", class: "btn tickbox", "aria-pressed": String(!off), onclick: () => { visit.failed[name] = !off; keep(); } }, off ? "✗ " : "✓ ", item.title);
    })))];
    return { body, mark: lists[0]?.clause, acts: [button(w("later"), () => go("today")), button(w("set_off"), setOff, "btn--main")] };
  },

  door() {
    const gapItem = doorItems().find((item) => item.key === gapKey());
    const open = gapItem && !isDone(gapItem, visit);
    const quiet = facts().alarm_job || facts()[day().plan.gap.fact];
    const body = [
      quiet ? note("over", w("no_bell"), "alert-triangle") : null,
      open ? box("", h("h2", {}, gapItem.step.title), papers.readingField(gapReading(), (value, danger) => gapTaken(gapItem, value, danger))) : null,
      open ? null : current(doorItems(), visit, report) ?? note("run", w("door_waits")),
      ...day().plan.fact.map((fact) => choices(fact.title, [[true, w("yes")], [false, w("no")]], visit.facts[fact.id] ?? fact.yes, (value) => { visit.facts[fact.id] = value; keep(false); })),
    ];
    return { body, mark: gapItem?.protocol.clause ?? "", acts: [button(w("nobody"), () => { extra = nobody; show(); }), button(w("door_opens"), doorOpened, "btn--main")] };
  },

  greet() {
    const items = begun("visit.door_opened").flatMap((protocol) => asked(protocol, visit, facts()));
    const body = [current(items, visit, report), ...phrases("visit.door_opened").map((phrase) => line(phrase, visit, say)),
      box(w("identity"), h("p", { class: "code" }, order.code.replace(/(\d{4})(\d{4})/, "$1 $2")), h("p", { class: "mute" }, w("identity_how", { place: `${location.host}/verify/` })),
        h("p", {}, `${day().company.short_name ?? ""} ${day().staff.name} ${day().staff.no}`)),
      items.some((item) => !isDone(item, visit)) ? null : current(permissions(), visit, report)];
    return { body, mark: phrases("visit.door_opened")[0]?.clause, acts: [button(w("refused"), () => { extra = nobody; show(); }), button(w("enter"), entered, "btn--main")] };
  },

  inside() {
    const items = begun("visit.entered").flatMap((protocol) => asked(protocol, visit, facts()));
    return { body: [box(w("on_entering"), ticks(items, visit, report))], mark: items[0]?.protocol.clause, acts: [button(w("unsafe"), unsafe), button(w("begin_work"), beginWork, "btn--main")] };
  },

  work() {
    const things = day().plan.work.filter((thing) => !thing.kinds.length || thing.kinds.includes(order.kind));
    const taken = visit.readings.map((each) => h("p", { class: `taken taken--${each.danger}` }, `${each.title} ${each.value} ${each.unit} `, w(`danger_${each.danger}`)));
    const body = [
      visit.readings.some((each) => each.danger === "major") ? note("over", w("stop_now"), "alert-triangle") : null,
      box(w("work"), things.map((thing) => h("button", {
        type: "button", class: "btn tickbox", "aria-pressed": String(`work.${thing.id}` in visit.done), onclick: () => mark(`work.${thing.id}`, "note", { work: thing.id }),
      }, `work.${thing.id}` in visit.done ? "✓ " : "", thing.title))),
      box(w("readings"), taken, day().plan.reading.filter((reading) => reading.code !== day().plan.gap.reading).map((reading) => papers.readingField(reading, (value, danger) => readingTaken(reading, value, danger)))),
      box(w("photos"), h("p", { class: "mute" }, w("photos_kept", { n: visit.photos })), papers.photoButton(context(), "photo", () => { visit.photos += 1; keep(); })),
      h("div", { class: "chips" }, button(w("hazard"), () => { extra = () => papers.hazardForm(context(), done); show(); }), button(w("refer"), () => { extra = () => papers.referForm(refer); show(); }), button(w("ask_help"), askHelp)),
      ...(visit.happened.includes("visit.help_asked") ? phrases("visit.help_asked").map((phrase) => line(phrase, visit, say)) : []),
    ];
    return { body, acts: [button(w("unsafe"), unsafe), button(w("to_sign"), () => stage("sign"), "btn--main")] };
  },

  sign() {
    const body = [papers.partsForm(context(), visit, async (part, number) => {
      visit.parts[part.code] = number;
      await keep();
    }), papers.signature(context(), visit, async (how) => {
      visit.signed = how;
      await tell("signed", { how });
      await keep();
    })];
    return { body, acts: [button(w("back_to_work"), () => stage("work")), button(w("take_leave"), takeLeave, "btn--main")] };
  },

  leave() {
    const items = begun("visit.leaving").flatMap((protocol) => asked(protocol, visit, facts()));
    const body = [box(w("before_leaving"), ticks(items, visit, report)), ...phrases("visit.leaving").map((phrase) => line(phrase, visit, say))];
    return { body, mark: items[0]?.protocol.clause, acts: [button(w("gift"), () => { extra = () => papers.giftForm(context(), done); show(); }), button(w("at_the_door"), atTheDoor, "btn--main")] };
  },

  end() {
    return { body: [...phrases("visit.at_the_door").map((phrase) => line(phrase, visit, say))], mark: phrases("visit.at_the_door")[0]?.clause,
      acts: [button(w("not_finished"), () => finish(false)), button(w("finished"), () => finish(true), "btn--main")] };
  },
};

async function setOff() {
  const bad = Object.entries(visit.failed).filter(([, off]) => off).map(([name]) => name);
  await tell("start", { announced: order.agreed.length > 0 });
  await tell("list", bad.length ? { failed: bad.join(",") } : {});
  await tell("depart");
  await keep(false);
  extra = () => box(order.place, h("p", {}, w("on_the_way")), button(w("arrived"), async () => {
    await tell("arrive", {}, "visit.arrived");
    await stage("door");
  }, "btn--main"));
  show();
}

async function gapTaken(item, value, danger) {
  const reading = gapReading();
  const over = danger !== "none";
  visit.facts[day().plan.gap.fact] = over;
  await tell("fact", { name: day().plan.gap.fact, value: over });
  await report(item, { evidence: `${value} ${reading.unit}`, what: reading.code, danger });
  if (danger === "major") {
    extra = stopNow;
    show();
  }
}

async function readingTaken(reading, value, danger) {
  visit.readings.push({ title: reading.title, unit: reading.unit, value, danger });
  await tell("reading", { what: reading.code, value, unit: reading.unit, over: danger !== "none", danger });
  if (danger === "major") extra = stopNow;
  await keep();
}

async function doorOpened() {
  await tell("door_opened", {}, "visit.door_opened");
  for (const fact of day().plan.fact) await tell("fact", { name: fact.id, value: visit.facts[fact.id] ??= fact.yes });
  await stage("greet");
}

async function entered() {
  await tell("entered", {}, "visit.entered");
  await stage("inside");
}

async function beginWork() {
  if (!visit.begunWork) await tell("first_action");
  visit.begunWork = true;
  await stage("work");
}

async function askHelp() {
  await tell("help_asked", {}, "visit.help_asked");
  await keep();
}

async function takeLeave() {
  for (const [code, amount] of Object.entries(visit.parts)) if (amount) await tell("parts", { code, amount });
  await tell("leaving", {}, "visit.leaving");
  await stage("leave");
}

async function atTheDoor() {
  await tell("at_the_door", {}, "visit.at_the_door");
  await stage("end");
}

async function finish(solved) {
  await tell("finish", { solved });
  await end(w(solved ? "finished" : "not_finished"));
}

async function refer(data) {
  await tell("refer", data);
  await end(w("referred"));
}

async function end(outcome) {
  visit.ended = true;
  visit.outcome = outcome;
  visit.endedAt = new Date().toISOString();
  await keep(false);
  go("today");
}

const done = () => { extra = null; show(); };

function nobody() {
  const atDoor = visit.stage === "door";
  return box(w("no_access"), atDoor ? h("p", { class: "mute" }, w("no_access_what")) : null,
    papers.photoButton(context(), "notice", () => {}),
    day().plan.no_access.map((reason) => button(reason.title, async () => {
      if (atDoor && reason.id !== "refused") await tell("no_answer", {}, "visit.no_answer");
      await tell("no_access", { reason: reason.id });
      await end(reason.title);
    }, "btn--wide")));
}

function stopNow() {
  return box(w("stop_title"), note("over", w("stop_now"), "alert-triangle"),
    h("ol", { class: "do" }, ["stop_1", "stop_2", "stop_3"].map((name) => h("li", {}, w(name)))),
    button(w("stopped"), unsafe, "btn--alarm"), button(w("not_dangerous"), done));
}

async function unsafe() {
  if (extra !== stopNow) {
    extra = stopNow;
    return show();
  }
  await tell("unsafe", { words: visit.readings.map((each) => `${each.title} ${each.value} ${each.unit}`).join("；") });
  return end(w("unsafe_done"));
}

const form = (make) => () => button(w(make.label), () => { extra = make.draw; show(); }, "btn--main");
const EFFECTS = {
  opens_consultation: form({ label: "open_question", draw: () => papers.matterForm("question", context(), done) }),
  opens_complaint: form({ label: "open_complaint", draw: () => papers.matterForm("complaint", context(), done) }),
  integrity_report: form({ label: "integrity_report", draw: () => papers.giftForm({ ...context(), kind: "bribe" }, done) }),
  gift_report: form({ label: "gift_report", draw: () => papers.giftForm(context(), done) }),
  counts_as_attempt: form({ label: "no_access", draw: nobody }),
};

async function customer(rule) {
  const kind = rules().customers.find((each) => each.rule === rule);
  if (!(`shown.${rule}` in visit.done)) {
    visit.done[`shown.${rule}`] = true;
    await tell("guidance", { rule, used: true });
  }
  visit.customer = rule;
  extra = () => papers.advice(kind, EFFECTS);
  await keep();
}

function show() {
  const drawn = DRAW[visit.stage]();
  const offline = state.online ? null : note("off", w("offline"), "plug-connected-x");
  const isInside = !["prepare", "door"].includes(visit.stage);
  screen({
    title: order.place || order.number, sub: order.called, mark: drawn.mark ?? "",
    back: extra ? done : () => go("today"),
    dots: { now: STAGES.indexOf(visit.stage), of: STAGES.length }, banner: offline,
    body: extra ? [extra()] : [...drawn.body, isInside ? papers.customers(visit.customer, customer) : null],
    acts: extra ? [] : drawn.acts,
  });
}

