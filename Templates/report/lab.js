(() => {
  const source = find('lab-data');
  if (!source) return;
  const data = JSON.parse(source.textContent);
  const last = data.t.length - 1;
  const metrics = ['selection_rate', 'true_positive_rate', 'false_positive_rate', 'precision', 'accuracy'];
  const [tool, pick, gap, status] = ['lab-tool', 'lab-family', 'lab-gap', 'lab-status'].map(find);
  const [body, gaps] = [...tool.querySelectorAll('tbody')];
  let family, rows;

  // Three digits, halves to even as everywhere on the page.
  const text = (x) => (Math.round(x * 1e3 - (x * 2e3 % 4 === 1) / 2) / 1e3).toFixed(3);
  const show = (td, value, why) => {
    td.dataset.value = value ?? '';
    td.replaceChildren(value == null ? element('span', `— ${why}`, 'why') : text(value));
  };
  const share = (a, b) => b > 0 ? a / b : null;

  // From counts between neighbouring thresholds to counts at or above each; entry 0 has all.
  const unpack = () => {
    const bytes = Uint8Array.from(atob(family.data), (c) => c.charCodeAt(0));
    const view = new DataView(bytes.buffer);
    let at = 0;
    const bit = () => bytes[at >> 3] >> (at++ & 7) & 1;
    // An exponential-Golomb code.
    const whole = (order) => {
      let left = order, value = 1;
      while (!bit()) left++;
      while (left--) value = value * 2 + bit();
      return value - 2 ** order;
    };
    const number = (order) => family.whole ? whole(order)
      : view.getFloat64(((at = (at + 7 & ~7) + 64) >> 3) - 8, true);
    for (const group of family.groups) {
      const sums = group.sums = [0, 1].map(() => new Float64Array(last + 2));
      const orders = [whole(6), whole(2), whole(2)];
      for (let left = orders.shift(), bin = 0; left; left--) {
        bin += whole(0) + 1;
        sums.forEach((one, i) => { one[bin] = number(orders[i]); });
      }
      for (const one of sums) for (let i = last; i >= 0; i--) one[i] += one[i + 1];
    }
  };

  const write = ({ cells }, [tp, fp, p, n], why) => {
    const found = [share(tp + fp, p + n), share(tp, p), share(fp, n), share(tp, tp + fp), share(tp + n - fp, p + n)];
    const none = [...why, why[0] || 'no predicted positives', why[0]];
    cells.forEach((td, i) => show(td, found[i], none[i]));
    return found;
  };
  const update = () => {
    const total = [...family.rest];
    const found = family.groups.map(({ sums: [p, q], why }, i) => {
      const at = +rows[i + 1].slider.value + 1;
      const counts = [p[at], q[at], p[0], q[0]];
      counts.forEach((count, j) => { total[j] += count; });
      return write(rows[i + 1], counts, why);
    });
    write(rows[0], total, ['no rows', 'no positives', 'no negatives']);
    const own = rows.some(({ slider }, i) => i && slider.value !== rows[1].slider.value);
    rows.forEach(({ slider }, i) => {
      if (!i && !own) slider.value = rows[1].slider.value;
      const at = +slider.value;
      slider.nextSibling.value = own && !i ? 'by group' : at === data.now ? data.cut : +data.t[at].toFixed(data.digits);
      slider.ariaValueText = slider.nextSibling.value;
    });
    [...gaps.rows].forEach((row, place) => {
      const rates = [[0], [1], [1, 2]][place];
      const isIn = (one) => rates.every((r) => one[r] !== null);
      const rest = found.filter(isIn);
      const out = family.groups.filter((_, i) => !isIn(found[i]))
        .map(({ name, why }) => `${name} (${rates.map((r) => why[r]).find(Boolean)})`);
      let [difference, ratio] = [null, null];
      if (rest.length > 1) for (const r of rates) {
        const list = rest.map((one) => one[r]);
        const [low, high] = [Math.min(...list), Math.max(...list)];
        difference = Math.max(difference, high - low);
        if (high > 0) ratio = Math.min(ratio ?? 1, low / high);
      }
      const why = rest.length > 1 ? '0 / 0' : 'fewer than two groups have a value';
      [difference, family.was[place][0], ratio, family.was[place][1]]
        .forEach((value, i) => show(row.cells[i + 1], value, why));
      row.cells[5].textContent = [...out, ...family.withheld].join(', ') || 'none';
      row.className = row.dataset.gap === gap.value ? 'chosen' : '';
    });
    const cells = gaps.rows[gap.selectedIndex].cells;
    return `${cells[0].textContent}: difference ${cells[1].textContent}, as decided ${cells[2].textContent}; `
      + `accuracy ${rows[0].cells[4].textContent}.`;
  };

  const line = (name, label, n, key) => {
    const row = element('tr');
    const th = element('th');
    th.scope = 'row';
    th.append(element('bdi', name));
    const slider = element('input');
    Object.assign(slider, { type: 'range', max: last, value: data.start, id: `lab-t-${key}`, ariaLabel: label });
    const td = element('td');
    td.append(slider, element('output'));
    const cells = metrics.map((metric) => {
      const cell = element('td');
      Object.assign(cell.dataset, { group: key, metric });
      return cell;
    });
    row.append(th, element('td', n.toLocaleString('en')), td, ...cells);
    body.append(row);
    return { slider, cells };
  };
  const open = () => {
    family = data.families[pick.selectedIndex];
    if (!family.groups[0].sums) unpack();
    body.replaceChildren();
    rows = [line('All groups', 'Threshold for all groups', data.n, 'all'),
      ...family.groups.map(({ name, n }, i) => line(name, `Threshold for ${name}`, n, i))];
  };
  const settle = () => {
    status.value = update();
    const parts = new URLSearchParams({ family: pick.value, gap: gap.value, t: data.t[rows[0].slider.value] });
    family.groups.forEach(({ name }, i) => {
      const { value } = rows[i + 1].slider;
      if (value !== rows[0].slider.value) parts.set(`t.${name}`, data.t[value]);
    });
    // Some viewers forbid it.
    try { history.replaceState(null, '', `#lab?${parts}`); } catch { }
  };
  const recall = () => {
    if (!location.hash.startsWith('#lab?')) return;
    const parts = new URLSearchParams(location.hash.slice(5));
    const asked = (key, otherwise) => {
      const wanted = parts.get(key);
      return !wanted || !isFinite(wanted) ? otherwise
        : data.t.reduce((best, t, i) => Math.abs(t - wanted) < Math.abs(data.t[best] - wanted) ? i : best, 0);
    };
    for (const [list, key] of [[pick, 'family'], [gap, 'gap']]) {
      const place = [...list.options].findIndex((one) => one.value === parts.get(key));
      if (place >= 0) list.selectedIndex = place;
    }
    open();
    const base = rows[0].slider.value = asked('t', data.start);
    family.groups.forEach(({ name }, i) => { rows[i + 1].slider.value = asked(`t.${name}`, base); });
    status.value = update();
    find('lab').scrollIntoView();
  };

  tool.hidden = false;
  body.addEventListener('input', ({ target }) => {
    if (target === rows[0].slider) for (const { slider } of rows) slider.value = target.value;
    update();
  });
  body.addEventListener('change', settle);
  gap.addEventListener('change', settle);
  for (const [one, what] of [[pick, 'change'], [find('lab-reset'), 'click']]) {
    one.addEventListener(what, () => { open(); settle(); });
  }
  addEventListener('hashchange', recall);
  open();
  update();
  recall();
})();
