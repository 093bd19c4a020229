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
