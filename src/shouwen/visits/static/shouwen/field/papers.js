// What is written down besides the steps: readings, hazards, photos, parts, signatures, gifts, kinds of customers.
import * as crypt from "./crypt.js";
import { pad, small } from "./draw.js";
import { box, button, choices, clause, field, h, note, w } from "./frame.js";
import { count, state, write } from "./sync.js";

const plan = () => state.day?.plan ?? {};

// How a value stands to its limits.
export function weighed(reading, value) {
  if (reading.danger_over !== null && value > reading.danger_over) return "major";
  if (reading.warn_over !== null && value > reading.warn_over) return "general";
  return "none";
}

export function readingField(reading, done) {
  const value = h("input", { type: "number", inputmode: "decimal", step: "any", min: "0", "aria-label": `${reading.title} ${reading.unit}` });
  const keep = () => {
    if (value.value === "") return value.focus();
    return done(Number(value.value), weighed(reading, Number(value.value)));
  };
  return h("div", { class: "reading" }, field(`${reading.title}（${reading.unit}）`, value),
    reading.warn_over === null ? null : h("span", { class: "mute" }, w("limit", { warn: reading.warn_over, danger: reading.danger_over ?? "—" })),
    button(w("note_down"), keep));
}

// A picture taken now; kept on the phone first, smaller than the camera made it.
export function photoButton(context, kind, kept) {
  const input = h("input", { type: "file", accept: "image/*", capture: "environment", class: "vh", "aria-label": w("photo") });
  input.addEventListener("change", async () => {
    const [file] = input.files;
    if (!file) return;
    await keepPicture(context, kind, await small(file));
    input.value = "";
    kept();
  });
  return h("label", { class: "btn photo" }, w("photo"), input);
}

export async function keepPicture(context, kind, content) {
  const about = { kind, order: context.order?.id ?? "", visit: context.visit?.id ?? "", at: new Date().toISOString() };
  await crypt.keepPhoto(crypt.uuid7(), about, content);
  await count();
}

export function hazardForm(context, done) {
  let danger = "major";
  const known = (plan().hazards ?? []).map((row) => ({ code: row.code ?? row.id, title: row.title_zh ?? row.title ?? row.name ?? row.code }));
  const what = known.length
    ? h("select", {}, known.map((each) => h("option", { value: each.code }, each.title)))
    : h("input", { type: "text", maxlength: "80" });
  const words = h("textarea", { rows: "2", maxlength: "300" });
  const grades = plan().danger?.length ? plan().danger : [{ id: "major", title: w("major") }, { id: "minor", title: w("minor") }];
  return box(w("hazard"),
    choices(w("grade"), grades.map((each) => [each.id, each.title]), danger, (value) => { danger = value; }),
    field(w("what_where"), what), field(w("more_words"), words),
    photoButton(context, "hazard", () => {}),
    note("over", w("hazard_acts"), "alert-triangle"),
    button(w("keep_hazard"), async () => {
      const code = what.value.trim() || "other";
      await write("hazard.found", { order: context.order, visit: context.visit?.id, data: { code, what: code, danger, words: words.value } });
      done();
    }, "btn--alarm"));
}

export function partsForm(context, visit, changed) {
  const parts = plan().part ?? [];
  const rows = parts.map((part) => {
    const number = visit.parts?.[part.code] ?? 0;
    return h("div", { class: "row part" }, h("span", {}, part.title), h("span", { class: "push" }), h("span", { class: "mute" }, part.fee ? w("yuan", { n: part.fee }) : w("free")),
      button("−", () => changed(part, Math.max(0, number - 1)), "btn--s"), h("b", {}, String(number)), button("+", () => changed(part, number + 1), "btn--s"));
  });
  const sum = parts.reduce((total, part) => total + part.fee * (visit.parts?.[part.code] ?? 0), 0);
  return box(w("parts_fees"), rows, h("p", { class: "row" }, w("sum"), h("span", { class: "push" }), h("b", {}, w("yuan", { n: sum }))));
}

