// Exact numbers: a value stays the digits that the record has, and a sum loses none.

/** The sum of numbers given as digits. */
export function sum(values) {
  const scale = Math.max(0, ...values.map(decimals));
  const units = values.reduce((total, digits) => total + scaled(digits, scale), 0n);
  const negative = units < 0n ? "-" : "";
  const all = String(units < 0n ? -units : units).padStart(scale + 1, "0");
  const whole = all.slice(0, all.length - scale);
  const fraction = all.slice(all.length - scale).replace(/0+$/, "");
  return negative + whole + (fraction && `.${fraction}`);
}

/** The digits with a comma between thousands. */
export function grouped(digits) {
  const [whole, fraction] = digits.split(".");
  const parted = whole.replace(/\B(?=(\d{3})+$)/g, ",");
  return fraction === undefined ? parted : `${parted}.${fraction}`;
}

const MYRIADS = ["", "万", "亿", "万亿"];
const MANY_DIGITS = 6; // digits before the point from which on a number is told in myriads
const KEPT = 2; // digits behind the point that such a number keeps

/** The number as Chinese readers read it, 1.26亿, and whether digits are left out; a short one as it is. */
export function inMyriads(digits) {
  const negative = digits.startsWith("-") ? "-" : "";
  const [whole, fraction = ""] = digits.replace("-", "").split(".");
  if (whole.length < MANY_DIGITS) return { text: grouped(digits), rounded: false };
  const step = Math.min(MYRIADS.length - 1, Math.floor((whole.length - 1) / 4));
  const cut = whole.length - step * 4;
  const kept = BigInt(whole.slice(0, cut + KEPT));
  const left = whole.slice(cut + KEPT) + fraction;
  const near = String(kept + (left >= "5" ? 1n : 0n)).padStart(KEPT + 1, "0");
  const behind = near.slice(-KEPT).replace(/0+$/, "");
  const text = `${negative}${grouped(near.slice(0, -KEPT))}${behind && `.${behind}`}${MYRIADS[step]}`;
  return { text, rounded: /[1-9]/.test(left) };
}

/** A share of one number in another, in per cent with one digit behind the point; none of nothing. */
export function share(part, whole) {
  const scale = Math.max(decimals(part), decimals(whole));
  const [a, b] = [scaled(part, scale), scaled(whole, scale)];
  if (b <= 0n) return null;
  return Number((a * 2000n + b) / (b * 2n)) / 10;
}

function decimals(digits) {
  const point = digits.indexOf(".");
  return point < 0 ? 0 : digits.length - point - 1;
}

function scaled(digits, scale) {
  return BigInt(digits.replace(".", "") + "0".repeat(scale - decimals(digits)));
}
