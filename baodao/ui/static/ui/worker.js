"use strict";

/* Keeps one page that works without network, the one beside which this script is served, with the files
   it names. The page names nobody; whatever else is asked for goes to the server, and nothing of it is kept. */

const PAGE = new URL("./", self.location).pathname;
const CACHE = PAGE;
const FILE = /(?:src|href)="([^"#]+\.(?:css|js|svg|webmanifest))"/g;

const keep = async () => {
  const page = await fetch(PAGE, { redirect: "error" });
  if (!page.ok) return;
  const files = [...(await page.clone().text()).matchAll(FILE)].map(([, file]) => file);
  const cache = await caches.open(CACHE);
  const kept = new Set((await cache.keys()).map(({ url }) => new URL(url).pathname));
  await cache.addAll(files.filter((file) => !kept.has(file)));
  await cache.put(PAGE, page);
  const old = [...kept].filter((path) => path !== PAGE && !files.includes(path));
  await Promise.all(old.map((path) => cache.delete(path)));
};

self.addEventListener("install", (event) => {
  event.waitUntil(keep().then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

const page = async (request) => {
  const answer = await fetch(request).catch(() => null);
  if (answer && answer.status < 500) return answer;
  return await caches.match(PAGE) ?? answer ?? Response.error();
};

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== self.location.origin) return;
  if (request.mode === "navigate" && url.pathname === PAGE) {
    event.respondWith(page(request));
    event.waitUntil(keep().catch(() => null));
  } else if (["style", "script", "image", "manifest"].includes(request.destination)) {
    event.respondWith(caches.match(request).then((kept) => kept ?? fetch(request)));
  }
});
