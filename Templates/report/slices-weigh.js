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
