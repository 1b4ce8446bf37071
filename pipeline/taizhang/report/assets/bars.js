// Bars: a chart that is a table, with a drawing in each row; and the signs of the phases.

import { el, svg } from "./text.js";
import { word } from "./words.js";

const SIZE = 1000; // a bar's length in its own units; the page stretches it
const SIGNS = {
  problem: "M6 1 11.5 11H.5Z",
  target: "M6 .5 11.5 6 6 11.5.5 6Z",
  measure: "M1.5 1.5h9v9h-9Z",
  result: "M6 1a5 5 0 1 0 0 10A5 5 0 0 0 6 1Z",
  effect: "M4 1h4v3h3v4H8v3H4V8H1V4h3Z",
  context: "M1 4.5h10v3H1Z",
};

/** The sign of a phase: a shape as well as a colour, for those who do not tell the colours apart. */
export function phaseIcon(phase) {
  return svg("svg", { viewBox: "0 0 12 12", class: `sign ${phase}`, "aria-hidden": "true" }, phaseShape(phase));
}

export const phaseShape = (phase) => svg("path", { d: SIGNS[phase], class: phase });

/** One bar of parts one after the other: [class, length, label]; `most` is the longest bar's length. */
export function stackedBar(parts, most) {
  let x = 0;
  const drawn = [];
  for (const [name, length, label] of parts) {
    const width = (length / most) * SIZE;
    if (width > 0) drawn.push(rect(x, Math.max(width - 2, 1), name, label));
    x += width;
  }
  return drawing(parts.map(([, , label]) => label).join(", "), drawn);
}

/** A bar to the left and one to the right of a line in the middle. */
export function opposedBars([left, leftName, leftLabel], [right, rightName, rightLabel], most) {
  const half = SIZE / 2;
  const length = (value) => (most > 0 ? (Math.abs(value) / most) * (half - 4) : 0);
  const shapes = [];
  if (left) shapes.push(rect(half - 2 - length(left), length(left), leftName, leftLabel));
  if (right) shapes.push(rect(half + 2, length(right), rightName, rightLabel));
  shapes.push(svg("rect", { x: half - 0.5, y: 0, width: 1, height: 20, class: "axis" }));
  return drawing([leftLabel, rightLabel].join(", "), shapes);
}

function rect(x, width, name, label) {
  return svg("rect", { x, y: 2, width, height: 16, class: name }, svg("title", {}, label));
}

function drawing(label, shapes) {
  const view = { viewBox: `0 0 ${SIZE} 20`, preserveAspectRatio: "none", role: "img", "aria-label": label };
  return svg("svg", { class: "bar", ...view }, shapes);
}

/** A table of bars: `heads` are the names of the columns, each row is a list of what its cells hold. */
export function barTable(caption, heads, rows, cls) {
  if (!rows.length) return el("p", { class: "nothing" }, word("charts", "nothing"));
  const drawn = word("charts", "bar");
  const head = heads.map((name) =>
    el("th", { scope: "col" }, name === drawn ? el("span", { class: "unseen" }, name) : name),
  );
  const lines = rows.map(([first, ...rest]) =>
    el("tr", {}, el("th", { scope: "row" }, first), rest.map((cell) => el("td", {}, cell))),
  );
  return el(
    "table",
    { class: `bars ${cls}` },
    el("caption", { class: "unseen" }, caption),
    el("thead", {}, el("tr", {}, head)),
    el("tbody", {}, lines),
  );
}
