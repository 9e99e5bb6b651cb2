(() => {
  const source = find('slice-data');
  if (!source) return;
  const data = JSON.parse(source.textContent);
  const { columns, count: total, reasons } = data;
  const { floor, max, min } = Math;
  const on = (target, kind, act) => target.addEventListener(kind, act);
  const rows = Array.from({ length: total }, (_, r) => r);
  const bytes = (text) => Uint8Array.from(atob(text), (c) => c.charCodeAt(0));

  // Numbers of b bits each, one after the other, from the lowest bit.
  const bits = ({ b, v, n = total }) => {
    const from = bytes(v);
    let [at, held, have] = [0, 0, 0];
    return new Float64Array(n).map(() => {
      for (; have < b; have += 8) held += from[at++] * 2 ** have;
      const rest = floor(held / 2 ** b);
      const code = held - rest * 2 ** b;
      held = rest;
      have -= b;
      return code;
    });
  };
  // Units of the last digit; the lowest codes are reasons for having no value.
  const read = (packed, why) => {
    const units = bits(packed).map((code, r) => {
      if (code >= reasons.length) return code + packed.o - reasons.length;
      why[r] = code;
      return NaN;
    });
    for (const [r, far] of packed.e) units[r] = far;
    return units;
  };

  // What follows from counts. Rows by outcome (TP, FP, FN, TN), then weights, then squared weights.
  const counts = data.cells.map((one) => read(one, []));
  const all = [...counts, ...data.weights
    ? data.weights.map((one) => new Float32Array(Uint32Array.from(bits(one), (c) => c * 2 ** (31 - one.b)).buffer))
    : [...counts, ...counts]];
  // Below 0: the rows outside slice ~r.
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
  // A column's numbers (v), limits (lo, hi) and reasons (why), when they are first asked for.
  const load = (m) => {
    if (m.v) return m;
    m.why = [];
    [m.v, m.lo, m.hi] = [m.value, m.lower, m.upper].map((packed) => packed ? read(packed, m.why) : new Float64Array(total).fill(NaN));
    if (m.value) return m;
    const base = m.gap ? load(columns[m.gap[0]]) : m;
    for (const r of rows) {
      const found = m.sum ? [sum(m.sum, 0, r)] : (m.gap ? gap(base, m.gap[1], r) : share(m, r)).map(round);
      [m.v[r], m.lo[r], m.hi[r]] = found;
      if (isNaN(found[0])) m.why[r] = m.gap ? base.why[r] || 4 : isNaN(counts[0][r]) ? 2 : sum(15, 0, r) ? m.empty : 1;
    }
    for (const [r, v, lo, hi, why] of m.e || []) [m.v[r], m.lo[r], m.hi[r], m.why[r]] = [v ?? NaN, lo ?? NaN, hi ?? NaN, why];
    return m;
  };
  const digits = (m, units) => (units < 0 ? '−' : m.gap && units > 0 ? '+' : '')
    + Math.abs(units / 10 ** m.d).toFixed(max(0, m.d)).replace(/\B(?=(\d{3})+(?!\d))/g, ',');
  // A number and, in a second line, its limits or the reason.
  const written = (m, [v, lo, hi], why) => isNaN(v) ? why === '∞' ? why : '—\n' + (why || reasons[0])
    : digits(m, v) + (lo > -Infinity ? `\n[${digits(m, lo)}, ${digits(m, hi)}]` : why ? '\n' + why : '');
  const words = (m, r) => r < 0
    ? written(m, m.num ? share(m, r).map(round) : [m.isCount ? load(m).v[0] - m.v[~r] : NaN], m.num || m.isCount ? '' : 'not known')
    : written(load(m), [m.v[r], m.lo[r], m.hi[r]], m.why[r] && reasons[m.why[r]]);

  const gaps = columns.filter((m) => m.gap);
  const n = load({ id: 'n', key: 'n', name: 'Rows', symbol: 'n', d: 0, isCount: 1, sum: 15 });
  for (const [r, known] of data.rows) [n.v[r], n.why[r]] = [known];
  // The harm that an interval vouches for: the bound nearer to no gap, in the direction that harms.
  const harm = { id: 'harm', key: 'harm', name: 'Harm', symbol: 'Harm ≥', d: 3, why: [] };
  const bound = (m, r) => m.better > 0 ? -m.hi[r] : m.better ? m.lo[r] : max(m.lo[r], -m.hi[r]);
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

  const writeHead = () => {
    const tr = element('tr');
    for (const m of [{ id: 'name', symbol: 'Slice', name: '' }, ...shown()]) {
      const [th, button] = [element('th'), element('button', m.symbol)];
      th.scope = 'col';
      th.ariaSort = state.sort !== m.id ? 'none' : state.falling ? 'descending' : 'ascending';
      button.title = m.name;
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

  // The address holds all of the state.
  const remember = (isStep) => {
    const parts = new URLSearchParams();
    for (const [key, one] of Object.entries(tools)) if (setting(one) !== initial[key]) parts.set(key, setting(one));
    const sort = (state.falling ? '-' : '') + (state.sort || 'none');
    if (sort !== '-harm') parts.set('sort', sort);
    if (state.pins[0]) parts.set('pin', state.pins.map(link).join('.'));
    state.list = `${parts}`;
    if (state.slice !== -1) parts.set('slice', state.slice < 0 ? 'pins' : link(state.slice));
    // Some viewers forbid it.
    try { history[isStep ? 'pushState' : 'replaceState'](null, '', '#slices' + (parts.size ? '?' + parts : '')); } catch { }
  };
  const recall = () => {
    const text = location.hash.slice(1);
    state.slice = linked(text.replace(/^slice[-=]/, ''));
    if (text.startsWith('slices?')) {
      const parts = new URLSearchParams(text.slice(7));
      const slice = parts.get('slice');
      state.slice = slice === 'pins' ? -2 : linked(slice);
      parts.delete('slice');
      // Back from a slice, the list is as it was.
      if (state.list === `${parts}`) return view();
      state.list = `${parts}`;
      for (const [key, one] of Object.entries(tools)) {
        const value = parts.get(key) ?? initial[key];
        if (one.type === 'checkbox') one.checked = Number(value);
        else one.value = value;
        if (one.selectedIndex < 0) one.selectedIndex = 0;
      }
      const sort = parts.get('sort') || '-harm';
      const key = sort.replace('-', '');
      state.sort = key === 'name' || keys.has(key) ? key : '';
      state.falling = sort[0] === '-';
      state.pins = (parts.get('pin') || '').split('.').map(linked).filter((r) => r >= 0).slice(0, 4);
      update();
      if (!panel.open) section.scrollIntoView();
    }
    view();
  };

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
    const to = chief[r] >= 0 ? [2, 0, 1] : [2, 0];
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
      sheet('Every metric', [['', 'this slice', 'among', 'rows outside', 'all rows', ...to.map((to) => 'gap to ' + ['all rows', to === 1 && name(chief[r]), 'the rows outside'][to])],
        ...metrics.map((m) => [m.name, words(m, r), isKnown ? `${count(m.den)} ${m.of}` : '', words(m, ~r), words(m, 0), ...to.map((to) => toward(m, to, r))])]),
    ];
  };
  const side = () => {
    const over = [...state.pins.flatMap((r) => [r, ~r]), 0];
    return [sheet('Pinned slices, the rows outside each, and all rows', [['', ...over.map((r) => r < 0 ? 'rows outside' : linkTo(r))],
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

  const csv = () => {
    const over = shown().map(load);
    const bare = (m, list, r) => isNaN(list[r]) ? '' : digits(m, list[r]).replace(/[,+]/g, '').replace('−', '-');
    const parts = (m) => m.isCount || m === harm ? ['v'] : ['v', 'lo', 'hi'];
    const quoted = (text) => `"${(/^[=+\-@\t\r]/.test(text) ? "'" : '') + text.replace(/"/g, '""')}"`;
    return [['slice', ...over.flatMap((m) => parts(m).map((part) => m.id + { v: '', lo: '_lower', hi: '_upper' }[part]))].join(),
      ...state.order.map((r) => [quoted(name(r)), ...over.flatMap((m) => parts(m).map((part) => bare(m, m[part], r)))].join()), ''].join('\r\n');
  };
  const acts = {
    copy: async () => {
      try {
        await navigator.clipboard.writeText(csv());
        tell(`${digits(n, state.order.length)} rows copied`);
      } catch {
        tell('The browser did not let us copy; download instead');
      }
    },
    save: () => {
      const a = element('a');
      a.href = URL.createObjectURL(new Blob([csv()], { type: 'text/csv' }));
      a.download = 'slices-shown.csv';
      a.click();
      setTimeout(() => URL.revokeObjectURL(a.href), 1000);
    },
    compare: () => state.pins.length && open(-2),
    close: () => panel.close(),
    pin: () => {
      pin(state.slice);
      if (state.slice < 0) panel.close();
      else view();
    },
  };
  on(section, 'click', (event) => {
    const a = event.target.closest('a');
    const act = acts[event.target.closest('button')?.id.slice(6)];
    if (act) act();
    else if (a && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
      const r = linked(a.hash.slice(7));
      if (r < 0) {
        state.slice = -1;
        return panel.close();
      }
      event.preventDefault();
      open(r);
    }
  });
  on(section, 'keydown', (event) => {
    const { target, key } = event;
    if (event.ctrlKey || event.metaKey || event.altKey || target.closest('dialog,input,select')) return;
    const page = max(1, floor(scroll.clientHeight / height) - 2);
    const by = { ArrowDown: 1, ArrowUp: -1, PageDown: page, PageUp: -page, Home: -total, End: total }[key];
    const act = { '/': () => tools.q.focus(), '?': () => find('slice-keys').showPopover(), c: acts.compare, p: () => pin(state.order[state.at]) }[key];
    if (by && scroll.contains(target)) {
      move(state.at + (body.contains(target) ? by : 0));
      current()?.focus({ preventScroll: true });
    } else if (act) act();
    else return;
    event.preventDefault();
  });

  for (const { name } of data.sets) tools.set.append(new Option(name));
  ['all rows', 'the reference', 'the rows outside'].forEach((text, to) => {
    if (gaps.some((m) => m.gap[1] === to)) tools.harm.append(new Option('any metric, to ' + text, 'any' + to));
  });
  for (const m of gaps) tools.harm.append(new Option(m.name, m.id));
  const initial = {};
  for (const [key, one] of Object.entries(tools)) initial[key] = setting(one);
  find('slice-tools').hidden = false;
  find('slice-cut')?.remove();
  scroll.classList.add('live');
  let wait;
  on(section, 'input', () => {
    clearTimeout(wait);
    wait = setTimeout(update, 80, true);
  });
  on(scroll, 'scroll', later);
  on(window, 'resize', later);
  on(window, 'hashchange', recall);
  on(window, 'beforeprint', () => write(0, 60));
  on(window, 'afterprint', draw);
  update();
  recall();
})();
