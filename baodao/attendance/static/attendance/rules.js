"use strict";

/* The rules of lines, which the list brings along as data; `attendance/rules/lines.py` reads the same. */

const broken = {
  above: (value, bound) => value > bound,
  below: (value, bound) => value < bound,
  inside: (value, bound) => bound.includes(value),
  outside: (value, bound) => !bound.includes(value),
  unlike: (value, bound) => !new RegExp(`^(?:${bound})$`, "u").test(value),
  without: (_value, bound) => !bound,
};

/* The first rule that a line breaks; undefined for a line that is taken. */
const brokenRule = (facts, bounds, rules) => rules.find(({ field, relation, bound }) => {
  const value = facts[field] ?? null;
  return value !== null && broken[relation](value, bounds[bound]);
});

/* Whoever has a line that is not delivered, in a row with all their times, as the sheet of a list is typed in:
   by their code (`typed`), or by the name of who came without one (`named`). */
const sheetRows = (lines, hourOf) => {
  const rows = new Map();
  for (const line of lines.filter(({ state }) => state !== "refused")) {
    const who = line.code ?? `${line.name} ${line.tail}`;
    rows.set(who, [...rows.get(who) ?? [], line]);
  }
  const late = [...rows].filter(([, own]) => own.some(({ state }) => state !== "delivered"));
  const words = ([who, own]) => [who, ...own.map(hourOf)].join(" ");
  const coded = ([, own]) => Boolean(own[0].code);
  return { typed: late.filter(coded).map(words), named: late.filter((row) => !coded(row)).map(words) };
};
