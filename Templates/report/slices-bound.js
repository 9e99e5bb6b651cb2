// The harm that an interval vouches for: the bound nearer to no gap, in the direction that harms.
const harm = { id: 'harm', key: 'harm', name: 'Harm', symbol: 'Harm ≥', d: 3, why: [] };
const bound = (m, r) => m.better > 0 ? -m.hi[r] : m.better ? m.lo[r] : max(m.lo[r], -m.hi[r]);
