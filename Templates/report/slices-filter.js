// Which slices are listed, and in which order.
// A filter's words as tests of a row, and what is wrong with them.
const keys = new Map();
for (const m of [n, harm, ...columns]) {
  for (const key of [m.key, m.id, m.name, m.symbol]) keys.set(key.toLowerCase(), keys.get(key.toLowerCase()) || m);
}
const plain = (text) => text.replace(/[\\"]/g, '').toLowerCase();
const lowered = data.terms.map(plain);
const features = new Set(lowered.map((term) => term.split('=')[0]));
const compare = { '<': (a, b) => a < b, '>': (a, b) => a > b, '<=': (a, b) => a <= b, '>=': (a, b) => a >= b, '=': (a, b) => a === b };
// The nearest name by Levenshtein's distance.
const guess = (word, known) => {
  const far = (b) => [...word].reduce((line, c, i) => [...b].reduce((next, d, j) =>
    [...next, min(next[j] + 1, line[j + 1] + 1, line[j] + (c !== d))], [i + 1]), [0, ...b].map((_, i) => i)).at(-1);
  const [near] = [...known].slice(0, 2000).map((one) => [far(one), one]).sort((a, b) => a[0] - b[0]);
  return near?.[0] < word.length ? `; did you mean “${near[1]}”?` : '';
};
const parse = (text) => {
  const faults = [];
  const tests = (text.match(/-?(?:"[^"]*"|[^\s"])+/g) || []).flatMap((word) => {
    const not = /^-./.test(word);
    const bare = plain(word.slice(not));
    const [, left, sign, right] = !/^-?"/.test(word) && bare.match(/^([^<>=]+)(<=|>=|<|>|=)(.*)$/) || [];
    const m = keys.get(left);
    const limit = right ? Number(right.replace('−', '-')) : NaN;
    let holds;
    if (m && !isNaN(limit)) holds = (r) => compare[sign](load(m).v[r] / 10 ** m.d, limit);
    else if (left && !(sign === '=' && features.has(left))) {
      faults.push(m ? `“${bare}” needs a number` : `No column “${left}”${guess(left, [...keys.keys(), ...features])}`);
      return [];
    } else {
      let wanted = lowered.map((term) => term === bare);
      if (!wanted.includes(true)) wanted = lowered.map((term) => term.includes(bare));
      if (!wanted.includes(true)) faults.push(`Nothing is called “${bare}”${guess(bare, left ? lowered : [])}`);
      holds = (r) => own(r).some((term) => wanted[term]);
    }
    return not ? (r) => !holds(r) : holds;
  });
  return [tests, faults];
};

// Leaves out slices inside a listed one that shows as much harm.
const fold = (order) => {
  const listed = new Set(order);
  const show = (r) => isNaN(harm.v[r]) ? -Infinity : harm.v[r];
  return order.filter((r) => {
    const [best] = above(r).filter((a) => listed.has(a)).sort((a, b) => show(b) - show(a) || arity(a) - arity(b));
    if (!best || show(r) > show(best)) return true;
    state.folded[best] = (state.folded[best] || 0) + 1;
  });
};
const select = () => {
  const [tests, faults] = parse(tools.q.value);
  const least = Number(tools.min.value);
  state.folded = [];
  let order = rows.filter((r) => !(least && !(n.v[r] >= least)) && !(tools.open?.checked && worst(r) > 1)
    && tests.every((test) => test(r)));
  if (tools.fold.checked) order = fold(order);
  const sign = state.falling ? -1 : 1;
  const v = state.sort === 'name' ? rows.map((r) => name(r).toLowerCase()) : state.sort && load(keys.get(state.sort)).v;
  // What is missing comes last, then what has more rows first.
  const none = (a) => Number.isNaN(v[a]);
  if (v) order.sort((a, b) => none(a) - none(b) || (v[a] < v[b] ? -sign : v[a] > v[b] ? sign : (n.v[b] || 0) - (n.v[a] || 0) || a - b));
  state.order = order;
  state.at = 0;
  tell([...faults, (order.length < total ? digits(n, order.length) + ' of ' : '') + digits(n, total) + ' slices'].join('. '));
  table.setAttribute('aria-rowcount', order.length + 1);
};
