// The elements, what is asked of them, and what the gate found.
const section = find('slices');
const [scroll, table, status, panel, heading, inside, comparing, pinning] =
  ['scroll', 'table', 'status', 'panel', 'panel-h', 'panel-body', 'compare', 'pin'].map((id) => find('slice-' + id));
const [head, body] = [table.tHead, table.tBodies[0]];
const tools = {};
for (const one of section.querySelectorAll('[name]')) tools[one.name] = one;
const setting = ({ type, checked, value }) => type === 'checkbox' ? Number(checked) : value;
const state = { sort: 'harm', falling: true, order: [], at: 0, slice: -1, pins: [], folded: [] };
let height = 42;
const tell = (text) => { status.textContent = text; };
const shown = () => [n, ...gaps.length ? [harm] : [], ...data.sets.find((one) => one.name === tools.set.value).columns.map((i) => columns[i])];

// What the gate found in each slice: pairs of check and verdict.
const touched = new Map();
if (data.gate) {
  const [of, found] = [bits(data.gate.of), bits(data.gate.found)];
  bits(data.gate.slices).forEach((r, i) => touched.set(r, [...touched.get(r) || [], [of[i], found[i]]]));
}
const worst = (r) => min(...(touched.get(r) || []).map(([, found]) => found));
