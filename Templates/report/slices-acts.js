// What buttons and keys do, and the start.
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
