(() => {
  const source = find('slice-data');
  if (!source) return;

  const data = JSON.parse(source.textContent);
  const unpack = (packed) => {
    const bytes = Uint8Array.from(atob(packed.v), (c) => c.charCodeAt(0));
    return packed.b === 16 ? new Uint16Array(bytes.buffer) : new Uint32Array(bytes.buffer);
  };
  const total = data.count;
  // A column of whole units of its last digit; the highest codes are reasons for having no value. It may repeat
  // another column, or be one minus it.
  const read = (packed) => {
    if (packed.minus !== undefined) {
      const base = column(packed.minus);
      return { units: base.units.map((units) => 10 ** packed.d - units), why: base.why };
    }
    const codes = unpack(packed);
    const top = packed.b === 16 ? 0xFFFF : 0xFFFFFFFF;
    const units = new Float64Array(total);
    const why = new Uint8Array(total);
    for (let row = 0; row < total; row++) {
      why[row] = top - codes[row] < data.reasonCodes ? top - codes[row] : 0;
      units[row] = top - codes[row] < data.reasonCodes ? NaN : codes[row] + packed.o;
    }
    return { units, why };
  };
  const known = [];
  const column = (packed) => {
    if (packed === null) return null;
    if (typeof packed === 'number') return known[packed] ||= column(data.columns[packed].value);
    const { units, why } = read(packed);
    for (const [row, far] of packed.e) units[row] = far;
    const factor = 10 ** packed.d;
    return {
      units, why,
      value: (row) => units[row] / factor,
      reason: (row) => units[row] === units[row] ? '' : data.reasons[why[row]],
      text: (row) => {
        const number = units[row];
        if (number !== number) return '';
        const digits = packed.d < 0 ? Math.abs(number) + '0'.repeat(-packed.d)
          : String(Math.abs(number)).padStart(packed.d + 1, '0');
        const whole = packed.d > 0 ? digits.slice(0, -packed.d) : digits;
        const part = packed.d > 0 ? '.' + digits.slice(-packed.d) : '';
        return (number < 0 ? '−' : '') + whole.replace(/\B(?=(\d{3})+$)/g, ',') + part;
      },
    };
  };
  const n = column(data.rows);
  const [tp, fp, fn] = data.cells.map(column);
  const denominators = {
    positives: (r) => tp.value(r) + fn.value(r),
    negatives: (r) => n.value(r) - tp.value(r) - fn.value(r),
    'predicted positives': (r) => tp.value(r) + fp.value(r),
    'predicted negatives': (r) => n.value(r) - tp.value(r) - fp.value(r),
    'positives or predicted positives': (r) => tp.value(r) + fp.value(r) + fn.value(r),
  };
  const metrics = data.columns.map((one, place) => ({
    ...one, value: column(place), lower: column(one.lower), upper: column(one.upper),
    below: denominators[one.of] || n.value,
  }));

  // Names: each slice is a run of terms.
  const terms = unpack(data.slices);
  const starts = new Uint32Array(total + 1);
  let slice = 0;
  for (const [count, arity] of data.families) {
    for (let i = 0; i < count; i++, slice++) starts[slice + 1] = starts[slice] + arity;
  }
  const raw = new Map(data.raw.map(([term, text]) => [term, new TextDecoder('utf-8', { ignoreBOM: true })
    .decode(Uint8Array.from(atob(text), (c) => c.charCodeAt(0)))]));
  const join = (row, of) => {
    const parts = [];
    for (let i = starts[row]; i < starts[row + 1]; i++) parts.push(of(terms[i]));
    return parts.join(' & ');
  };
  const name = (row) => join(row, (term) => data.terms[term]);
  let lowered = null;
  const searchable = (row) => {
    lowered ||= Array.from({ length: total }, (_, i) => name(i).toLowerCase());
    return lowered[row];
  };

  // The permanent link of a slice: the same two hashes as in the served rows.
  const encoder = new TextEncoder();
  const hash = (bytes, basis) => {
    let h = basis;
    for (const byte of bytes) h = Math.imul(h ^ byte, 0x01000193);
    return h >>> 0;
  };
  const link = (row) => {
    const bytes = encoder.encode(join(row, (term) => raw.get(term) ?? data.terms[term]));
    return 'slice-' + hash(bytes, 0x811C9DC5).toString(16).padStart(8, '0')
      + (hash(bytes, 0x12345671) & 0xFFFF).toString(16).padStart(4, '0');
  };
  let links = null;

  const scroll = find('slice-scroll');
  const table = find('slice-table');
  const head = table.tHead;
  const body = table.tBodies[0];
  const tools = { filter: find('slice-filter'), minimum: find('slice-minimum'), set: find('slice-set'),
    intervals: find('slice-intervals') };
  const status = find('slice-status');
  const state = { sort: null, falling: true, order: [], hit: -1 };
  let height = 42;

  const shown = () => data.sets[tools.set.selectedIndex].columns.map((i) => metrics[i]);

  const keys = new Map([['n', n]]);
  for (const metric of metrics) {
    for (const key of [metric.symbol, metric.id, metric.name]) keys.set(key.toLowerCase(), metric.value);
  }
  const compare = {
    '<': (a, b) => a < b, '>': (a, b) => a > b, '<=': (a, b) => a <= b, '>=': (a, b) => a >= b, '=': (a, b) => a === b,
  };
  // A test of rows for each word of the filter.
  const tests = (text) => (text.match(/-?"[^"]*"|\S+/g) || []).map((word) => {
    const not = word.length > 1 && word.startsWith('-');
    const plain = (not ? word.slice(1) : word).replace(/^"|"$/g, '');
    const parts = plain.match(/^([^<>=]+)(<=|>=|<|>|=)([-−]?\d*\.?\d+)$/);
    const values = parts && keys.get(parts[1].toLowerCase());
    const needle = plain.toLowerCase();
    const holds = values
      ? (row) => compare[parts[2]](values.value(row), Number(parts[3].replace('−', '-')))
      : (row) => searchable(row).includes(needle);
    return not ? (row) => !holds(row) : holds;
  });

  const select = () => {
    const all = tests(tools.filter.value.trim());
    const least = Number(tools.minimum.value) || 0;
    const order = [];
    for (let row = 0; row < total; row++) {
      if (n.value(row) >= least && all.every((test) => test(row))) order.push(row);
    }
    if (state.sort === 'name') {
      order.sort((a, b) => (searchable(a) < searchable(b) ? -1 : searchable(a) > searchable(b) ? 1 : a - b)
        * (state.falling ? -1 : 1));
    } else if (state.sort) {
      const values = state.sort === 'n' ? n : metrics.find((metric) => metric.id === state.sort).value;
      const sign = state.falling ? -1 : 1;
      const numbers = values.units;
      order.sort((a, b) => {
        const [x, y] = [numbers[a], numbers[b]];
        if (x !== x || y !== y) return x !== x ? (y !== y ? a - b : 1) : -1;
        return x === y ? a - b : (x - y) * sign;
      });
    }
    state.order = order;
    const text = order.length === total ? `${total.toLocaleString('en')} slices`
      : `${order.length.toLocaleString('en')} of ${total.toLocaleString('en')} slices`;
    status.textContent = text;
    table.setAttribute('aria-rowcount', order.length + 1);
  };

  const heading = (key, text, title) => {
    const th = element('th');
    th.scope = 'col';
    th.setAttribute('aria-sort', state.sort === key ? (state.falling ? 'descending' : 'ascending') : 'none');
    const button = element('button', text);
    button.type = 'button';
    if (title) button.title = title;
    button.addEventListener('click', () => {
      const first = key !== 'name';
      if (state.sort !== key) [state.sort, state.falling] = [key, first];
      else if (state.falling === first) state.falling = !first;
      else state.sort = null;
      update(true);
      head.querySelector(`[data-key="${key}"]`).focus();
    });
    button.dataset.key = key;
    th.append(button);
    return th;
  };
  const writeHead = () => {
    const row = element('tr');
    row.append(heading('name', 'Slice'), heading('n', 'n', 'rows'));
    for (const metric of shown()) row.append(heading(metric.id, metric.symbol, metric.name));
    head.replaceChildren(row);
  };

  const line = (place, columns) => {
    const row = state.order[place];
    const tr = element('tr');
    tr.id = link(row);
    tr.setAttribute('aria-rowindex', place + 2);
    if (row === state.hit) tr.className = 'hit';
    const th = element('th');
    th.scope = 'row';
    th.title = name(row);
    th.append(element('bdi', name(row)));
    tr.append(th, element('td', n.text(row)));
    for (const metric of columns) {
      const td = element('td');
      const text = metric.value.text(row);
      if (text) {
        const small = !metric.isCount && metric.below(row) < data.minimum;
        td.append(element('span', text, small ? 'value small' : 'value'));
        if (small) td.title = `${metric.below(row)} ${metric.of}`;
        const lower = metric.lower && metric.lower.text(row);
        const upper = metric.upper && metric.upper.text(row);
        if (lower && upper) td.append(element('span', `[${lower}, ${upper}]`, 'interval'));
        else if (metric.lower && metric.lower.reason(row)) td.append(element('span', metric.lower.reason(row), 'why'));
      } else {
        const reason = metric.value.reason(row);
        td.append(element('span', reason === '∞' ? '∞' : '—', 'none'));
        td.title = reason;
        if (reason !== '∞') td.append(element('span', reason, 'why'));
      }
      tr.append(td);
    }
    return tr;
  };
  const pad = (rows) => {
    const tr = element('tr', '', 'pad');
    tr.setAttribute('aria-hidden', 'true');
    tr.style.height = `${rows * height}px`;
    return tr;
  };
  const write = (first, count) => {
    const columns = shown();
    const from = Math.max(0, Math.min(first, state.order.length));
    const to = Math.min(state.order.length, from + count);
    const rows = [pad(from)];
    for (let place = from; place < to; place++) rows.push(line(place, columns));
    rows.push(pad(state.order.length - to));
    if (!state.order.length) {
      const tr = element('tr');
      const td = element('td', 'No slice matches.');
      td.colSpan = columns.length + 2;
      tr.append(td);
      rows.splice(1, 0, tr);
    }
    body.replaceChildren(...rows);
  };
  let pending = false;
  const draw = () => {
    pending = false;
    write(Math.floor(scroll.scrollTop / height) - 6, Math.ceil(scroll.clientHeight / height) + 12);
  };
  const later = () => {
    if (!pending) requestAnimationFrame(draw);
    pending = true;
  };
  const measure = () => {
    scroll.classList.toggle('plain', !tools.intervals.checked);
    write(0, 1);
    height = Math.max(16, body.rows[1]?.getBoundingClientRect().height || height);
  };

  const remember = () => {
    const parts = new URLSearchParams();
    if (tools.filter.value) parts.set('q', tools.filter.value);
    if (Number(tools.minimum.value)) parts.set('min', tools.minimum.value);
    if (state.sort) parts.set('sort', (state.falling ? '-' : '') + state.sort);
    if (tools.set.selectedIndex) parts.set('set', tools.set.value);
    const text = parts.toString();
    try { history.replaceState(null, '', text ? `#slices?${text}` : '#slices'); } catch { /* some viewers forbid it */ }
  };
  const update = (isAsked) => {
    select();
    writeHead();
    measure();
    scroll.scrollTop = 0;
    draw();
    if (isAsked) remember();
  };

  const recall = () => {
    const mark = decodeURIComponent(location.hash.slice(1).replace(/\+/g, ' '));
    if (/^slice-[0-9a-f]{12}$/.test(mark)) {
      if (!links) {
        links = new Map();
        for (let row = total - 1; row >= 0; row--) links.set(link(row), row);
      }
      const row = links.get(mark);
      if (row === undefined) return;
      state.hit = row;
      if (!state.order.includes(row)) {
        tools.filter.value = '';
        tools.minimum.value = 0;
        update(false);
      }
      scroll.scrollTop = Math.max(0, state.order.indexOf(row) * height - 3 * height);
      draw();
      find(mark)?.scrollIntoView({ block: 'center' });
    } else if (location.hash.startsWith('#slices?')) {
      const parts = new URLSearchParams(location.hash.slice(8));
      tools.filter.value = parts.get('q') || '';
      tools.minimum.value = parts.get('min') || 0;
      const set = data.sets.findIndex((one) => one.name === parts.get('set'));
      tools.set.selectedIndex = Math.max(0, set);
      const sort = parts.get('sort') || '';
      const key = sort.replace(/^-/, '');
      state.sort = key === 'name' || key === 'n' || metrics.some((metric) => metric.id === key) ? key : null;
      state.falling = sort.startsWith('-');
      update(false);
      find('slices').scrollIntoView();
    }
  };

  const quoted = (text) => `"${(/^[=+\-@\t\r]/.test(text) ? "'" : '') + text.replace(/"/g, '""')}"`;
  const csv = () => {
    const columns = shown();
    const bare = (one, row) => one ? one.text(row).replace(/,/g, '').replace('−', '-') : '';
    const lines = [['slice', 'n', ...columns.flatMap((one) =>
      one.lower ? [one.id, `${one.id}_lower`, `${one.id}_upper`] : [one.id])].join(',')];
    for (const row of state.order) {
      lines.push([quoted(name(row)), bare(n, row), ...columns.flatMap((one) => one.lower
        ? [bare(one.value, row), bare(one.lower, row), bare(one.upper, row)] : [bare(one.value, row)])].join(','));
    }
    return lines.join('\r\n') + '\r\n';
  };
  const say = (text) => { status.textContent = text; };

  find('slice-copy').addEventListener('click', async () => {
    const text = csv();
    try {
      await navigator.clipboard.writeText(text);
      say(`${state.order.length} rows copied`);
    } catch {
      const area = element('textarea', text);
      document.body.append(area);
      area.select();
      say(document.execCommand('copy') ? `${state.order.length} rows copied` : 'The browser did not let us copy');
      area.remove();
    }
  });
  find('slice-save').addEventListener('click', () => {
    const anchor = element('a');
    anchor.href = URL.createObjectURL(new Blob([csv()], { type: 'text/csv' }));
    anchor.download = 'slices-shown.csv';
    anchor.click();
    setTimeout(() => URL.revokeObjectURL(anchor.href), 1000);
  });

  for (const set of data.sets) tools.set.append(element('option', set.name));
  find('slice-tools').hidden = false;
  find('slice-help').hidden = false;
  find('slice-cut')?.remove();
  scroll.classList.add('live');
  let wait = 0;
  tools.filter.addEventListener('input', () => { clearTimeout(wait); wait = setTimeout(() => update(true), 80); });
  tools.minimum.addEventListener('input', () => update(true));
  tools.set.addEventListener('change', () => update(true));
  tools.intervals.addEventListener('change', () => { measure(); draw(); });
  scroll.addEventListener('scroll', later, { passive: true });
  addEventListener('resize', later);
  addEventListener('hashchange', recall);
  addEventListener('beforeprint', () => write(0, 60));
  addEventListener('afterprint', draw);
  addEventListener('keydown', (event) => {
    if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey) return;
    if (/^(INPUT|SELECT|TEXTAREA)$/.test(document.activeElement.tagName)) return;
    event.preventDefault();
    tools.filter.focus();
  });
  update(false);
  recall();
})();
