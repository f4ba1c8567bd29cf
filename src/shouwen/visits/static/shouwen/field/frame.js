// Building blocks of the app: elements without markup from text, words, icons, the frame of a screen.

export const W = JSON.parse(document.getElementById("words").textContent);
const SVG = "http://www.w3.org/2000/svg";
const root = document.getElementById("app");

// The word for a key; what is not known is shown as it is. `{name}` is filled from `values`.
export function w(key, values = {}) {
  return (W[key] ?? key).replace(/\{(\w+)\}/g, (all, name) => values[name] ?? all);
}

// An element: attributes, `on…` listeners, children (nothing for null or false).
export function h(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  return furnished(made, attributes, children);
}

export function s(tag, attributes = {}, ...children) {
  return furnished(document.createElementNS(SVG, tag), attributes, children);
}

function furnished(made, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else if (value === true) made.setAttribute(name, "");
    else if (value !== false && value !== null && value !== undefined) made.setAttribute(name, value);
  }
  made.append(...children.flat().filter((child) => child !== null && child !== false && child !== undefined));
  return made;
}

export function icon(name) {
  return s("svg", { class: "ic", "aria-hidden": "true", viewBox: "0 0 24 24" }, s("use", { href: `${document.body.dataset.icons}#i-${name}` }));
}

export function clause(number) {
  return h("span", { class: "clause" }, h("i", {}, w("clause")), h("b", {}, number));
}

export function note(kind, text, name = "info-circle") {
  return h("p", { class: `note note--${kind}` }, icon(name), h("span", {}, text));
}

export function box(title, ...children) {
  return h("section", { class: "box" }, title ? h("h2", {}, title) : null, ...children);
}

export function button(text, onclick, look = "") {
  return h("button", { type: "button", class: `btn ${look}`, onclick }, text);
}

// One choice of several, as buttons that stay pressed.
export function choices(label, options, chosen, choose) {
  const group = h("div", { class: "chips", role: "group", "aria-label": label });
  const draw = (now) => group.replaceChildren(...options.map(([value, text]) => h("button", {
    type: "button", "aria-pressed": String(value === now), onclick: () => { draw(value); choose(value); },
  }, text)));
  draw(chosen);
  return group;
}

export function field(label, control) {
  control.classList.add("inp");
  return h("label", { class: "field" }, h("span", {}, label), control);
}

const TABS = [["today", "clipboard-list"], ["send", "send"], ["mine", "user-check"]];

// Draws a screen: head with back and clause, banner, body, buttons for the thumb, navigation.
export function screen({ title, sub = "", back = null, mark = "", dots = null, banner = null, body, acts = [], tab = "", unsent = 0, writes = false }) {
  const head = h("header", { class: "top" },
    back ? h("button", { type: "button", class: "back", "aria-label": w("back"), onclick: back }, icon("arrow-back-up")) : null,
    h("h1", {}, title), sub ? h("span", { class: "mute" }, sub) : null, h("span", { class: "push" }), mark ? clause(mark) : null);
  const steps = dots ? h("div", { class: "dots", role: "img", "aria-label": w("step_of", { n: dots.now + 1, of: dots.of }) },
    Array.from({ length: dots.of }, (_, n) => h("i", { class: n < dots.now ? "on" : n === dots.now ? "cur" : "" }))) : null;
  const bar = tab ? h("nav", { class: "tabs", "aria-label": w("navigation") }, TABS.map(([name, shape]) => h("a", {
    href: `#${name}`, "aria-current": name === tab ? "page" : null,
  }, icon(shape), w(`tab_${name}`), name === "send" && unsent ? h("b", { class: "count" }, String(unsent)) : null))) : null;
  const drawn = h("div", { class: "screen", "data-writes": writes }, head, steps, banner,
    h("main", { class: "body", id: "main" }, body), acts.length ? h("div", { class: "acts" }, acts) : null, bar);
  root.replaceChildren(drawn);
  return drawn;
}

export function time(iso) {
  return new Date(iso).toLocaleTimeString("zh-CN", { hour: "2-digit", minute: "2-digit", hour12: false });
}
