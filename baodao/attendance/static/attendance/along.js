/* The list taken along. Everything that is ticked stands in the phone's storage before it is seen, and
   stays there until the server says by line what became of it. */

const PAGE = location.pathname;
const FRESH = 600; // seconds
const packs = new Map(); // when this page was given the list of an offer
const part = (name) => document.querySelector(`template[data-part=${name}]`).content.cloneNode(true);
const seconds = () => Math.floor(Date.now() / 1000);
const clock = new Intl.DateTimeFormat("zh-CN", { hour: "2-digit", minute: "2-digit", hour12: false, timeZone: "Asia/Shanghai" });
const day = new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: "long", timeZone: "Asia/Shanghai" });
const instantOf = (line) => line.at - line.ahead;
const rightNow = (list) => seconds() - list.ahead;

const here = () => location.hash.slice(1); // the list that was asked for
let ended = ""; // the offer whose list went last

const words = document.getElementById("words").dataset;
const ask = asker(words);

const rollOf = (offer) => words.roll.replace(/[0-]{36}/, offer);

/* Three things stand side by side: what became of lists that are gone, what was wrong with the last tap,
   and why something still waits. */
const news = [];
const notice = { tap: "", round: "" };
const say = (source, text) => {
  notice[source] = text;
  const place = document.getElementById("notice");
  const whole = [...news, notice.tap, notice.round].filter(Boolean).join(" ");
  place.hidden = !whole;
  if (place.textContent !== whole) place.textContent = whole;
};

/* Storage: one row a list, changed in one transaction at a time. */
const database = opened("along", "lists", "offer");
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
const listOf = async (offer) => asked((await rows("readonly")).get(offer));

const open = (line) => ["waits", "sent"].includes(line.state);
const pending = (list) => list.lines.filter(open);

/* A clock that is put back while this page is open shows by the time that went by since the last look: it
   is ahead by so much less. One that is put forward looks like a phone that slept, and is left alone. */
const JUMP = 5; // seconds
const looks = new Map(); // by list: what its clock was ahead, and when that counter of time began
const began = () => Math.round((Date.now() - performance.now()) / 1000);
const noteClock = (list) => {
  looks.set(list.offer, { ahead: list.ahead, began: began() });
  return list;
};
const setClock = (list) => {
  const last = looks.get(list.offer);
  const back = last ? last.began - began() : 0;
  if (back > JUMP) list.ahead = last.ahead - back;
  return noteClock(list);
};

/* The list as the server has it now; `gone` where it is no longer the reader's to keep (`passed`), or closed. */
const packOf = async (offer) => {
  const { content, fault, status } = await ask(`${PAGE}${offer}/pack/`);
  if (content) packs.set(offer, seconds());
  return { content, fault, gone: [404, 409].includes(status), passed: status === 404 };
};
const stale = (offer) => seconds() - (packs.get(offer) ?? 0) > FRESH;
const renew = (list, { csrf: _csrf, ...pack }) => noteClock(Object.assign(list, { pack, passed: false, ahead: seconds() - pack.now }));

const take = async (offer) => {
  const { content, fault } = await packOf(offer);
  const known = await change(offer, (list) => content && renew(list, content));
  if (known || fault) return known ? "" : fault;
  if (content.now > content.bounds.closes_at) return words.over;
  await asked((await rows("readwrite")).put(renew({ offer, lines: [], batch: null }, content)));
  return "";
};

const write = async (offer, side, facts) => {
  let rule = null;
  await change(offer, (list) => {
    setClock(list);
    const line = { id: crypto.randomUUID(), side, at: seconds(), ahead: list.ahead, state: "waits", ...facts };
    rule = brokenRule({ now: instantOf(line), instant: instantOf(line), ...facts }, list.pack.bounds, list.pack.rules);
    if (!rule) list.lines.push(line);
  });
  say("tap", rule ? rule.words : "");
  await show();
  return !rule;
};

