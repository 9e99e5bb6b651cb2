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
