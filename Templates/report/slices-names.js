// Names, permanent links and containment of slices.
// Names: each slice is a run of terms.
const terms = bits(data.slices);
const starts = [0];
const [chief, family] = [[], []];
data.families.forEach(([count, arity, one], f) => {
  while (count--) {
    const r = family.push(f) - 1;
    chief[r] = one === r || one < 0 ? NaN : one;
    starts[r + 1] = starts[r] + arity;
  }
});
const own = (r) => terms.subarray(starts[r], starts[r + 1]);
const name = (r, of = (term) => data.terms[term]) => Array.from(own(r), of).join(' & ');
const raw = new Map(data.raw.map(([term, text]) => [term, new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes(text))]));
// The permanent link of a slice: the same two hashes as in the served rows.
const link = (r) => {
  const text = new TextEncoder().encode(name(r, (term) => raw.get(term) ?? data.terms[term]));
  const hash = (basis) => (text.reduce((h, byte) => Math.imul(h ^ byte, 0x01000193), basis) >>> 0).toString(16).padStart(8, '0');
  return hash(0x811C9DC5) + hash(0x12345671).slice(4);
};
let links;
const linked = (mark) => (links ||= new Map(rows.map((r) => [link(r), r]))).get(mark) ?? -1;
const linkTo = (r) => {
  const a = element('a', name(r));
  a.href = '#slice-' + link(r);
  a.dir = 'auto';
  return a;
};

// Containment: the slices whose terms are some of this one's hold all its rows.
let places;
const kin = [];
const mark = (list) => [...list].sort((a, b) => a - b).join();
const above = (r) => {
  places ||= new Map(rows.map((one) => [mark(own(one)), one]));
  if (kin[r]) return kin[r];
  kin[r] = [];
  for (let mask = 1, mine = own(r); mask < 2 ** mine.length - 1; mask++) {
    const at = places.get(mark(mine.filter((_, i) => mask >> i & 1)));
    if (at) kin[r].push(at);
  }
  return kin[r];
};
const arity = (r) => r && starts[r + 1] - starts[r];