/* A batch is put together once and sent until it is answered, so that it is the same each time. */
const batchOf = (list) => {
  if (list.batch) return;
  const lines = list.lines.filter((line) => line.state === "waits").slice(0, list.pack.most);
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

/* All that waits is delivered, batch by batch. What was removed meanwhile stays removed. */
const send = async (offer) => {
  let list = await change(offer, batchOf);
  if (!list || (!list.batch && !stale(offer))) return {};
  const { content, fault, gone, passed } = await packOf(offer);
  if (passed) await change(offer, (kept) => { kept.passed = true; });
  if (fault) return { fault, gone };
  while (list?.batch) {
    const body = new FormData();
    const { id, key, lines } = list.batch;
    for (const [name, value] of Object.entries({ csrfmiddlewaretoken: content.csrf, client_id: id, key, lines })) body.append(name, value);
    const answer = await ask(`${PAGE}${offer}/deliver/`, { method: "POST", body });
    if (answer.fault) return { fault: answer.fault };
    await change(offer, (kept) => settle(kept, answer.content));
    list = await change(offer, batchOf);
  }
  await change(offer, (kept) => renew(kept, content));
  return {};
};

/* Why a list is needed here no longer; empty as long as it is. */
const endOf = (list, { fault, gone } = {}) => {
  const { bounds, title } = list.pack;
  const count = pending(list).length;
  if (rightNow(list) > bounds.expires_at) return count ? filled(words.late, { count, title }) : words.removed;
  if (count) return "";
  if (gone) return `${fault} ${words.removed}`;
  if (rightNow(list) <= bounds.closes_at || !list.lines.every((line) => line.state === "delivered")) return "";
  return list.lines.length ? words.delivered : words.over;
};

const tidy = async (offer, answer) => {
  const list = await listOf(offer);
  const end = list ? endOf(list, answer) : "";
  if (!end) return list;
  await forget(offer);
  ended = offer;
  news.push(end);
  return null;
};

/* One round: what waits is delivered, and no name stays that nobody needs here. */
let turn = null;
const round = (tapped) => {
  turn ??= (async () => {
    const faults = new Set();
    for (const { offer } of await all()) {
      await change(offer, setClock);
      if (!await tidy(offer) || !(tapped || navigator.onLine)) continue;
      const answer = await send(offer);
      const left = await tidy(offer, answer);
      if (left && pending(left).length) faults.add(answer.fault);
    }
    say("round", [...faults].join(" "));
    await show();
  })().finally(() => { turn = null; });
  return turn;
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
  button("came", !has("arrival"), () => write(list.offer, "arrival", facts));
  button("went", has("arrival") && !has("departure"), () => write(list.offer, "departure", facts));
  const last = lines.filter((line) => line.state === "waits").at(-1);
  button("undo", Boolean(last), async () => {
    await change(list.offer, (kept) => { kept.lines = kept.lines.filter((line) => line.id !== last.id || line.state !== "waits"); });
    await show();
  });
  return row.firstElementChild;
};

const refusedOf = (list, line) => {
  const item = part("refused");
  const who = list.pack.rows.find((row) => row.code === line.code) ?? line;
  item.querySelector("[data-words]").textContent = `${who.name} ${clock.format(instantOf(line) * 1000)}：${line.reason}`;
  item.querySelector("button").addEventListener("click", async () => {
    await change(list.offer, (kept) => { kept.lines = kept.lines.filter((one) => one.id !== line.id); });
    await show();
  });
  return item.firstElementChild;
};

/* How many lines are lost is asked first, and again when more of them wait by then. */
const remove = async (offer, button) => {
  const list = await listOf(offer);
  const count = list ? pending(list).length : 0;
  if (count && button.dataset.sure !== String(count)) {
    button.dataset.sure = count;
    button.textContent = filled(words.sure, { count });
    return;
  }
  await forget(offer);
  say("tap", words.removed);
  await show();
};

/* Only rows of which something changed are drawn again, so that a finger or a keyboard stays where it is. */
const redraw = (place, items) => {
  const before = new Map([...place.children].map((row) => [row.dataset.facts, row]));
  const at = [...place.children].findIndex((row) => row.contains(document.activeElement));
  const next = items.map(({ facts, make }) => {
    const row = before.get(facts) ?? make();
    row.dataset.facts = facts;
    return row;
  });
  const stay = new Set(next);
  for (const row of before.values()) if (!stay.has(row)) row.remove();
  next.forEach((row, index) => {
    if (place.children[index] !== row) place.insertBefore(row, place.children[index] ?? null);
  });
  if (at >= 0 && !place.contains(document.activeElement)) place.children[at]?.querySelector("button:not([hidden])")?.focus();
};

const nameOf = (one) => one.code ?? `${one.name} ${one.tail}`;

const draw = (card, list) => {
  const { pack, lines } = list;
  const find = (name) => card.querySelector(`[data-${name}]`);
  const waiting = pending(list).length;
  find("title").textContent = pack.title;
  find("when").textContent = [pack.when, pack.place].filter(Boolean).join(" · ");
  find("kept").textContent = filled(words.kept, { count: pack.rows.length, until: day.format(pack.bounds.expires_at * 1000) });
  find("waits").textContent = waiting ? filled(words.count, { count: waiting }) : words.none;
  find("deliver").hidden = !waiting;
  find("walk-in").hidden = !pack.bounds.adds;
  find("passed").hidden = !(list.passed && waiting);
  const { typed, named } = sheetRows(lines, (line) => clock.format(instantOf(line) * 1000).replace(/^24/, "00"));
  find("sheet").value = typed.join("\n");
  find("named").textContent = named.length ? filled(words.named, { names: named.join("；") }) : "";
  const removing = find("remove");
  if (removing.dataset.sure && removing.dataset.sure !== String(waiting)) {
    delete removing.dataset.sure;
    removing.textContent = words.remove;
  }
  const own = new Map();
  for (const line of lines) own.set(nameOf(line), [...own.get(nameOf(line)) ?? [], line]);
  const strangers = new Map(lines.filter((line) => line.name && line.state !== "refused").map((line) => [nameOf(line), line]));
  redraw(find("rows"), [...pack.rows, ...strangers.values()].map((who) => {
    const of = own.get(nameOf(who)) ?? [];
    const facts = JSON.stringify([nameOf(who), who.name, who.tail, who.waiting, of]);
    return { facts, make: () => rowOf(list, who, of) };
  }));
  const refusals = lines.filter((line) => line.state === "refused");
  find("roll").hidden = !refusals.length;
  find("roll").href = rollOf(list.offer);
  redraw(find("refusals"), refusals.map((line) => ({ facts: line.id, make: () => refusedOf(list, line) })));
};

const cardOf = ({ offer }) => {
  const card = part("list").firstElementChild;
  card.querySelector("[data-deliver]").addEventListener("click", () => round(true));
  card.querySelector("[data-remove]").addEventListener("click", (event) => remove(offer, event.target));
  const form = card.querySelector("[data-walk-in]");
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const { name, tail } = form.elements;
    const facts = { name: name.value.trim(), tail: tail.value.trim().toUpperCase() };
    if (await write(offer, "arrival", facts)) form.reset();
  });
  return card;
};

const show = async () => {
  const lists = (await all()).sort((one, other) => (other.offer === here()) - (one.offer === here()));
  redraw(document.getElementById("lists"), lists.map((list) => ({ facts: list.offer, make: () => cardOf(list) })));
  lists.forEach((list, at) => draw(document.getElementById("lists").children[at], list));
  document.getElementById("none").hidden = lists.length > 0;
  const without = ended || here();
  const roll = document.getElementById("roll");
  roll.hidden = !without || lists.some((list) => list.offer === without);
  roll.firstElementChild.href = rollOf(without);
  noteWaiting(PAGE, lists.some((list) => pending(list).length));
};

const start = async () => {
  if (!("serviceWorker" in navigator) || !window.indexedDB) return say("tap", words.unable);
  const offer = here();
  const fault = offer ? await take(offer) : "";
  say("tap", fault);
  await show();
  const worker = await navigator.serviceWorker.register(words.worker, { scope: PAGE }).catch(() => null);
  if (!worker) return say("tap", words.unable);
  await navigator.serviceWorker.ready;
  await round();
  document.getElementById("lists").dataset.ready = "yes";
};

/* Not every phone says when the network is back. */
window.addEventListener("online", () => round());
setInterval(round, 10_000);
start();
