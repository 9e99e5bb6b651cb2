// A slice in full, or pinned slices side by side.
const sheet = (caption, lines) => {
  const [box, made] = [element('div', '', 'scroll'), element('table')];
  made.append(element('caption', caption));
  lines.forEach((cells, row) => {
    const tr = (row ? made.tBodies[0] || made.createTBody() : made.createTHead()).insertRow();
    cells.forEach((content, i) => {
      const cell = element(row && i ? 'td' : 'th');
      if (!row || !i) cell.scope = row ? 'row' : 'col';
      cell.append(content);
      tr.append(cell);
    });
  });
  box.append(made);
  box.tabIndex = 0;
  box.role = 'region';
  box.ariaLabel = caption;
  return box;
};
const list = (title, of, entry = linkTo) => {
  if (!of.length) return '';
  const p = element('p', title + ': ');
  of.slice(0, 40).forEach((one, i) => p.append(i ? ' · ' : '', entry(one)));
  if (of.length > 40) p.append(` and ${of.length - 40} more`);
  return p;
};
const metrics = columns.filter((m) => !m.gap && m.id !== 'count');
const toward = (m, to, r) => {
  const stored = gaps.find((one) => columns[one.gap[0]] === m && one.gap[1] === to);
  return stored ? words(stored, r) : m.num ? written({ d: 3, gap: 1 }, gap(m, to, r).map(round), reasons[4]) : m.isCount ? '' : '—';
};
const detail = (r) => {
  const mine = own(r);
  const near = (o) => own(o).filter((term) => mine.includes(term)).length;
  const count = (mask) => digits(n, sum(mask, 0, r));
  const isKnown = !isNaN(counts[0][r]);
  const to = [2, 0, 1].slice(!out[0], 2 + (chief[r] >= 0));
  return [
    element('p', `${isNaN(n.v[r]) ? reasons[2] : `${digits(n, n.v[r])} rows, ${(n.v[r] / n.v[0] * 100).toFixed(1)} % of all`}${isKnown && data.labelled ? `; ${count(5)} positives` : ''}`),
    list('Checks', touched.get(r) || [], ([check, found]) => {
      const a = element('a', data.gate.words[found].join(' ') + ' ' + data.gate.checks[check][0]);
      a.href = data.gate.checks[check][1];
      return a;
    }),
    list('Same rows as', rows.filter((o) => o !== r && n.v[o] && n.v[o] === n.v[r] && (!o || !r || above(r).includes(o) || above(o).includes(r)))),
    list('Inside', arity(r) > 1 ? above(r).filter((o) => arity(o) === arity(r) - 1) : r ? [0] : []),
    list('Divided into', rows.filter((o) => o && arity(o) === arity(r) + 1 && (!r || near(o) === arity(r)))),
    list('Beside', rows.filter((o) => r && o !== r && family[o] === family[r] && near(o) === arity(r) - 1)),
    isKnown && data.labelled ? sheet('Decisions', [['', 'label positive', 'label negative'], ['decision positive', count(1), count(2)], ['decision negative', count(4), count(8)]]) : '',
    sheet('Every metric', [['', 'this slice', 'among', ...out, 'all rows', ...to.map((to) => 'gap to ' + ['all rows', to === 1 && name(chief[r]), 'the rows outside'][to])],
      ...metrics.map((m) => [m.name, words(m, r), isKnown ? `${count(m.den)} ${m.of}` : '', ...out.map(() => words(m, ~r)), words(m, 0), ...to.map((to) => toward(m, to, r))])]),
  ];
};
const side = () => {
  const over = [...state.pins.flatMap((r) => out[0] ? [r, ~r] : r), 0];
  return [sheet('Pinned slices, all rows', [['', ...over.map((r) => r < 0 ? 'rows outside' : linkTo(r))],
    ...[n, ...metrics].map((m) => [m.name, ...over.map((r) => words(m, r))])])];
};
const view = () => {
  const r = state.slice;
  if (r === -1) return panel.close();
  pinning.textContent = r < 0 ? 'Unpin all' : state.pins.includes(r) ? 'Unpin' : 'Pin';
  heading.textContent = r < 0 ? 'Pinned slices' : name(r);
  inside.replaceChildren(...r < 0 ? side() : detail(r));
  if (!panel.open) panel.showModal();
  panel.scrollTop = 0;
  heading.focus();
  state.last = r;
  if (state.order.includes(r)) move(state.order.indexOf(r));
};
const open = (r) => {
  state.slice = r;
  remember(true);
  view();
};
on(panel, 'close', () => {
  if (state.slice !== -1) {
    state.slice = -1;
    remember(true);
  }
  if (/BODY|H3/.test(document.activeElement.tagName)) current()?.focus();
});
const pin = (r) => {
  const others = state.pins.filter((one) => one !== r);
  const isNew = others.length === state.pins.length;
  if (r >= 0 && isNew && others.length > 3) return tell('Four slices are pinned already');
  const { at } = state;
  state.pins = r < 0 ? [] : isNew ? [...others, r] : others;
  update(true);
  move(at);
  tell(`${state.pins.length} pinned`);
};
