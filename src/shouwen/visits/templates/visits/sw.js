"use strict";
// Keeps the shell of the app on the phone. Data goes its own way: nothing of /field/api/ is ever kept here.
const CACHE = "shouwen-field-{{ version }}";
const KEPT = {{ kept|safe }};
const SHELL = KEPT[0];

self.addEventListener("install", (event) => {
  event.waitUntil(keep().then(() => self.skipWaiting()));
});

async function keep() {
  const cache = await caches.open(CACHE);
  await Promise.all(KEPT.map(async (url) => {
    const answer = await fetch(url, { cache: "no-cache", credentials: "same-origin" });
    // A page that leads to the sign-in is no shell.
    if (!answer.ok || answer.redirected) throw new Error(`${url}: ${answer.status}`);
    await cache.put(url, answer);
  }));
}

self.addEventListener("activate", (event) => {
  event.waitUntil((async () => {
    for (const name of await caches.keys()) {
      if (name.startsWith("shouwen-field-") && name !== CACHE) await caches.delete(name);
    }
    await self.clients.claim();
  })());
});

self.addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  if (event.request.method !== "GET" || url.origin !== location.origin) return;
  if (event.request.mode === "navigate") {
    if (url.pathname === SHELL) event.respondWith(shell(event.request));
  } else if (KEPT.includes(url.pathname)) {
    event.respondWith(caches.match(url.pathname).then((kept) => kept || fetch(event.request)));
  }
});

// From the phone at once; a newer one is fetched by the next worker.
async function shell(request) {
  return (await caches.match(SHELL)) || fetch(request);
}

self.addEventListener("sync", (event) => {
  if (event.tag === "send") event.waitUntil(tell());
});

async function tell() {
  for (const client of await self.clients.matchAll()) client.postMessage("send");
}
