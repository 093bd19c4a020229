/* The list taken along. Everything that is ticked stands in the phone's storage before it is seen, and
   stays there until the server says by line what became of it. */

const PAGE = location.pathname;
const WAITING = "waiting";
const part = (name) => document.querySelector(`template[data-part=${name}]`).content.cloneNode(true);
const filled = (words, facts) => words.replace(/\{(\w+)\}/g, (_whole, name) => facts[name]);
const seconds = () => Math.floor(Date.now() / 1000);
const clock = new Intl.DateTimeFormat("zh-CN", { hour: "2-digit", minute: "2-digit", hour12: false, timeZone: "Asia/Shanghai" });
const day = new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: "long", timeZone: "Asia/Shanghai" });
const instantOf = (line) => line.at - line.ahead;
const rightNow = (list) => seconds() - list.ahead;

const words = document.getElementById("words").dataset;
const say = (text) => {
  const place = document.getElementById("notice");
  place.hidden = !text;
  place.textContent = text;
};

/* Storage: one row a list, changed in one transaction at a time. */
const asked = (request) => new Promise((resolve, reject) => {
  request.onsuccess = () => resolve(request.result);
  request.onerror = () => reject(request.error);
});
const database = new Promise((resolve, reject) => {
  const opening = indexedDB.open("along", 1);
  opening.onupgradeneeded = () => opening.result.createObjectStore("lists", { keyPath: "offer" });
  opening.onsuccess = () => resolve(opening.result);
  opening.onerror = () => reject(opening.error);
});
const rows = async (mode) => (await database).transaction("lists", mode).objectStore("lists");
const all = async () => asked((await rows("readonly")).getAll());
const change = async (offer, act) => {
  const store = await rows("readwrite");
  const list = await asked(store.get(offer));
  if (!list) return null;
  const result = act(list);
  await asked(result === null ? store.delete(offer) : store.put(list));
  return list;
};
const forget = (offer) => change(offer, () => null);

const open = (line) => ["waits", "sent"].includes(line.state);
const pending = (list) => list.lines.filter(open);

/* What the server is asked, and what it means when it does not answer as it should. */
const ask = async (address, options = {}) => {
  const answer = await fetch(address, { redirect: "manual", ...options }).catch(() => null);
  if (!answer) return { fault: words.offline };
  if (answer.type === "opaqueredirect" || answer.status === 403) return { fault: words.signedOut };
  if (answer.status === 404) return { fault: words.notYours };
  const content = await answer.json().catch(() => null);
  if (!answer.ok || !content) return { fault: content?.reason ?? words.fault };
  return { content };
};

const take = async (offer) => {
  const known = (await all()).some((list) => list.offer === offer);
  const { content, fault } = await ask(`${PAGE}${offer}/pack/`);
  if (fault) return known ? "" : fault;
  await remember(content);
  return "";
};

const remember = async ({ csrf: _csrf, ...pack }) => {
  const store = await rows("readwrite");
  const before = await asked(store.get(pack.offer));
  const list = before ?? { offer: pack.offer, lines: [], batch: null };
  await asked(store.put({ ...list, pack, ahead: seconds() - pack.now }));
};

const write = async (list, side, facts) => {
  const line = { id: crypto.randomUUID(), side, at: seconds(), ahead: list.ahead, state: "waits", ...facts };
  const rule = brokenRule({ now: instantOf(line), instant: instantOf(line), ...facts }, list.pack.bounds, list.pack.rules);
  if (!rule) await change(list.offer, (kept) => kept.lines.push(line));
  say(rule ? rule.words : "");
  await show();
  return !rule;
};

/* A batch is put together once and sent until it is answered, so that it is the same each time. */
const batchOf = (list) => {
  if (list.batch) return;
  const lines = list.lines.filter((line) => line.state === "waits");
  if (!lines.length) return;
  for (const line of lines) line.state = "sent";
  const sent = lines.map(({ state: _state, ...line }) => line);
  list.batch = { id: crypto.randomUUID(), key: list.pack.key, lines: JSON.stringify(sent) };
};

const settle = (list, answer) => {
  const reasons = new Map(answer.refused.map(({ id, reason }) => [id, reason]));
  for (const line of list.lines) {
    if (line.state !== "sent") continue;
    line.state = reasons.has(line.id) ? "refused" : "delivered";
    line.reason = reasons.get(line.id);
  }
  list.batch = null;
};

const send = async (offer) => {
  const list = await change(offer, batchOf);
  if (!list?.batch) return "";
  const { content, fault } = await ask(`${PAGE}${offer}/pack/`);
  if (fault) return fault;
  const body = new FormData();
  const { id, key, lines } = list.batch;
  for (const [name, value] of Object.entries({ csrfmiddlewaretoken: content.csrf, client_id: id, key, lines })) body.append(name, value);
  const answer = await ask(`${PAGE}${offer}/deliver/`, { method: "POST", body });
  if (answer.fault) return answer.fault;
  await change(offer, (kept) => settle(kept, answer.content));
  await remember(content);
  return "";
};

let turn = Promise.resolve();
const deliver = (offer) => {
  turn = turn.then(async () => {
    const fault = await send(offer);
    const list = (await all()).find((one) => one.offer === offer);
    const over = list && rightNow(list) > list.pack.bounds.closes_at;
    const done = list && list.lines.every((line) => line.state === "delivered");
    if (!fault && over && done) {
      await forget(offer);
      say(words.delivered);
    } else say(fault);
    await show();
  });
  return turn;
};
const deliverAll = async () => {
  for (const list of await all()) if (pending(list).length) await deliver(list.offer);
};