export function signature(context, visit, signed) {
  if (visit.signed) return box(w("signature"), note("met", w("signed_already"), "check"));
  const drawn = pad();
  return box(w("signature"), h("p", { class: "mute" }, w("sign_what")), drawn.canvas,
    h("div", { class: "row" }, button(w("clear"), drawn.clear), button(w("refuses_to_sign"), () => signed("refused")),
      button(w("signed"), async () => {
        if (drawn.isEmpty()) return;
        await keepPicture(context, "signature", await drawn.jpeg());
        signed("signed");
      }, "btn--main")));
}

export function giftForm({ order = null, visit = null, kind = "gift" }, done) {
  let refused = true;
  const what = h("input", { type: "text", maxlength: "100" });
  const how = h("textarea", { rows: "3", maxlength: "300" });
  const clauses = kind === "gift" ? "gift_rule" : "bribe_rule";
  return box(w(kind === "gift" ? "gift_report" : "integrity_report"), h("p", { class: "mute" }, w(clauses)),
    field(w("gift_what"), what), field(w("gift_how"), how),
    choices(w("gift_refused"), [[true, w("refused_it")], [false, w("could_not_refuse")]], refused, (value) => { refused = value; }),
    button(w("report_gift"), async () => {
      await write(kind, { order, visit: visit?.id, data: { offered_at: new Date().toISOString(), what: what.value, circumstances: how.value, refused } });
      done();
    }, "btn--main"));
}

// The seven kinds of customers, one tap away: what to do, what to avoid, what to say, what it sets going.
export function customers(chosen, choose) {
  const kinds = state.day?.rules?.customers ?? [];
  return h("section", { class: "kinds" }, h("p", { class: "mute" }, w("which_customer")),
    choices(w("which_customer"), kinds.map((kind) => [kind.rule, kind.title]), chosen, choose));
}

export function advice(kind, acts) {
  return box("", h("div", { class: "row" }, h("h2", {}, kind.situation), h("span", { class: "push" }), clause(kind.clause)),
    kind.says.map((words) => h("p", { class: "say" }, words)),
    h("ul", { class: "do" }, kind.do.map((text) => h("li", {}, text))),
    h("ul", { class: "avoid" }, kind.avoid.map((text) => h("li", {}, text))),
    kind.effects.map((effect) => acts[effect]?.()));
}

// A matter of the customer's own: words and a telephone, kept as a case of its own.
export function matterForm(kind, { order, visit }, done) {
  const words = h("textarea", { rows: "3", maxlength: "300" });
  const phone = h("input", { type: "tel", maxlength: "20", value: order?.phone ?? "" });
  return box(w(`open_${kind}`), h("p", { class: "mute" }, w(`open_${kind}_what`)), field(w("customer_words"), words), field(w("phone"), phone),
    button(w("note_down"), async () => {
      if (!words.value.trim()) return words.focus();
      await write(kind, { order, visit: visit?.id, data: { words: words.value, phone: phone.value } });
      return done();
    }, "btn--main"));
}

export function referForm(done) {
  let reason = plan().refer?.[0];
  let to = "";
  const where = h("div", {});
  const places = () => where.replaceChildren(choices(w("where_to"), (plan().place ?? []).filter((place) => reason?.to.includes(place.id)).map((place) => [place.id, place.title]), to, (value) => { to = value; }));
  places();
  return box(w("refer"), h("p", { class: "mute" }, w("refer_what")),
    choices(w("why"), (plan().refer ?? []).map((each) => [each.id, each.title]), reason?.id, (value) => {
      reason = plan().refer.find((each) => each.id === value);
      to = "";
      places();
    }), where, button(w("told_customer"), () => done({ reason: reason?.id ?? "out_of_scope", to }), "btn--main"));
}
