"use strict";

/* What makes pages quicker; every page works without it. */

/* Inside the form, or in a table that only names it. */
const boxesOf = (form) => [...(document.getElementById(form)?.elements ?? [])].filter(
  (box) => box.matches("input[type=checkbox][name=ids]"),
);

const countTicked = () => {
  for (const place of document.querySelectorAll("[data-count-of]")) {
    const form = place.dataset.countOf;
    const all = document.querySelector(`[data-all-of="${CSS.escape(form)}"]:checked`);
    const ticked = [...boxesOf(form)].filter((box) => box.checked).length;
    const over = ticked > Number(place.dataset.most || Infinity) ? place.dataset.over : "";
    place.textContent = `\u00a0(${all ? all.dataset.count : ticked}${over})`;
    const button = place.closest(".btn-primary, [data-red]");
    if (!button) continue;
    button.dataset.red = "";
    button.classList.toggle("btn-primary", Boolean(all || ticked));
  }
};

document.addEventListener("change", (event) => {
  const all = event.target.closest("[data-check-all]");
  if (all) {
    for (const box of boxesOf(all.dataset.checkAll)) box.checked = all.checked;
  }
  const group = event.target.closest("[data-check-within]");
  if (group) {
    const boxes = group.closest("fieldset").querySelectorAll("input[type=checkbox]");
    for (const box of boxes) box.checked = group.checked;
  }
  settleGroups(event.target.closest("fieldset"));
  countTicked();
});

/* What ticks a whole group is ticked while the whole group is. */
const settleGroups = (group) => {
  if (!group) return;
  const all = group.querySelector("[data-check-within]");
  const boxes = group.querySelectorAll("input[type=checkbox]:not([data-check-within])");
  if (all) all.checked = [...boxes].every((box) => box.checked);
  settleGroups(group.parentElement.closest("fieldset"));
};

/* What is written for all of them ticks, once, whom the page had left out; nobody who was unticked. */
document.addEventListener("input", (event) => {
  const forAll = event.target.closest("[data-for-all]");
  if (!forAll || !event.target.value || forAll.dataset.ticked) return;
  forAll.dataset.ticked = "yes";
  for (const box of boxesOf(forAll.dataset.forAll)) if (!box.defaultChecked) box.checked = true;
  countTicked();
});

/* A field that was wrong is not framed any more once it is written anew; whoever looks at it again
   says what still is. */
document.addEventListener("input", ({ target }) => {
  if (!target.classList.contains("is-invalid")) return;
  target.classList.remove("is-invalid");
  target.removeAttribute("aria-invalid");
  document.getElementById(`${target.id}_error`)?.remove();
});

/* Words that are longer than their place say so as they are typed or pasted: nothing of them is cut. */
document.addEventListener("input", ({ target }) => {
  if (!target.dataset?.most) return;
  const over = [...target.value.trim()].length - Number(target.dataset.most);
  let told = target.parentElement.querySelector(":scope > [data-over]");
  if (over <= 0) return told?.remove();
  if (!told) {
    told = document.createElement("div");
    Object.assign(told, { className: "field-error", role: "status" }).dataset.over = "";
    target.after(told);
  }
  const facts = { over, most: target.dataset.most };
  told.textContent = document.getElementById("said").dataset.over.replace(/\{(\w+)\}/g, (_whole, name) => facts[name]);
});

/* On a phone the menu, and the row of pages of one kind, is one line that scrolls: where one is
   stands in its middle. */
const centreMenu = () => {
  for (const here of document.querySelectorAll(":is(.side-menu, .family) [aria-current]")) {
    const menu = here.closest(".side-menu, .family");
    const [at, frame] = [here.getBoundingClientRect(), menu.getBoundingClientRect()];
    menu.scrollLeft += at.left - frame.left - (frame.width - at.width) / 2;
  }
};

