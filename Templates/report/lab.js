(() => {
  const source = find('lab-data');
  if (!source) return;
  const data = JSON.parse(source.textContent);
  const last = data.t.length - 1;
  const metrics = ['selection_rate', 'true_positive_rate', 'false_positive_rate', 'precision', 'accuracy'];
  const compared = { demographic_parity: [0], equal_opportunity: [1], equalized_odds: [1, 2] };
  const [pick, gap, status] = ['lab-family', 'lab-gap', 'lab-status'].map(find);
  const body = find('lab-groups').tBodies[0];
  const gapRows = [...find('lab-gaps').tBodies[0].rows];
  let family, cells, sliders;

  const cut = (i) => (i === data.now && data.cut) || String(+data.t[i].toPrecision(4));
  // Three digits, halves to even as everywhere on the page.
  const text = (x) => {
    const r = Math.round(x * 1000);
    return ((r - x * 1000 === .5 && r % 2 ? r - 1 : r) / 1000).toFixed(3);
  };
  const show = (td, value, reason) => {
    const known = value === value && value !== null;
    td.dataset.value = known ? value : '';
    td.replaceChildren(known ? text(value) : '— ');
    if (!known) td.append(element('span', reason, 'why'));
  };

  // From counts between neighbouring thresholds to counts at or above each; entry 0 has all.
  const unpack = () => {
    if (family.groups[0]?.p) return;
    const bytes = Uint8Array.from(atob(family.data), (c) => c.charCodeAt(0));
    const view = new DataView(bytes.buffer);
    let at = 0;
    const whole = () => {
      let value = 0, unit = 1, byte;
      do {
        byte = bytes[at++];
        value += (byte & 127) * unit;
        unit *= 128;
      } while (byte > 127);
      return value;
    };
    const number = () => family.whole ? whole() : view.getFloat64((at += 8) - 8, true);
    for (const group of family.groups) {
      group.p = new Float64Array(last + 2);
      group.q = new Float64Array(last + 2);
      for (let left = whole(), bin = 0; left; left--) {
        bin += whole();
        group.p[bin] = number();
        group.q[bin] = number();
      }
      for (let i = last; i >= 0; i--) {
        group.p[i] += group.p[i + 1];
        group.q[i] += group.q[i + 1];
      }
    }
  };

  const share = (a, b) => b > 0 ? a / b : NaN;
  const values = ([tp, fp, p, n]) => [share(tp + fp, p + n), share(tp, p), share(fp, n), share(tp, tp + fp),
    share(tp + n - fp, p + n)];
  const fill = (row, found, why) => row.forEach((td, i) => show(td, found[i],
    i === 3 ? why[0] || 'no predicted positives' : why[i === 4 ? 0 : i]));

  const update = () => {
    const total = [...family.rest];
    const all = family.groups.map((group, i) => {
      const at = +sliders[i + 1].value + 1;
      const counts = [group.p[at], group.q[at], group.p[0], group.q[0]];
      counts.forEach((count, j) => { total[j] += count; });
      const found = values(counts);
      fill(cells[i + 1], found, group.why);
      return found;
    });
    const whole = values(total);
    fill(cells[0], whole, ['no rows', 'no positives', 'no negatives']);
    const own = sliders.slice(1).some((slider) => slider.value !== sliders[1].value);
    if (!own) sliders[0].value = sliders[1].value;
    sliders.forEach((slider, i) => {
      const said = i || !own ? cut(+slider.value) : 'by group';
      slider.nextSibling.value = said;
      slider.setAttribute('aria-valuetext', said);
    });
    for (const [place, row] of gapRows.entries()) {
      const rates = compared[row.dataset.gap];
      const defined = all.filter((found) => rates.every((r) => found[r] === found[r]));
      const out = family.groups.filter((_, i) => !defined.includes(all[i]))
        .map((group) => `${group.name} (${rates.map((r) => group.why[r]).find((why) => why)})`)
        .concat(family.withheld.map((name) => `${name} (withheld)`));
      let difference = NaN, ratio = NaN;
      if (defined.length > 1) for (const r of rates) {
        const list = defined.map((found) => found[r]);
        const [low, high] = [Math.min(...list), Math.max(...list)];
        if (!(difference >= high - low)) difference = high - low;
        if (high > 0 && !(ratio <= low / high)) ratio = low / high;
      }
      const few = 'fewer than two groups have a value';
      show(row.cells[1], difference, few);
      show(row.cells[2], family.was[place][0], few);
      show(row.cells[3], ratio, defined.length > 1 ? '0 / 0' : few);
      show(row.cells[4], family.was[place][1], defined.length > 1 ? '0 / 0' : few);
      row.cells[5].replaceChildren(element('span', out.join(', ') || 'none', 'why'));
      row.className = row.dataset.gap === gap.value ? 'chosen' : '';
    }
    const chosen = gapRows.find((row) => row.className);
    return `${gap.selectedOptions[0].text}: difference ${chosen.cells[1].textContent}, as decided ${chosen.cells[2].textContent}. `
      + `Accuracy ${cells[0][4].textContent}.`;
  };

  const line = (name, label, n, key) => {
    const row = element('tr');
    const th = element('th');
    th.scope = 'row';
    th.append(element('bdi', name));
    const slider = element('input');
    Object.assign(slider, { type: 'range', min: 0, max: last, step: 1, value: data.start, id: `lab-t-${key}` });
    slider.setAttribute('aria-label', label);
    const td = element('td');
    td.append(slider, element('output'));
    slider.nextSibling.htmlFor = slider.id;
    const own = metrics.map((metric) => {
      const cell = element('td');
      Object.assign(cell.dataset, { group: key, metric });
      return cell;
    });
    row.append(th, element('td', n.toLocaleString('en')), td, ...own);
    body.append(row);
    sliders.push(slider);
    cells.push(own);
  };
  const open = () => {
    family = data.families.find((one) => one.id === pick.value) || data.families[0];
    unpack();
    body.replaceChildren();
    [sliders, cells] = [[], []];
    line('All groups', 'Threshold for all groups', family.rows, 'all');
    family.groups.forEach((group, i) => line(group.name, `Threshold for ${group.name}`, group.n, i));
  };

  const remember = () => {
    const parts = new URLSearchParams({ family: family.id, gap: gap.value });
    const base = sliders[0].value;
    if (+base !== data.start) parts.set('t', data.t[base]);
    family.groups.forEach((group, i) => {
      if (sliders[i + 1].value !== base) parts.set(`t.${group.name}`, data.t[sliders[i + 1].value]);
    });
    try { history.replaceState(null, '', `#lab?${parts}`); } catch { /* some viewers forbid it */ }
  };
  const recall = () => {
    if (!location.hash.startsWith('#lab?')) return false;
    const parts = new URLSearchParams(location.hash.slice(5));
    if (data.families.some((one) => one.id === parts.get('family'))) pick.value = parts.get('family');
    if (compared[parts.get('gap')]) gap.value = parts.get('gap');
    open();
    const nearest = (asked, otherwise) => asked === null || !isFinite(asked) ? otherwise
      : data.t.reduce((best, t, i) => Math.abs(t - asked) < Math.abs(data.t[best] - asked) ? i : best, 0);
    const base = nearest(parts.get('t'), data.start);
    sliders[0].value = base;
    family.groups.forEach((group, i) => { sliders[i + 1].value = nearest(parts.get(`t.${group.name}`), base); });
    status.value = update();
    find('lab').scrollIntoView();
    return true;
  };
  const settle = () => {
    status.value = update();
    remember();
  };

  find('lab-tool').hidden = false;
  body.addEventListener('input', (event) => {
    if (event.target === sliders[0]) for (const slider of sliders) slider.value = sliders[0].value;
    update();
  });
  body.addEventListener('change', settle);
  gap.addEventListener('change', settle);
  pick.addEventListener('change', () => { open(); settle(); });
  find('lab-reset').addEventListener('click', () => { open(); settle(); });
  addEventListener('hashchange', recall);
  if (!recall()) {
    open();
    update();
  }
})();
