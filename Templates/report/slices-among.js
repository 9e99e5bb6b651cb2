// Instead of counts by outcome: what metrics rest on, by number; 15 is the rows of a slice.
const among = {};
for (const [key, packed] of data.among) among[key] = read(packed, []);
const sum = (key, from, r) => among[key][r];
const counts = [among[15]];
// Nothing follows for the rows outside a slice.
const out = [];
// The harm that an interval vouches for: the bound nearer to no gap, in the direction that harms; s makes scales comparable.
const harm = { id: 'harm', key: 'harm', name: 'Harm', symbol: 'Harm ≥', d: 3, why: [] };
const bound = (m, r) => floor((m.better > 0 ? -m.hi[r] : m.better ? m.lo[r] : max(m.lo[r], -m.hi[r])) * (m.s || 1) + .5);