/* On a phone the filters of a list are folded; how many of them narrow it stands on their line. */
if (matchMedia("(max-width: 47.9375em)").matches) {
  for (const filters of document.querySelectorAll("[data-fold]")) filters.open = false;
}

document.addEventListener("DOMContentLoaded", countTicked);
document.addEventListener("DOMContentLoaded", centreMenu);
document.addEventListener("htmx:afterSwap", countTicked);

/* What is asked for in passing is a part of a page. A whole page in its place is the end of a job, or
   the way to it; a fault of the server is none, and is asked again. */
document.addEventListener("htmx:beforeSwap", (event) => {
  const { xhr, target } = event.detail;
  if (!/^\s*<!doctype/i.test(xhr.responseText) || target.matches(".naming, .below")) return;
  event.detail.shouldSwap = false;
  if (target.matches("[data-job]") && xhr.status < 500) location.replace(xhr.responseURL);
});

/* Where one worked, after a part of the page was put anew: the focus is there or where its answer is,
   and what the part says of itself is said by a place that stays. */
let inside = false;
document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  inside = detail.target.contains(document.activeElement);
});
document.addEventListener("htmx:afterSettle", ({ detail }) => {
  const part = document.getElementById(detail.target.id);
  const words = part?.querySelector("[data-said]")?.textContent.trim() ?? "";
  const place = document.getElementById("said");
  if (place.textContent !== words) place.textContent = words;
  if (inside && document.activeElement === document.body) lead(part?.querySelector("a[href], button, input"));
});

/* A page that is the answer to what one did on the one before: the keys begin at what it says of that,
   at the first fault of its form, or at the list that is longer or shorter now. */
const lead = (place) => {
  if (!place) return;
  if (place.tabIndex < 0) place.tabIndex = -1;
  place.focus();
};
const resultHere = () => {
  const before = document.referrer ? new URL(document.referrer) : null;
  if (before?.origin !== location.origin || before.pathname !== location.pathname) return null;
  const list = before.search === location.search ? null : document.querySelector(".list-count");
  return list ?? document.querySelector("h1");
};

document.addEventListener("DOMContentLoaded", () => {
  const [way] = performance.getEntriesByType("navigation");
  if (way.type !== "navigate" || location.hash || document.activeElement !== document.body) return;
  lead(document.querySelector("main > [role=status]")
    ?? document.querySelector("main form :is(.alert-danger, [aria-invalid=true], .field-error)")
    ?? resultHere());
});

/* A row named in words: what is chosen in the list below stands in the field; an arrow leads there. */
const fieldOf = (list) => document.querySelector(`[data-rows="${CSS.escape(list.id)}"]`);

document.addEventListener("change", ({ target }) => {
  const list = target.closest(".naming");
  if (!list) return;
  fieldOf(list).value = list.querySelector("[type=hidden]").value = target.value;
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "ArrowDown" || !event.target.dataset?.rows) return;
  const first = document.querySelector(`#${CSS.escape(event.target.dataset.rows)} [type=radio]`);
  if (!first) return;
  event.preventDefault();
  first.focus();
  first.click();
});

/* Typed words. A field with an address of its own is saved on leaving it, its state beside it; words
   that are neither saved nor sent are asked about before the page is left. */
const unsaved = new Set();
const isWords = (field) => field.form?.method === "post" && "defaultValue" in field
  && !["checkbox", "radio", "hidden", "password", "file"].includes(field.type);

/* In a form that is filled in for long (data-whole), ticks and choices are asked about like words. */
const isKept = (field) => isWords(field) || (field.form?.dataset.whole !== undefined && field.type !== "hidden");
const isChanged = (field) => field.options
  ? [...field.options].some((one) => one.selected !== one.defaultSelected)
  : field.checked !== field.defaultChecked || (isWords(field) && field.value !== field.defaultValue);
const stateOf = (field) => field.parentElement.querySelector("[data-state]");
const tell = (field, ...words) => {
  const state = stateOf(field);
  state.replaceChildren(...state.querySelectorAll("input"), ...words);
};

