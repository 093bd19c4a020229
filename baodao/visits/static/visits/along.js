/* Visits written without network. What is written stands in the phone's storage before it is seen as
   kept, and stays there until the server says that it has it. */

const PAGE = location.pathname;
const FIELDS = ["seen", "heard", "explained", "done"];
const place = (name) => document.getElementById(name);
const words = place("words").dataset;
const ask = asker(words);
const form = place("visit");
const day = new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: "long", timeZone: "Asia/Shanghai" });
const today = () => new Intl.DateTimeFormat("sv-SE", { timeZone: "Asia/Shanghai" }).format(new Date());

const say = (text) => {
  place("notice").hidden = !text;
  place("notice").textContent = text;
};

/* Storage: one row a visit by its id, and one, `pack`, with what the reader is the contact of. */
const database = opened("visits", "rows", "id");
const rows = async (mode) => (await database).transaction("rows", mode).objectStore("rows");
const put = async (row) => asked((await rows("readwrite")).put(row));
const drop = async (id) => asked((await rows("readwrite")).delete(id));
const visitOf = async (id) => asked((await rows("readonly")).get(id));
const packOf = async () => asked((await rows("readonly")).get("pack"));
const visits = async () => {
  const all = await asked((await rows("readonly")).getAll());
  return all.filter(({ id }) => id !== "pack").sort((one, other) => other.at - one.at);
};

/* The rules are those of the server, which the pack brings along; today is left to this phone. */
const brokenBy = (visit, { rules, contacts }) => {
  const contact = contacts.find(({ id }) => id === visit.contact);
  const lengths = FIELDS.map((name) => visit[name].trim().length);
  const facts = { on: visit.on, length: lengths.reduce((sum, one) => sum + one, 0), longest: Math.max(...lengths) };
  return brokenRule(facts, { ...contact.bounds, today: today() }, rules);
};

const renew = async () => {
  const { content, fault, status } = await ask(`${PAGE}pack/`);
  if (content) await put({ ...content, csrf: undefined, id: "pack" });
  if (status === 404) await drop("pack");
  return { csrf: content?.csrf, fault };
};

/* One round: what waits is delivered, each visit by itself, so that one that is refused holds up no other. */
let turn = null;
const round = (tapped) => {
  turn ??= (async () => {
    const waiting = (await visits()).filter(({ state }) => state === "waits" || (tapped && state === "refused"));
    if (!waiting.length || !(tapped || navigator.onLine)) return;
    const { csrf, fault } = await renew();
    let trouble = fault ?? "";
    for (const visit of csrf ? waiting : []) {
      const { id, contact, on, owner } = visit;
      const sent = JSON.stringify({ id, contact, on, ...Object.fromEntries(FIELDS.map((name) => [name, visit[name]])) });
      const body = new FormData();
      for (const [name, value] of Object.entries({ csrfmiddlewaretoken: csrf, client_id: id, owner, visit: sent })) body.append(name, value);
      const answer = await ask(`${PAGE}deliver/`, { method: "POST", body });
      if (answer.content) await put({ ...visit, state: "delivered", url: answer.content.url, reason: "" });
      else if ([404, 409, 422].includes(answer.status)) await put({ ...visit, state: "refused", reason: answer.fault });
      else trouble = answer.fault;
    }
    say(trouble);
    await show();
  })().finally(() => { turn = null; });
  return turn;
};

const lineOf = (visit, contacts) => {
  const line = document.querySelector("template[data-part=line]").content.cloneNode(true);
  const find = (name) => line.querySelector(`[data-${name}]`);
  const delivered = visit.state === "delivered";
  const contact = contacts.find(({ id }) => id === visit.contact);
  find("when").textContent = `${day.format(new Date(`${visit.on}T12:00:00+08:00`))} · ${contact?.words ?? ""}`;
  find("state").textContent = words[visit.state] ?? words.waits;
  find("text").textContent = [...FIELDS.map((name) => visit[name]).filter(Boolean), visit.reason].filter(Boolean).join(" · ");
  find("open").hidden = !delivered;
  if (delivered) find("open").href = visit.url;
  find("edit").hidden = delivered || visit.state === "changing";
  find("edit").addEventListener("click", () => change(visit.id));
  find("remove").hidden = delivered;
  find("remove").addEventListener("click", async ({ target }) => {
    if (!target.dataset.sure) {
      target.dataset.sure = "yes";
      target.textContent = words.sure;
      return;
    }
    await takeOut(visit);
  });
  return line;
};

