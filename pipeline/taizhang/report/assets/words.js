// What the page says, in the language chosen.

import { el } from "./text.js";

const WORDS = JSON.parse(document.getElementById("words").textContent);
let language = "zh";

export const languageNow = () => language;

/** The language to open in: the one that the report was written for, or the browser's. */
export function firstLanguage() {
  const asked = document.documentElement.dataset.language;
  return asked || (navigator.language.toLowerCase().startsWith("zh") ? "zh" : "en");
}

/** What is called `name` in a part of the words, {n} and the like filled in; an unknown code stands for itself. */
export function word(part, name, values = {}) {
  const said = WORDS[part]?.[name]?.[language] ?? name;
  return said.replace(/\{(\w+)\}/g, (whole, key) => (key in values ? String(values[key]) : whole));
}

/** Say everything that the template has in this language. */
export function speak(chosen) {
  language = chosen;
  const root = document.documentElement;
  root.lang = chosen === "zh" ? "zh-CN" : "en";
  const at = (key) => word(...key.split("."));
  for (const node of root.querySelectorAll("[data-word]")) node.textContent = at(node.dataset.word);
  for (const node of root.querySelectorAll("[data-label]")) node.setAttribute("aria-label", at(node.dataset.label));
  for (const node of root.querySelectorAll("[data-placeholder]")) node.placeholder = at(node.dataset.placeholder);
  document.title = `${word("page", "title")} · taizhang`;
  for (const button of document.querySelectorAll(".languages button")) {
    button.setAttribute("aria-pressed", String(button.dataset.language === chosen));
  }
}

/** A number for an axis: 1.2万, 1.2K. */
export function compact(number) {
  const locale = language === "zh" ? "zh-CN" : "en";
  return new Intl.NumberFormat(locale, { notation: "compact", maximumFractionDigits: 1 }).format(number);
}

/** A count with its thousands parted. */
export const counted = (number) => number.toLocaleString("en");

/** Text in Chinese within a page that may be in English, kept apart from what stands around it. */
export function chinese(text, attributes = {}) {
  return el("bdi", { lang: "zh-CN", ...attributes }, text);
}
