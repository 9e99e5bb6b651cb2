(() => {
  const source = find('run-data');
  if (!source) return;
  const data = JSON.parse(source.textContent);
  const word = (place) => place < 0 ? '' : data.words[place];
  const step = 100;
  const runs = data.rows.map((row, place) => {
    const [number, count, name, title, date, report, folder, kind, verdict, counts, worst, worstName,
      rows, dataHash, model, policy, changes] = row;
    const [sign, verdictWord, verdictClass] = word(verdict).split('\t');
    return {
      place, number, count, name, title: word(title), date: word(date), report: word(report), folder: word(folder),
      kind: word(kind), sign, verdict: verdictWord, className: verdictClass,
      counts: counts.map((one) => one < 0 ? '—' : String(one)),
      worst: word(worst), worstName: word(worstName), rows, changes,
      hashes: [dataHash, model, policy].map(word),
      detail: data.details[place],
    };
  });
  const byNumber = new Map(runs.map((run) => [run.number, run]));
  for (const run of runs) {
    run.text = [run.name, run.title, run.date, run.folder, run.kind, run.verdict, run.worstName, ...run.hashes]
      .join(' ').toLowerCase();
  }

  // The list.
  const body = find('run-table').tBodies[0];
  let shown = runs;
  let limit = step;
  let chosen = [0, 0];
  const verdictSpan = (sign, text, className) => {
    const span = element('span', '', 'word ' + className);
    const mark = element('span', sign);
    mark.setAttribute('aria-hidden', 'true');
    span.append(mark, ' ' + text);
    return span;
  };
  const isolated = (text) => element('bdi', text);
  const rowOf = (run) => {
    const row = element('tr');
    row.id = 'run-' + run.number;
    const head = element('th');
    head.scope = 'row';
    const pick = element('span', '', 'pick');
    ['A', 'B'].forEach((side, index) => {
      const button = element('button', side);
      button.type = 'button';
      button.dataset.side = index;
      button.dataset.number = run.number;
      button.setAttribute('aria-label', `${side}: compare run ${run.number}`);
      button.setAttribute('aria-pressed', String(chosen[index] === run.number));
      pick.append(button);
    });
    let name = isolated(run.name);
    if (run.report) {
      const link = element('a');
      link.href = run.report;
      link.append(name);
      name = link;
    }
    head.append(pick, name);
    if (run.count > 1) head.append(' ', element('small', '× ' + run.count));
    const about = element('small', '', 'about');
    if (data.manyTitles) about.append(isolated(run.title), ' · ');
    about.append(run.kind, ' · ', isolated(run.folder), run.date ? ' · ' + run.date : '');
    head.append(about);
    row.append(head);
    const verdict = element('td');
    verdict.append(verdictSpan(run.sign, run.verdict, run.className));
    row.append(verdict, ...run.counts.map((one) => element('td', one)));
    const worst = element('td', run.worst || '—');
    if (run.worst) {
      const small = element('small');
      small.append(isolated(run.worstName));
      worst.append(small);
    }
    row.append(worst, element('td', run.rows));
    run.hashes.forEach((hash, index) => {
      const cell = element('td');
      cell.append(element('code', hash));
      if (run.changes & 1 << index) cell.append(' ', element('b', 'new', 'new'));
      row.append(cell);
    });
    if (chosen.includes(run.number)) row.className = 'chosen';
    return row;
  };
  const more = find('run-more');
  const draw = () => {
    body.replaceChildren(...shown.slice(0, limit).map(rowOf));
    more.hidden = shown.length <= limit;
    more.textContent = `Show ${Math.min(step, shown.length - limit)} more`;
    find('run-status').textContent = shown.length === runs.length ? `${runs.length} runs`
      : `${shown.length} of ${runs.length} runs`;
  };
  const filter = () => {
    const terms = find('run-filter').value.toLowerCase().split(/\s+/).filter(Boolean);
    const verdict = find('run-verdict').value;
    shown = runs.filter((run) => (!verdict || run.verdict === verdict) && terms.every((term) =>
      term.length > 1 && term.startsWith('-') ? !run.text.includes(term.slice(1)) : run.text.includes(term)));
    limit = step;
    draw();
  };

  // Numbers as the page writes them: three decimals, rounded half to even on the stored value.
  const digits = '⁰¹²³⁴⁵⁶⁷⁸⁹';
  const even = (x) => {
    const whole = Math.floor(x);
    const rest = x - whole;
    return rest > 0.5 || (rest === 0.5 && whole % 2 === 1) ? whole + 1 : whole;
  };
  const fixed = (x, places) => {
    const text = String(even(x * 10 ** places)).padStart(places + 1, '0');
    const whole = places ? text.slice(0, -places) : text;
    return whole.replace(/\B(?=(\d{3})+$)/g, ',') + (places ? '.' + text.slice(-places) : '');
  };
  const scientific = (x) => {
    let exponent = Math.floor(Math.log10(x));
    let tenths = Math.round(x / 10 ** exponent * 10);
    if (tenths >= 100) {
      exponent += 1;
      tenths = Math.round(tenths / 10);
    }
    const mantissa = tenths % 10 ? `${Math.floor(tenths / 10)}.${tenths % 10}` : String(tenths / 10);
    const power = (exponent < 0 ? '⁻' : '') + [...String(Math.abs(exponent))].map((d) => digits[d]).join('');
    return (mantissa === '1' ? '' : mantissa + '×') + '10' + power;
  };
  const show = (value) => {
    const x = Number(value);
    if (!Number.isFinite(x)) return (x < 0 ? '−' : '') + '∞';
    const size = Math.abs(x);
    const places = size >= 100 ? 0 : size >= 10 ? 1 : 3;
    const text = size >= 1e6 || (size > 0 && size < 0.0005) ? scientific(size) : fixed(size, places);
    return (x < 0 ? '−' : '') + text;
  };
  const interval = ([value, lower, upper]) =>
    lower === null || upper === null ? show(value) : `${show(value)} [${show(lower)}, ${show(upper)}]`;
  const reading = (numbers) => numbers.length === 1 ? word(numbers[0]) : interval(numbers);

  // What became of a number: the rules of the page itself, in the order of its shifts.
  const names = ['failure', 'waived', 'undecided', 'worse', 'higher', 'lower', 'fixed', 'settled', 'better',
    'unclear', 'added', 'removed'];
  const shift = Object.fromEntries(names.map((name, index) => [name, index]));
  const outside = (a, b) => a.length === 3 && b.length === 3 && a[1] !== null && a[2] !== null
    && (Number(b[0]) < Number(a[1]) || Number(b[0]) > Number(a[2]));
  const excess = (value, minimum, maximum) => Math.max(
    maximum === null ? -Infinity : Number(value) - Number(maximum),
    minimum === null ? -Infinity : Number(minimum) - Number(value));
  const ofCheck = (a, b) => {
    const [before, now] = [a[4], b[4]];
    if (before === now) {
      if (a[8] >= 0 || b[8] >= 0) return a[8] === b[8] ? shift.unclear : b[8] > a[8] ? shift.worse : shift.better;
      if (!outside(a[5], b[5])) return shift.unclear;
      const [x, y] = [a, b].map((one) => excess(one[5][0], a[6], a[7]));
      return y > x ? shift.worse : y < x ? shift.better : shift.unclear;
    }
    if (now === 0) return shift.failure;
    if (now === 2) return shift.waived;
    if (now === 3 && (before === 0 || before === 2)) return shift.fixed;
    return now === 1 ? shift.undecided : shift.settled;
  };
  const ofGap = (a, b) => !outside(a[3], b[3]) ? shift.unclear
    : Math.abs(Number(b[3][0])) > Math.abs(Number(a[3][0])) ? shift.worse : shift.better;
  const ofMetric = (a, b) => {
    if (!outside(a[2], b[2])) return shift.unclear;
    const isUp = Number(b[2][0]) > Number(a[2][0]);
    if (b[1] === 0) return isUp ? shift.higher : shift.lower;
    return isUp === b[1] > 0 ? shift.better : shift.worse;
  };
  const pairs = (a, b) => {
    const before = new Map([...a].reverse().map((one) => [one[0], one]));
    const now = new Set(b.map((one) => one[0]));
    return [...b.map((one) => [before.get(one[0]), one]),
      ...a.filter((one) => !now.has(one[0])).map((one) => [one, undefined])];
  };
  const lines = (a, b, compare, name, about, cell) => pairs(a, b).map(([x, y]) => ({
    name: name(y || x), about: about(x, y), a: x ? cell(x) : '—', b: y ? cell(y) : '—',
    shift: x ? y ? compare(x, y) : shift.removed : shift.added,
  }));
  const limits = (x, y) => {
    const bounds = [x, y].filter(Boolean).map((one) => word(one[2]));
    return `${word((y || x)[1])}, limit ${bounds.length > 1 && bounds[0] !== bounds[1] ? bounds.join(' → ') : bounds[0]}`;
  };

  const table = (id, rows) => {
    const region = find(id).closest('.scroll');
    region.hidden = rows.length === 0;
    find(id).tBodies[0].replaceChildren(...rows.map((line) => {
      const row = element('tr');
      const head = element('th');
      head.scope = 'row';
      head.append(isolated(line.name));
      if (line.about) {
        const small = element('small');
        small.append(isolated(line.about));
        head.append(small);
      }
      const cell = element('td');
      const [text, sign, className] = data.shifts[line.shift];
      cell.append(verdictSpan(sign, text, className));
      row.append(head, element('td', line.a), element('td', line.b), cell);
      return row;
    }));
  };
  const counted = (title, rows) => {
    const parts = data.shifts.map(([text], index) => [rows.filter((row) => row.shift === index).length, text, index])
      .filter(([count, , index]) => count && index !== shift.unclear).map(([count, text]) => `${count} ${text}`);
    return rows.length ? [`${title}: ${parts.join(', ') || 'no clear change'}`] : [];
  };
  const compare = (a, b) => {
    const [x, y] = [a.detail, b.detail];
    const sort = (rows) => rows.sort((one, other) => one.shift - other.shift);
    const checks = sort(lines(x[2], y[2], ofCheck, (one) => word(one[0]), limits, (one) => one[3]));
    const gaps = sort(lines(x[3], y[3], ofGap, (one) => word(one[1]), (one, other) => word((other || one)[2]),
      (one) => reading(one[3])));
    table('compare-checks', checks);
    const still = gaps.filter((line) => line.shift === shift.unclear);
    table('compare-gaps', gaps.filter((line) => line.shift !== shift.unclear));
    table('compare-rest', still);
    find('compare-still').hidden = still.length === 0;
    find('compare-still').firstElementChild.textContent =
      `${still.length} ${still.length === 1 ? 'gap' : 'gaps'} without a clear change`;
    table('compare-metrics', lines(x[4], y[4], ofMetric, (one) => word(one[0]), () => '', (one) => reading(one[2])));
    const finding = [...counted('Checks', checks), ...counted('Gaps', gaps)];
    const bold = (run) => {
      const made = element('b');
      made.append(isolated(run.name));
      return made;
    };
    find('compare-finding').replaceChildren('From ', bold(a), ' to ', bold(b), '. ',
      finding.length ? finding.join('. ') + '.' : 'There is nothing to compare.');
    const warnings = [x[5] === y[5] ? data.same : data.other].concat(a.title === b.title ? [] : [data.titles]);
    find('compare-warnings').replaceChildren(...warnings.map((text) => element('p', text, 'note')));
    const table3 = find('compare-inputs');
    table3.querySelector('.name-a').textContent = a.name;
    table3.querySelector('.name-b').textContent = b.name;
    const plural = (run) => `${run.rows} ${run.rows === '1' ? 'row' : 'rows'}`;
    const facts = (run) => [`${run.sign} ${run.verdict}`, `${run.hashes[0]}, ${plural(run)}`,
      word(run.detail[0]), run.hashes[2], run.hashes[1], word(run.detail[1])];
    const [left, right] = [facts(a), facts(b)];
    [...table3.tBodies[0].rows].forEach((row, index) => {
      row.cells[1].textContent = left[index];
      row.cells[2].textContent = right[index];
      row.cells[3].textContent = left[index] === right[index] ? 'same' : 'other';
      row.cells[3].className = left[index] === right[index] ? '' : 'other';
    });
  };

  // Which two: in the address, so that a link keeps them and the back button undoes a choice.
  const inputs = [find('compare-a'), find('compare-b')];
  const hasComparison = Boolean(find('compare-finding'));
  const initial = hasComparison ? [source.dataset.a, source.dataset.b].map(Number) : [0, 0];
  const read = () => {
    const found = new URLSearchParams(location.hash.slice(1));
    return ['a', 'b'].map((side, index) => found.has(side) ? Number(found.get(side)) : initial[index]);
  };
  const resolve = (number) => byNumber.get(number);
  const status = find('compare-status');
  const apply = () => {
    if (!hasComparison) return;
    chosen = read();
    inputs.forEach((input, index) => { input.value = chosen[index]; });
    const found = chosen.map(resolve);
    const wrong = chosen.find((number, index) => !found[index] || !found[index].detail);
    if (wrong === undefined) {
      compare(found[0], found[1]);
      status.textContent = '';
    } else {
      status.textContent = resolve(wrong)
        ? `Run ${wrong} is too far back: runs.jsonl has its numbers, this page only those of the newest ${data.details.length} runs.`
        : `There is no run ${wrong} in this list.`;
    }
    for (const row of body.rows) {
      const number = Number(row.id.slice(4));
      row.classList.toggle('chosen', chosen.includes(number));
      row.querySelectorAll('.pick button').forEach((button, index) =>
        button.setAttribute('aria-pressed', String(chosen[index] === number)));
    }
  };
  const choose = (side, number) => {
    const next = read();
    next[side] = number;
    location.hash = `a=${next[0]}&b=${next[1]}`;
  };
  inputs.forEach((input, index) => input.addEventListener('change', () => choose(index, Number(input.value))));
  find('compare-swap').addEventListener('click', () => {
    const [a, b] = read();
    location.hash = `a=${b}&b=${a}`;
  });
  body.addEventListener('click', (event) => {
    const button = event.target.closest('.pick button');
    if (button) choose(Number(button.dataset.side), Number(button.dataset.number));
  });
  addEventListener('hashchange', apply);

  for (const name of [...new Set(runs.map((run) => run.verdict))]) {
    const option = element('option', name);
    option.value = name;
    find('run-verdict').append(option);
  }
  find('run-filter').addEventListener('input', filter);
  find('run-verdict').addEventListener('change', filter);
  more.addEventListener('click', () => {
    limit += step;
    draw();
  });
  addEventListener('keydown', (event) => {
    if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey || event.target.closest('input,select')) return;
    event.preventDefault();
    find('run-filter').focus();
  });
  for (const id of ['run-tools', 'run-help']) find(id).hidden = false;
  find('compare-tools').hidden = !hasComparison;
  if (find('run-cut')) find('run-cut').hidden = true;
  draw();
  apply();
})();