/* A visit that is changed stays on the phone as it was until it is written down anew, and is not
   delivered meanwhile. One at a time, and none that a round under way has just delivered. */
const change = async (id) => {
  await turn;
  await settle();
  const visit = await visitOf(id);
  if (visit && visit.state !== "delivered") {
    await put({ ...visit, state: "changing" });
    for (const name of ["contact", "on", ...FIELDS]) form.elements[name].value = visit[name];
    keptAt = -Infinity;
    say("");
    form.elements.seen.focus();
  }
  await show();
};

/* What was being changed waits again, with the words that it had. */
const settle = async () => {
  for (const visit of await visits()) if (visit.state === "changing") await put({ ...visit, state: "waits" });
};

/* What is on the phone no more is not said to be; what is written next is another visit. */
const takeOut = async ({ id }) => {
  await drop(id);
  keptAt = -Infinity;
  say("");
  await show();
};

const show = async () => {
  const [pack, written] = [await packOf(), await visits()];
  const contacts = pack?.contacts ?? [];
  form.hidden = !contacts.length;
  place("none").hidden = contacts.length > 0;
  const chosen = form.elements.contact.value;
  form.elements.contact.replaceChildren(...contacts.map(({ id, words: name, kind }) => new Option(`${name}（${kind}）`, id)));
  if (contacts.some(({ id }) => id === chosen)) form.elements.contact.value = chosen;
  place("kept").hidden = !written.length;
  place("lines").replaceChildren(...written.map((visit) => lineOf(visit, contacts)));
  const waiting = written.some(({ state }) => state !== "delivered");
  place("delivery").hidden = !waiting;
  noteWaiting(PAGE, waiting);
};

const refuse = (text) => {
  place("fault").hidden = !text;
  place("fault").textContent = text;
};

/* A second tap on the button is the same visit; so is one that comes just after it was kept. */
let keeping = false;
let keptAt = -Infinity;
const SAME_TAP = 700; // milliseconds

const keep = async () => {
  const pack = await packOf();
  const typed = Object.fromEntries(["contact", "on", ...FIELDS].map((name) => [name, form.elements[name].value]));
  const rule = brokenBy(typed, pack);
  refuse(rule ? rule.words : "");
  if (rule) return;
  const changed = (await visits()).filter(({ state }) => state === "changing");
  await put({ ...typed, id: crypto.randomUUID(), owner: pack.owner, at: Date.now(), state: "waits", reason: "" });
  for (const { id } of changed) await drop(id);
  for (const name of FIELDS) form.elements[name].value = "";
  keptAt = performance.now();
  say(words.saved);
  await show();
};
form.addEventListener("submit", async (event) => {
  event.preventDefault();
  if (keeping || performance.now() - keptAt < SAME_TAP) return;
  keeping = true;
  await keep().finally(() => { keeping = false; });
  await round();
});
place("deliver").addEventListener("click", () => round(true));

const start = async () => {
  if (!("serviceWorker" in navigator) || !window.indexedDB) return say(words.unable);
  for (const { id, state } of await visits()) if (state === "delivered") await drop(id);
  await settle();
  form.elements.on.value = today();
  const { fault } = await renew();
  say(fault ?? "");
  await show();
  const worker = await navigator.serviceWorker.register(words.worker, { scope: PAGE }).catch(() => null);
  if (!worker) return say(words.unable);
  await navigator.serviceWorker.ready;
  await round();
  place("kept").dataset.ready = "yes";
};

/* Not every phone says when the network is back. */
window.addEventListener("online", () => round());
setInterval(round, 10_000);
start();
