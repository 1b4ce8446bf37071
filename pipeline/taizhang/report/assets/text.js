// The page's texts: all that comes from outside becomes part of the page here, as text and never as markup.

const SVG = "http://www.w3.org/2000/svg";
// Controls that turn, hide or break what stands beside them (bidirectional marks, zero widths, C0 and C1).
const HIDDEN = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/g;

/** The text with each control that would hide or turn something shown as its code: [U+202E]. */
export function visible(text) {
  return text.replace(HIDDEN, (control) => {
    const code = control.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0");
    return `[U+${code}]`;
  });
}

export const node = (id) => document.getElementById(id);

/** An element with these attributes and children; a function as an attribute listens to that event. */
export function el(tag, attributes = {}, ...children) {
  return filled(document.createElement(tag), attributes, children);
}

/** The same for a part of a drawing. */
export function svg(tag, attributes = {}, ...children) {
  return filled(document.createElementNS(SVG, tag), attributes, children);
}

function filled(made, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") made.addEventListener(name, value);
    else if (value !== null && value !== undefined && value !== false) {
      made.setAttribute(name, visible(String(value === true ? "" : value)));
    }
  }
  put(made, ...children);
  return made;
}

/** Append nodes, and strings as text. */
export function put(parent, ...children) {
  for (const child of children.flat(Infinity)) {
    if (child === null || child === undefined) continue;
    parent.append(child instanceof Node ? child : visible(String(child)));
  }
}

/** Let the browser save a file of this name. */
export function save(name, blob) {
  const address = URL.createObjectURL(blob);
  const link = el("a", { href: address, download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

/** A link where the address is one of the web; the address as text where it is anything else. */
export function webLink(address, label) {
  let parsed = null;
  try {
    parsed = new URL(address);
  } catch {
    return el("span", {}, address);
  }
  if (parsed.protocol !== "http:" && parsed.protocol !== "https:") return el("span", {}, address);
  return el("a", { href: parsed.href, rel: "noopener noreferrer", target: "_blank" }, label);
}