/* What came back with an error was typed and is kept nowhere, though it stands in the field. */
for (const fault of document.querySelectorAll("form [aria-invalid=true], form .alert-danger")) {
  for (const field of fault.closest("form").elements) {
    if (isWords(field) && field.type !== "submit" && field.value.trim()) unsaved.add(field);
  }
}

/* A page that answers a form is kept nowhere: going back to it opens the form's own address instead. */
if (document.querySelector("[data-answered]")) history.replaceState(history.state, "", location.href);

/* What was typed before and is shown again, unlike what is kept. */
const shownOf = (field) => field.parentElement.querySelector("[name^=before-]")?.value ?? field.defaultValue;
for (const field of document.querySelectorAll("[data-save]")) {
  const typed = field.value;
  field.defaultValue = shownOf(field);
  field.value = typed;
  if (field.value !== field.defaultValue) unsaved.add(field);
}

const sent = (field) => {
  const body = new FormData();
  for (const one of [field.form.elements.csrfmiddlewaretoken, ...field.parentElement.querySelectorAll("input, textarea")]) {
    body.append(one.name, one.value);
  }
  return fetch(field.dataset.save, { method: "POST", body, keepalive: true, redirect: "manual" }).catch(() => null);
};

/* The page's forms in the session that the reader began in another window. */
const rejoin = async () => {
  const reader = document.querySelector("meta[name=reader]").content;
  const text = await fetch(location.href, { redirect: "manual" }).then((page) => page.text()).catch(() => "");
  const page = new DOMParser().parseFromString(text, "text/html");
  const token = page.querySelector("[name=csrfmiddlewaretoken]")?.value;
  if (!token || page.querySelector("meta[name=reader]")?.content !== reader) return false;
  for (const field of document.querySelectorAll("[name=csrfmiddlewaretoken]")) field.value = token;
  return true;
};

const saving = new Set();
const save = async (field) => {
  const value = field.value;
  unsaved.delete(field);
  let answer = await sent(field);
  const out = (one) => one && (one.type === "opaqueredirect" || one.status === 403);
  if (out(answer) && await rejoin()) answer = await sent(field);
  const words = answer && [200, 422].includes(answer.status);
  if (words) stateOf(field).innerHTML = await answer.text();
  else tell(field, document.getElementById(out(answer) ? "signed-out" : "not-saved").content.cloneNode(true));
  if (words && answer.ok) field.defaultValue = value;
  if (field.value !== field.defaultValue) unsaved.add(field);
};

/* Saved when the field is left; a long text also when its writer thinks for a while. */
const PAUSE = 5000;
const keep = ({ target }) => {
  clearTimeout(target.pause);
  if (!target.dataset?.save || !unsaved.has(target)) return;
  const turn = (target.saving ?? Promise.resolve()).then(() => save(target));
  target.saving = turn;
  saving.add(turn);
  turn.finally(() => saving.delete(turn));
};
document.addEventListener("focusout", keep);

document.addEventListener("input", ({ target }) => {
  if (!isKept(target)) return;
  if (isChanged(target)) unsaved.add(target);
  else unsaved.delete(target);
  if (!target.dataset.save) return;
  tell(target);
  clearTimeout(target.pause);
  if (target.tagName === "TEXTAREA") target.pause = setTimeout(keep, PAUSE, { target });
});

