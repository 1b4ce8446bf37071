// The address of the page: it says what is shown, so that a link shows the same, and which row is open.

import { chosen, picks, searchFor } from "./chosen.js";

const PLAIN = ["view", "sort", "page", "level", "measure", "metric", "series", "mapped", "maplevel"];

/** What is shown as the part of an address behind the question mark; what is as at the beginning is left out. */
export function written(state) {
  const said = new URLSearchParams();
  if (chosen.search.trim()) said.set("q", chosen.search.trim());
  for (const [name, values] of Object.entries(picks)) for (const value of values) said.append(name, value);
  if (chosen.confidence) said.set("confidence", String(chosen.confidence));
  if (chosen.exact) said.set("exact", "1");
  if (chosen.copies) said.set("copies", "1");
  for (const name of PLAIN) if (state[name]) said.set(name, state[name]);
  return String(said);
}

/** Choose what an address says; gives what is not a filter. */
export function readAddress(query) {
  const said = new URLSearchParams(query);
  searchFor(said.get("q") ?? "");
  for (const [name, values] of Object.entries(picks)) {
    values.clear();
    for (const value of said.getAll(name)) values.add(value);
  }
  const least = Number(said.get("confidence"));
  chosen.confidence = least >= 0 && least <= 1 ? least : 0;
  chosen.exact = said.get("exact") === "1";
  chosen.copies = said.get("copies") === "1";
  return Object.fromEntries(PLAIN.map((name) => [name, said.get(name) ?? ""]));
}

/** The two parts of an address: the row that it opens, and what is shown; none where it says nothing of it. */
export function parted(hash) {
  const at = hash.indexOf("?");
  return at < 0 ? [hash, null] : [hash.slice(0, at), hash.slice(at + 1)];
}

/** The address of a row within the page. */
export const addressOf = (row) => (row.is === "record" ? `#record/${encodeURIComponent(row.id)}` : `#reject/${row.n}`);
