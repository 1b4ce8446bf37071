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

function decimals(digits) {
  const point = digits.indexOf(".");
  return point < 0 ? 0 : digits.length - point - 1;
}

function scaled(digits, scale) {
  return BigInt(digits.replace(".", "") + "0".repeat(scale - decimals(digits)));
}
