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

// What follows from counts. Rows by outcome (TP, FP, FN, TN), then weights, then squared weights.
const counts = data.cells.map((one) => read(one, []));
const all = [...counts, ...data.weights
  ? data.weights.map((one) => new Float32Array(Uint32Array.from(bits(one), (c) => c * 2 ** (31 - one.b)).buffer))
  : [...counts, ...counts]];
// Below 0: the rows outside slice ~r.
const cell = (i, r) => r >= 0 ? all[i][r]
  : all[i & 3][0] === all[i & 3][~r] ? 0 : max(0, all[i][0] - all[i][~r]);
const sum = (mask, from, r) => {
  let found = 0;
  for (let i = 0; i < 4; i++) if (mask >> i & 1) found += cell(from + i, r);
  return found;
};
// A rate with Wilson's limits at Kish's effective size, and the weight in its denominator.
const share = (m, r) => {
  const { z } = data;
  const trials = sum(m.den, 4, r);
  const p = sum(m.num, 4, r) / trials;
  const size = trials * trials / sum(m.den, 8, r);
  const done = p * size;
  const q = min(1, max(0, done / size));
  const scale = 1 + z * z / size;
  const middle = (q + z * z / (2 * size)) / scale;
  const half = z * Math.sqrt(q * (1 - q) / size + z * z / (4 * size * size)) / scale;
  return [p, done <= 0 ? 0 : max(0, middle - half), done >= size ? 1 : min(1, middle + half), trials];
};
const norm = (x, y) => Math.sqrt(x * x + y * y);
// Newcombe's interval of a difference: to all rows (0), to the reference (1), to the rows outside (2).
const gap = (m, to, r) => {
  const part = share(m, r);
  const other = share(m, to === 1 ? chief[r] : ~r);
  const whole = to ? other : share(m, 0);
  const f = to ? 1 : 1 - part[3] / whole[3];
  const apart = part[0] - other[0];
  const lower = f * (apart - norm(part[0] - part[1], other[2] - other[0]));
  const upper = f * (apart + norm(part[2] - part[0], other[0] - other[1]));
  return [r ? part[0] - whole[0] : NaN, ...lower < upper ? [lower, upper] : []];
};
// To the nearest unit, halves to even, as the engine's numbers are rounded.
const round = (x) => {
  const near = Math.round(x * 1000);
  return near - x * 1000 === .5 && near % 2 ? near - 1 : near;
};
// A column's numbers (v), limits (lo, hi) and reasons (why), when they are first asked for.
const load = (m) => {
  if (m.v) return m;
  m.why = [];
  [m.v, m.lo, m.hi] = [m.value, m.lower, m.upper].map((packed) => packed ? read(packed, m.why) : new Float64Array(total).fill(NaN));
  if (m.value) return m;
  const base = m.gap ? load(columns[m.gap[0]]) : m;
  for (const r of rows) {
    const found = m.sum ? [sum(m.sum, 0, r)] : (m.gap ? gap(base, m.gap[1], r) : share(m, r)).map(round);
    [m.v[r], m.lo[r], m.hi[r]] = found;
    if (isNaN(found[0])) m.why[r] = m.gap ? base.why[r] || 4 : isNaN(counts[0][r]) ? 2 : sum(15, 0, r) ? m.empty : 1;
  }
  for (const [r, v, lo, hi, why] of m.e || []) [m.v[r], m.lo[r], m.hi[r], m.why[r]] = [v ?? NaN, lo ?? NaN, hi ?? NaN, why];
  return m;
};
const digits = (m, units) => (units < 0 ? '−' : m.gap && units > 0 ? '+' : '')
  + Math.abs(units / 10 ** m.d).toFixed(max(0, m.d)).replace(/\B(?=(\d{3})+(?!\d))/g, ',');
// A number and, in a second line, its limits or the reason.
const written = (m, [v, lo, hi], why) => isNaN(v) ? why === '∞' ? why : '—\n' + (why || reasons[0])
  : digits(m, v) + (lo > -Infinity ? `\n[${digits(m, lo)}, ${digits(m, hi)}]` : why ? '\n' + why : '');
const words = (m, r) => r < 0
  ? written(m, m.num ? share(m, r).map(round) : [m.isCount ? load(m).v[0] - m.v[~r] : NaN], m.num || m.isCount ? '' : 'not known')
  : written(load(m), [m.v[r], m.lo[r], m.hi[r]], m.why[r] && reasons[m.why[r]]);

const gaps = columns.filter((m) => m.gap);
const n = load({ id: 'n', key: 'n', name: 'Rows', symbol: 'n', d: 0, isCount: 1, sum: 15 });
for (const [r, known] of data.rows) [n.v[r], n.why[r]] = [known];
// The harm that an interval vouches for: the bound nearer to no gap, in the direction that harms.
const harm = { id: 'harm', key: 'harm', name: 'Harm', symbol: 'Harm ≥', d: 3, why: [] };
const bound = (m, r) => m.better > 0 ? -m.hi[r] : m.better ? m.lo[r] : max(m.lo[r], -m.hi[r]);
const weigh = () => {
  if (harm.of === tools.harm.value) return;
  harm.of = tools.harm.value;
  let over = gaps.filter((m) => tools.harm.value === m.id || tools.harm.value === 'any' + m.gap[1]);
  if (over.some((m) => m.better)) over = over.filter((m) => m.better);
  [harm.v, harm.lo, harm.hi] = [new Float64Array(total).fill(NaN), [], []];
  harm.in = [];
  for (const m of over.map(load)) {
    for (const r of rows) {
      const own = bound(m, r);
      if (own > -Infinity && !(own <= harm.v[r])) {
        harm.v[r] = own;
        harm.in[r] = m;
      }
    }
  }
};
