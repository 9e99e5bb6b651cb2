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
