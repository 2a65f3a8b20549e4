// What the portal keeps on a device: its styles, its font, and a page for when there is no connection. Pages themselves are
// always asked for anew; nothing personal is kept. A desk that has been opened on the device keeps its own page for that case.
/// <reference lib="webworker" />
declare const self: ServiceWorkerGlobalScope;

const shelf = "metro-1";
const offline = ["/offline", "/en/offline"];

self.addEventListener("install", (event) => {
  event.waitUntil((async () => {
    const kept = await caches.open(shelf);
    for (const page of offline) {
      const answer = await fetch(page, { credentials: "omit" });
      if (!answer.ok) continue;
      await kept.put(page, answer.clone());
      const assets = [...(await answer.text()).matchAll(/(?:href|src)="(\/_content\/Metro\.Theme\/dist\/[^"]+)"/g)].map((match) => match[1]!);
      await Promise.all(assets.map((asset) => kept.add(asset).catch(() => undefined)));
    }
    await self.skipWaiting();
  })());
});

self.addEventListener("activate", (event) => {
  event.waitUntil((async () => {
    for (const name of await caches.keys()) if (name !== shelf) await caches.delete(name);
    await self.clients.claim();
  })());
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const address = new URL(request.url);
  if (request.method !== "GET" || address.origin !== self.location.origin) return;

  if (request.mode === "navigate") {
    const language = /^\/en(\/|$)/.test(address.pathname) ? "/en" : "";
    const isCounter = /^(\/en)?\/desk(\/return|\/reading)?$/.test(address.pathname);
    event.respondWith(fetch(request).catch(async () =>
      (isCounter ? await caches.match(`${language}/desk/offline`) : undefined) ?? (await caches.match(`${language}/offline`)) ?? Response.error()));
  } else if (address.pathname.startsWith("/_content/Metro.Theme/dist/")) {
    event.respondWith(caches.match(request).then((kept) => kept ?? fetch(request)));
  }
});
