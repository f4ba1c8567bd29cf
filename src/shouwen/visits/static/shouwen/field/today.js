// The screens besides a visit: the door of the app, today, what waits to be sent, mine.
import * as crypt from "./crypt.js";
import { box, button, field, h, icon, note, screen, time, w } from "./frame.js";
import { giftForm } from "./papers.js";
import { state, sync } from "./sync.js";

const go = (name) => { location.hash = name; };
const redraw = () => window.dispatchEvent(new HashChangeEvent("hashchange"));

function pinBox(title, label, act) {
  const pin = h("input", { type: "password", inputmode: "numeric", autocomplete: "off", minlength: "4", maxlength: "12", required: true });
  const form = h("form", { class: "col", onsubmit: (event) => { event.preventDefault(); act(pin); } }, field(label, pin), h("button", { class: "btn btn--main" }, w("go_on")));
  return box(title, form);
}

// The first time, and after a wipe: a PIN is chosen, then the day is fetched.
export function setUp() {
  let first = "";
  const shown = (title, label) => screen({ title: w("app"), body: [note("run", w("pin_why"), "lock"), pinBox(title, label, async (pin) => {
    const digits = state.day?.plan.pin_digits ?? 6;
    if (!/^\d+$/.test(pin.value) || pin.value.length !== digits) {
      pin.setCustomValidity(w("pin_digits", { n: digits }));
      pin.reportValidity();
      pin.setCustomValidity("");
      return;
    }
    if (!first) {
      first = pin.value;
      shown(w("pin_again"), w("pin"));
    } else if (first !== pin.value) {
      first = "";
      shown(w("pin_differs"), w("pin"));
    } else {
      await crypt.setPin(pin.value);
      await navigator.storage?.persist?.();
      await sync();
      go("today");
      redraw();
    }
  })] });
  shown(w("pin_new"), w("pin"));
}

export function locked() {
  const most = 5;
  const shown = (words) => screen({ title: w("app"), body: [words, pinBox(w("unlock"), w("pin"), async (pin) => {
    const told = await crypt.unlock(pin.value, most);
    if (told.open) {
      state.day = await crypt.day();
      redraw();
      sync().then(redraw);
    } else if (told.left) shown(note("warn", w("pin_wrong", { n: told.left }), "lock"));
    else redraw();
  }), state.unsent ? note("run", w("unsent_safe", { n: state.unsent })) : null] });
  shown(null);
}

function banner() {
  if (state.signIn) return h("p", { class: "note note--warn" }, icon("lock"), h("a", { href: document.body.dataset.signIn }, w("sign_in_again")));
  if (!state.online) return note("off", w("offline"), "plug-connected-x");
  if (!state.day) return note("warn", w("no_package"));
  return note("met", w("package_ready", { at: time(state.day.pulled_at) }), "check");
}

export async function today() {
  const visits = await crypt.visits();
  const orders = state.day?.orders ?? [];
  const rows = orders.map((order) => {
    const mine = visits.filter((visit) => visit.order === order.id);
    const over = mine.findLast((visit) => visit.ended);
    const now = mine.find((visit) => !visit.ended);
    return h("a", { class: `visit ${now ? "visit--now" : ""} ${order.urgent ? "visit--alarm" : ""}`, href: `#visit/${order.id}` },
      h("b", { class: "t" }, order.agreed[0] || order.planned || "—"),
      h("span", {}, h("b", {}, order.place || order.number), ` ${order.called}`, h("br"), h("span", { class: "mute" }, line(order, over)),
        order.care ? h("span", { class: "tag tag--care" }, icon("heart-handshake"), order.care) : null),
      order.urgent ? h("span", { class: "tag tag--over" }, order.kind_title) : order.agreed.length ? null : h("span", { class: "tag" }, w("not_agreed")));
  });
  const next = orders.find((order) => !visits.some((visit) => visit.order === order.id && visit.ended));
  screen({
    title: w("today_n", { n: orders.length }), banner: banner(), tab: "today", unsent: state.unsent,
    body: rows.length ? [h("section", { class: "box list", "aria-label": w("visits_today") }, rows)] : [note("run", w("nothing_today"))],
    acts: [button(w("refresh"), async () => { await sync(); redraw(); }), next ? h("a", { class: "btn btn--main", href: `#visit/${next.id}` }, w("go_to", { place: next.place.split(" ").pop() || next.number })) : null].filter(Boolean),
  });
}

function line(order, over) {
  if (over) return w("was_there", { outcome: over.outcome, at: time(over.endedAt) });
  if (order.agreed.length) return w("agreed", { from: order.agreed[0], until: order.agreed[1] });
  return order.kind_title;
}

const WEIGHT = { "hazard.found": 0, unsafe: 0 };

export async function send() {
  const rows = [...state.waiting].sort((a, b) => (WEIGHT[a.kind] ?? 1) - (WEIGHT[b.kind] ?? 1));
  const trouble = await crypt.meta("trouble", []);
  const old = rows.find((event) => Date.now() - Date.parse(event.at) > 24 * 3600 * 1000);
  screen({
    title: w("to_send", { n: state.unsent }), tab: "send", unsent: state.unsent, banner: banner(),
    body: [
      old ? note("warn", w("older_than_a_day"), "alert-triangle") : null,
      rows.length ? h("section", { class: "box list", "aria-label": w("queue") }, rows.slice(0, 100).map((event) => h("div", { class: "visit" },
        h("b", { class: "t" }, time(event.at)), h("span", {}, w(`kind_${event.kind}`), " ", h("span", { class: "mute" }, place(event.order))))) ) : note("met", w("all_sent"), "check"),
      state.photos ? note("run", w("photos_wait", { n: state.photos })) : null,
      ...troubles(trouble),
      note("run", w("kept_on_phone", { n: state.unsent }), "lock"),
    ],
    acts: [button(w("try_again"), async () => { await sync({ anyway: true }); redraw(); }, "btn--main")],
  });
}

// Of each visit that does not go with the office: one line, however many reports it has.
function troubles(trouble) {
  const seen = new Map(trouble.map((each) => [`${each.order} ${each.reason}`, each]));
  return [...seen.values()].map((each) => note("warn", w("trouble", { place: place(each.order), why: w(`trouble_${each.reason}`) }), "git-merge"));
}

function place(id) {
  const order = state.day?.orders.find((each) => each.id === id);
  return order?.place ?? "";
}

export function mine() {
  const staff = state.day?.staff ?? { name: "", no: "" };
  screen({
    title: w("tab_mine"), tab: "mine", unsent: state.unsent, banner: banner(),
    body: [
      box(`${staff.name} ${staff.no}`, h("p", { class: "mute" }, w("last_contact", { at: state.lastAt ? time(state.lastAt) : "—" })), h("p", { class: "mute" }, w("lives", { n: state.day?.lives_hours ?? 72 }))),
      box(w("gifts"), button(w("gift_report"), () => gift(), "btn--wide"), h("a", { class: "btn btn--wide", href: document.body.dataset.gifts }, w("my_gifts"))),
      box(w("this_phone"), button(w("lock_now"), () => { crypt.lock(); state.day = null; redraw(); }, "btn--wide"),
        state.unsent ? note("warn", w("send_first", { n: state.unsent })) : button(w("wipe_now"), async () => { await crypt.wipe(); await crypt.forgetVisits((await crypt.visits()).map((visit) => visit.id)); state.day = null; redraw(); }, "btn--wide")),
    ],
  });
}

function gift() {
  screen({ title: w("gift_report"), back: redraw, writes: true, body: [giftForm({}, redraw)] });
}