/* What was not delivered in time is said, and its names are gone. */
const expire = async () => {
  const late = (await all()).filter((list) => rightNow(list) > list.pack.bounds.expires_at);
  for (const list of late) await forget(list.offer);
  const lost = late.filter((list) => pending(list).length);
  const told = lost.map((list) => filled(words.late, { count: pending(list).length, title: list.pack.title }));
  return told.join(" ");
};

/* The page. */
const timesOf = (list, lines) => lines.filter((line) => line.state !== "refused").map((line) => {
  const text = line.side === "arrival" ? words.came : words.went;
  return filled(text, { time: clock.format(instantOf(line) * 1000) }) + (open(line) ? ` · ${words.waits}` : "");
}).join(" · ");

const rowOf = (list, who, lines) => {
  const row = part("row");
  const has = (side) => lines.some((line) => line.side === side && line.state !== "refused");
  row.querySelector("[data-name]").textContent = who.name;
  row.querySelector("[data-tail]").textContent = who.waiting ? `${who.tail} · ${words.waiting}` : who.tail;
  row.querySelector("[data-times]").textContent = timesOf(list, lines);
  const facts = who.code ? { code: who.code } : { name: who.name, tail: who.tail };
  const button = (name, needed, act) => {
    const one = row.querySelector(`[data-${name}]`);
    one.hidden = !needed;
    one.setAttribute("aria-label", `${one.textContent} ${who.name}`);
    one.addEventListener("click", act);
  };
  button("came", !has("arrival"), () => write(list, "arrival", facts));
  button("went", has("arrival") && !has("departure"), () => write(list, "departure", facts));
  const last = lines.filter((line) => line.state === "waits").at(-1);
  button("undo", Boolean(last), async () => {
    await change(list.offer, (kept) => { kept.lines = kept.lines.filter((line) => line.id !== last.id || line.state !== "waits"); });
    await show();
  });
  return row;
};

const sameAs = (who) => (line) => (who.code ? line.code === who.code : line.name === who.name && line.tail === who.tail);

const refusedOf = (list, line) => {
  const item = part("refused");
  const who = list.pack.rows.find((row) => row.code === line.code) ?? line;
  item.querySelector("[data-words]").textContent = `${who.name} ${clock.format(instantOf(line) * 1000)}：${line.reason}`;
  item.querySelector("button").addEventListener("click", async () => {
    await change(list.offer, (kept) => { kept.lines = kept.lines.filter((one) => one.id !== line.id); });
    await show();
  });
  return item;
};

const remove = async (list, button) => {
  const waiting = pending(list).length;
  if (waiting && !button.dataset.sure) {
    button.dataset.sure = "yes";
    button.textContent = filled(words.sure, { count: waiting });
    return;
  }
  await forget(list.offer);
  say(words.removed);
  await show();
};

const cardOf = (list) => {
  const { pack } = list;
  const card = part("list");
  const find = (name) => card.querySelector(`[data-${name}]`);
  const waiting = pending(list).length;
  const walkIns = list.lines.filter((line) => line.name && line.state !== "refused");
  const strangers = new Map(walkIns.map((line) => [`${line.name} ${line.tail}`, line]));
  find("title").textContent = pack.title;
  find("when").textContent = [pack.when, pack.place].filter(Boolean).join(" · ");
  find("kept").textContent = filled(words.kept, { count: pack.rows.length, until: day.format(pack.bounds.expires_at * 1000) });
  find("waits").textContent = waiting ? filled(words.count, { count: waiting }) : words.none;
  find("deliver").hidden = !waiting;
  find("deliver").addEventListener("click", () => deliver(list.offer));
  find("remove").addEventListener("click", (event) => remove(list, event.target));
  for (const who of pack.rows) find("rows").append(rowOf(list, who, list.lines.filter(sameAs(who))));
  for (const who of strangers.values()) find("rows").append(rowOf(list, who, list.lines.filter(sameAs(who))));
  for (const line of list.lines) if (line.state === "refused") find("refusals").append(refusedOf(list, line));
  const form = find("walk-in");
  form.hidden = !pack.bounds.adds;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const { name, tail } = form.elements;
    await write(list, "arrival", { name: name.value.trim(), tail: tail.value.trim().toUpperCase() });
  });
  return card;
};

const show = async () => {
  const lists = await all();
  document.getElementById("lists").replaceChildren(...lists.map(cardOf));
  document.getElementById("none").hidden = lists.length > 0;
  const waiting = lists.some((list) => pending(list).length);
  if (waiting) localStorage.setItem(WAITING, PAGE);
  else localStorage.removeItem(WAITING);
};

const start = async () => {
  if (!("serviceWorker" in navigator) || !window.indexedDB) return say(words.unable);
  const late = await expire();
  const offer = location.hash.slice(1);
  const fault = offer ? await take(offer) : "";
  await show();
  const worker = await navigator.serviceWorker.register(words.worker, { scope: PAGE }).catch(() => null);
  if (!worker) return say(words.unable);
  await navigator.serviceWorker.ready;
  if (navigator.onLine) await deliverAll();
  if (late || fault) say([late, fault].filter(Boolean).join(" "));
  document.getElementById("lists").dataset.ready = "yes";
};

/* Not every phone says when the network is back. */
window.addEventListener("online", deliverAll);
setInterval(() => navigator.onLine && deliverAll(), 10_000);
start();
