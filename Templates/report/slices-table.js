// The rows in view.
const say = document.querySelector('#methods tbody');
const writeHead = () => {
  const tr = element('tr');
  for (const m of [{ id: 'name', symbol: 'Slice', name: '' }, ...shown()]) {
    const [th, button] = [element('th'), element('button', m.symbol)];
    th.scope = 'col';
    th.ariaSort = state.sort !== m.id ? 'none' : state.falling ? 'descending' : 'ascending';
    // Below its name, what the methods say of a metric.
    button.title = m.name + '\n' + (say?.rows[columns.indexOf(m)]?.cells[2].textContent ?? '');
    button.onclick = () => {
      const first = m.id !== 'name';
      if (state.sort !== m.id) [state.sort, state.falling] = [m.id, first];
      else if (state.falling === first) state.falling = !first;
      else state.sort = '';
      const { cellIndex } = th;
      update(true);
      head.rows[0].cells[cellIndex].firstChild.focus();
    };
    th.append(button);
    tr.append(th);
  }
  head.replaceChildren(tr);
};
const line = (place, over) => {
  const r = state.order[place];
  const isPinned = state.pins.includes(r);
  const [tr, th, a] = [element('tr', '', (r === state.last ? 'hit ' : '') + (isPinned ? 'pinned' : '')), element('th'), linkTo(r)];
  tr.id = a.hash.slice(1);
  tr.ariaRowIndex = place + 2;
  th.scope = 'row';
  a.title = name(r);
  a.tabIndex = place === state.at ? 0 : -1;
  th.append(isPinned ? '◆ ' : '', worst(r) < 2 ? data.gate.words[worst(r)][0] + ' ' : '', a,
    state.folded[r] ? ` +${state.folded[r]} inside` : '');
  tr.append(th);
  for (const m of over) {
    const text = m === harm && m.in[r] ? digits(m, m.v[r]) + '\n' + columns[m.in[r].gap[0]].symbol : words(m, r);
    const td = element('td', tools.intervals.checked ? text : text.split('\n')[0]);
    if (m.den && sum(m.den, 0, r) < data.minimum) {
      td.className = 'small';
      td.title = `${sum(m.den, 0, r)} ${m.of}`;
    }
    tr.append(td);
  }
  return tr;
};
const pad = (count) => {
  const tr = element('tr', '', 'pad');
  tr.ariaHidden = true;
  // A row without cells would cut the columns off from their heads.
  tr.insertCell().colSpan = head.rows[0].cells.length;
  tr.style.height = `${count * height}px`;
  return tr;
};
const current = () => body.querySelector('[tabindex="0"]');
const write = (first, count) => {
  const last = state.order.length;
  const from = max(0, min(first, last));
  const to = min(last, from + count);
  const over = shown();
  const had = body.contains(document.activeElement);
  body.replaceChildren(pad(from), ...state.order.slice(from, to).map((_, i) => line(from + i, over)), pad(last - to));
  if (had) (current() || scroll).focus({ preventScroll: true });
};
const draw = () => {
  later.is = false;
  write(floor(scroll.scrollTop / height) - 4, Math.ceil(scroll.clientHeight / height) + 8);
};
const later = () => {
  if (!later.is) requestAnimationFrame(draw);
  later.is = true;
};
const update = (isAsked) => {
  weigh();
  select();
  writeHead();
  scroll.classList.toggle('plain', !tools.intervals.checked);
  write(0, 1);
  height = max(16, body.rows[1]?.offsetHeight || height);
  scroll.scrollTop = 0;
  draw();
  comparing.textContent = `Compare ${state.pins.length} pinned`;
  comparing.disabled = !state.pins.length;
  if (isAsked) remember();
};
// Makes a row the current one and brings it into view.
const move = (place) => {
  state.at = max(0, min(place, state.order.length - 1));
  const room = scroll.clientHeight - head.offsetHeight - height - 12;
  scroll.scrollTop = min(state.at * height, max(scroll.scrollTop, state.at * height - room));
  draw();
};
