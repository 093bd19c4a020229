"use strict";

/* What the pages share that work without network: the phone's storage, and how the server is asked. */

const filled = (words, facts) => words.replace(/\{(\w+)\}/g, (_whole, name) => facts[name]);

const asked = (request) => new Promise((resolve, reject) => {
  request.onsuccess = () => resolve(request.result);
  request.onerror = () => reject(request.error);
});

const opened = (name, store, keyPath) => new Promise((resolve, reject) => {
  const opening = indexedDB.open(name, 1);
  opening.onupgradeneeded = () => opening.result.createObjectStore(store, { keyPath });
  opening.onsuccess = () => resolve(opening.result);
  opening.onerror = () => reject(opening.error);
});

/* What the server is asked, and in the words of a page what it means when it does not answer as it should. */
const asker = (words) => async (address, options = {}) => {
  const answer = await fetch(address, { redirect: "manual", ...options }).catch(() => null);
  if (!answer) return { fault: words.offline };
  if (answer.type === "opaqueredirect" || answer.status === 403) return { fault: words.signedOut };
  if (answer.status === 404) return { fault: words.notYours, status: 404 };
  const content = await answer.json().catch(() => null);
  if (!answer.ok || !content) return { fault: content?.reason ?? words.fault, status: answer.status };
  return { content };
};

/* Whether something on a page waits to be delivered: signing out would remove it. */
const noteWaiting = (page, waiting) => {
  if (waiting) localStorage.setItem(`waiting:${page}`, page);
  else localStorage.removeItem(`waiting:${page}`);
};
