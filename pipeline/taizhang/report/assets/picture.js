// A chart as a picture: what a card shows, text by text and shape by shape, drawn again as one SVG, and that as PNG.

import { el, save, svg, visible } from "./text.js";
import { word } from "./words.js";

const SHAPES = ["fill", "stroke", "stroke-width", "stroke-linecap", "stroke-linejoin", "opacity", "fill-opacity"];
const MARGIN = 16;
const SHARP = 2; // pixels of the PNG for one of the page

/** The buttons of a card that save it. */
export function pictureButtons(name) {
  const button = (kind, make) =>
    el(
      "button",
      { type: "button", class: "save", "data-save": kind, "aria-label": word("charts", "save", { kind, what: word("charts", name) }), click: ({ target }) => make(target.closest(".card"), name) },
      kind,
    );
  return el("span", { class: "saves" }, button("SVG", saveSvg), button("PNG", savePng));
}

function saveSvg(card, name) {
  save(`${name}.svg`, new Blob([drawnText(card)], { type: "image/svg+xml" }));
}

async function savePng(card, name) {
  const image = new Image();
  const text = drawnText(card);
  await new Promise((done, failed) => {
    image.onload = done;
    image.onerror = failed;
    image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`;
  });
  const canvas = el("canvas", { width: image.width * SHARP, height: image.height * SHARP });
  const context = canvas.getContext("2d");
  context.scale(SHARP, SHARP);
  context.drawImage(image, 0, 0);
  canvas.toBlob((blob) => save(`${name}.png`, blob), "image/png");
}

const drawnText = (card) => `<?xml version="1.0" encoding="UTF-8"?>\n${new XMLSerializer().serializeToString(pictureOf(card))}`;

/** The card as one drawing, of the size that it has on the page; what one only works with is left out. */
function pictureOf(card) {
  const frame = card.getBoundingClientRect();
  const at = { left: frame.left - MARGIN, top: frame.top - MARGIN };
  const [width, height] = [Math.ceil(frame.width) + 2 * MARGIN, Math.ceil(frame.height) + 2 * MARGIN];
  const sheet = getComputedStyle(card).backgroundColor;
  return svg(
    "svg",
    { xmlns: "http://www.w3.org/2000/svg", width, height, viewBox: `0 0 ${width} ${height}` },
    svg("rect", { width, height, fill: sheet }),
    [...texts(card)].flatMap((text) => lines(text, at)),
    [...card.querySelectorAll("svg")].filter((one) => one.checkVisibility()).map((one) => shape(one, at)),
  );
}

function* texts(card) {
  const walker = document.createTreeWalker(card, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const parent = walker.currentNode.parentElement;
    if (!walker.currentNode.textContent.trim() || parent.closest("svg, .saves, select, .unseen")) continue;
    if (parent.checkVisibility()) yield walker.currentNode;
  }
  for (const select of card.querySelectorAll("select")) yield select;
}

/** The lines that a text is broken into on the page, each where it stands. */
function lines(text, at) {
  if (text instanceof HTMLSelectElement) return [textLine(text.selectedOptions[0]?.textContent.trim() ?? "", text.getBoundingClientRect(), text, at)];
  const range = document.createRange();
  const found = [];
  for (let n = 0; n < text.length; n += 1) {
    range.setStart(text, n);
    range.setEnd(text, n + 1);
    const box = range.getBoundingClientRect();
    if (!box.width && !text.data[n].trim()) continue;
    const last = found.at(-1);
    if (last && Math.abs(last.box.top - box.top) < 2) last.said += text.data[n];
    else found.push({ said: text.data[n], box });
  }
  return found.filter(({ said }) => said.trim()).map(({ said, box }) => textLine(said, box, text.parentElement, at));
}

function textLine(said, box, owner, at) {
  const style = getComputedStyle(owner);
  const size = parseFloat(style.fontSize);
  const inset = owner instanceof HTMLSelectElement ? parseFloat(style.paddingLeft) : 0;
  return svg(
    "text",
    {
      x: (box.left - at.left + inset).toFixed(1),
      y: (box.top - at.top + box.height / 2 + size * 0.36).toFixed(1),
      "font-family": style.fontFamily,
      "font-size": size,
      "font-weight": style.fontWeight,
      fill: style.color,
    },
    visible(said),
  );
}

/** A drawing within the card, with the colours that the page's style gives it. */
function shape(one, at) {
  const copy = one.cloneNode(true);
  const [from, to] = [[one, ...one.querySelectorAll("*")], [copy, ...copy.querySelectorAll("*")]];
  from.forEach((original, n) => {
    const style = getComputedStyle(original);
    for (const name of SHAPES) to[n].setAttribute(name, style.getPropertyValue(name));
    if (original.tagName === "text") {
      to[n].setAttribute("font-family", style.fontFamily);
      to[n].setAttribute("font-size", style.fontSize);
    }
    to[n].removeAttribute("class");
  });
  const box = one.getBoundingClientRect();
  for (const [name, value] of Object.entries({ x: box.left - at.left, y: box.top - at.top, width: box.width, height: box.height })) {
    copy.setAttribute(name, value.toFixed(1));
  }
  return copy;
}
