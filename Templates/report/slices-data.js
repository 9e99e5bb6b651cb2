// The slice table, in parts that are one function: numbers of what the page holds, as the engine rounds them.
const source = find('slice-data');
if (!source) return;
const data = JSON.parse(source.textContent);
const { columns, count: total, reasons } = data;
const { floor, max, min } = Math;
const rows = Array.from({ length: total }, (_, r) => r);

// Numbers of b bits each, one after the other, from the lowest bit.
const bits = ({ b, v, n = total }) => {
  const from = bytes(v);
  let [at, held, have] = [0, 0, 0];
  return new Float64Array(n).map(() => {
    for (; have < b; have += 8) held += from[at++] * 2 ** have;
    const rest = floor(held / 2 ** b);
    const code = held - rest * 2 ** b;
    held = rest;
    have -= b;
    return code;
  });
};
// Units of the last digit; the lowest codes are reasons for having no value.
const read = (packed, why) => {
  const units = bits(packed).map((code, r) => {
    if (code >= reasons.length) return code + packed.o - reasons.length;
    why[r] = code;
    return NaN;
  });
  for (const [r, far] of packed.e) units[r] = far;
  return units;
};

