// The bell: pressed for at most so long, then a ring of waiting. Lengths are measured by the running clock
// of the browser, which nobody can set.
import { button, h, s, w } from "./frame.js";

const ROUND = 2 * Math.PI * 80;

function ring(most) {
  const moving = s("circle", { class: "r-on", cx: 95, cy: 95, r: 80, "stroke-dasharray": `0 ${ROUND}` });
  const number = s("text", { x: 95, y: 108 }, "0");
  const small = s("text", { class: "l", x: 95, y: 134 }, "");
  const drawn = s("svg", { class: "ring", viewBox: "0 0 190 190", role: "img", "aria-label": w("timer") },
    s("g", { transform: "rotate(-90 95 95)" }, s("circle", { class: "r-bg", cx: 95, cy: 95, r: 80 }), moving), number, small);
  return {
    drawn,
    show(seconds, line) {
      moving.setAttribute("stroke-dasharray", `${Math.min(1, seconds / most) * ROUND} ${ROUND}`);
      number.textContent = w("seconds", { n: Math.floor(seconds) });
      small.textContent = line;
    },
  };
}

// Held down like the bell itself; let go after `most` seconds at the latest.
export function pressTimer(most, done) {
  const face = ring(most);
  let since = 0;
  let frame = 0;
  const tick = () => {
    const seconds = (performance.now() - since) / 1000;
    face.show(seconds, seconds > most ? w("let_go") : "");
    if (seconds > most) navigator.vibrate?.(60);
    frame = requestAnimationFrame(tick);
  };
  const begin = (event) => {
    if (since || (event.type === "keydown" && event.key !== " " && event.key !== "Enter")) return;
    event.preventDefault();
    since = performance.now();
    tick();
  };
  const end = (event) => {
    if (!since || (event.type === "keyup" && event.key !== " " && event.key !== "Enter")) return;
    cancelAnimationFrame(frame);
    const seconds = Math.round((performance.now() - since) / 100) / 10;
    since = 0;
    done(seconds);
  };
  face.show(0, w("at_most", { n: most }));
  return h("div", { class: "timer" }, face.drawn, h("button", {
    type: "button", class: "btn btn--main btn--hold", onpointerdown: begin, onpointerup: end, onpointercancel: end,
    onkeydown: begin, onkeyup: end, oncontextmenu: (event) => event.preventDefault(),
  }, w("hold_to_press")));
}

// Waits from `since` on (running clock); a short buzz when the least is over.
export function waitRing(least, most, since, done) {
  const face = ring(most);
  let buzzed = false;
  const tick = () => {
    if (!face.drawn.isConnected && buzzed !== null && performance.now() - since > 300) return;
    const seconds = (performance.now() - since) / 1000;
    face.show(seconds, seconds < least ? w("wait_on") : seconds <= most ? w("may_go_on") : w("waited_long"));
    if (seconds >= least && !buzzed) {
      buzzed = true;
      navigator.vibrate?.(80);
    }
    requestAnimationFrame(tick);
  };
  requestAnimationFrame(tick);
  return h("div", { class: "timer" }, face.drawn, h("p", { class: "mute" }, w("wait_between", { least, most })),
    button(w("go_on"), () => done(Math.round((performance.now() - since) / 100) / 10), "btn--main"));
}

// Counts knocks: one tap each.
export function knocks(wanted, done) {
  let count = 0;
  const number = h("b", { class: "knocks", "aria-live": "polite" }, "0");
  return h("div", { class: "timer" }, number, button(w("knock", { n: wanted }), () => {
    count += 1;
    number.textContent = String(count);
    navigator.vibrate?.(20);
    if (count === wanted) setTimeout(() => done(count), 250);
  }, "btn--main"));
}