/* A link or button pressed right after the last word waits until that is saved, or is said not to be. */
document.addEventListener("submit", async (event) => {
  if (!saving.size) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  await Promise.allSettled(saving);
  event.target.requestSubmit(event.submitter);
});
document.addEventListener("click", async (event) => {
  const link = event.target.closest("a[href]:not([target])");
  if (!saving.size || !link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  await Promise.allSettled(saving);
  location.assign(link.href);
});

/* Sent, or given up with a button of the form that leads away; the name in a row is none. */
const settle = (form) => {
  for (const field of unsaved) if (field.form === form) unsaved.delete(field);
};
document.addEventListener("submit", (event) => settle(event.target));
document.addEventListener("click", (event) => {
  const link = event.target.closest("form a.btn[href]");
  if (link) settle(link.closest("form"));
});

/* What this browser still has to deliver would be gone with its storage: the page is opened that says so. */
document.addEventListener("submit", (event) => {
  const kept = event.target.matches("form[action$='/sign-out/']") ? Object.keys(localStorage) : [];
  const waiting = kept.find((name) => name.startsWith("waiting:"));
  if (!waiting) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  location.assign(localStorage.getItem(waiting));
});

window.addEventListener("beforeunload", (event) => {
  if (unsaved.size) event.preventDefault();
});

document.addEventListener("submit", (event) => {
  const pressed = event.submitter;
  if (event.target.method === "post" && pressed) {
    setTimeout(() => pressed.setAttribute("aria-disabled", "true"), 0);
  }
});

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-print]")) window.print();
  for (const open of document.querySelectorAll("details.who[open]")) {
    if (!open.contains(event.target)) open.open = false;
  }
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const open of document.querySelectorAll("details.who[open]")) {
    open.open = false;
    open.querySelector("summary").focus();
  }
});

document.addEventListener("DOMContentLoaded", () => {
  for (const form of document.querySelectorAll("[data-undo]")) {
    setTimeout(() => {
      const said = form.closest("[role=status]");
      if (form.contains(document.activeElement)) lead(said);
      form.remove();
    }, 60_000);
  }
});

/* Searching by keys: / leads to the field, arrows to and through what was found, Esc back to it. */
const searchField = () => document.getElementById("search-q") ?? document.getElementById("top-search");

document.addEventListener("keydown", (event) => {
  const { key, target } = event;
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (key === "/" && !target.closest("input, textarea, select, [contenteditable]")) {
    const field = searchField();
    if (!field) return;
    event.preventDefault();
    field.focus();
    field.select();
    return;
  }
  const hits = [...document.querySelectorAll("a.hit")];
  const at = target === searchField() ? -1 : hits.indexOf(target);
  if (!hits.length || (at < 0 && target !== searchField())) return;
  const next = { ArrowDown: hits[at + 1], ArrowUp: at > 0 ? hits[at - 1] : searchField(), Escape: searchField() }[key];
  if (!next) return;
  event.preventDefault();
  next.focus();
});

/* In a list: arrows lead from its search field, or from where no place to act has the focus, to the
   first row in sight, and from a row to the same link or box of the next. */
const isIdle = (place) => place === document.body || place.matches("main, h1, .list-count, main > [role=status]");
const stopsOf = (row) => row ? [...row.querySelectorAll("a[href], button, input[type=checkbox]")] : [];

document.addEventListener("keydown", (event) => {
  const { key, target } = event;
  const step = { ArrowDown: 1, ArrowUp: -1 }[key];
  if (!step || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
  const rows = [...document.querySelectorAll(".listing tbody tr")].filter((row) => stopsOf(row).length);
  const at = rows.findIndex((row) => row.contains(target));
  const place = at < 0 ? 0 : stopsOf(rows[at]).indexOf(target);
  const idle = at < 0 && step > 0 && isIdle(target);
  if (place < 0 || (at < 0 && target.id !== "list-q" && !idle)) return;
  const before = idle ? rows.findIndex((row) => row.getBoundingClientRect().top >= 0) - 1 : at;
  const stops = stopsOf(rows[before + step]);
  const next = stops[place] ?? stops[0] ?? (at === 0 && step < 0 ? document.getElementById("list-q") : null);
  if (!next) return;
  event.preventDefault();
  next.focus();
});

/* Enter at the box of a row opens the row: it never presses the button that is for all ticked rows. */
document.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !event.target.matches("input[type=checkbox][name=ids]")) return;
  event.preventDefault();
  event.target.closest("tr, li")?.querySelector("a[href]:not(.btn)")?.click();
});
