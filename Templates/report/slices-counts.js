// What follows from counts. Rows by outcome (TP, FP, FN, TN), then weights, then squared weights.
const counts = data.cells.map((one) => read(one, []));
const all = [...counts, ...data.weights
  ? data.weights.map((one) => new Float32Array(Uint32Array.from(bits(one), (c) => c * 2 ** (31 - one.b)).buffer))
  : [...counts, ...counts]];
// Below 0: the rows outside slice ~r, which are told of.
const out = ['rows outside'];
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
