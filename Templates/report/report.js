// What every part of the page uses; the other scripts follow in the same function.
const find = (id) => document.getElementById(id);
const element = (tag, text, className) => {
  const made = document.createElement(tag);
  if (text) made.textContent = text;
  if (className) made.className = className;
  return made;
};
const on = (target, kind, act, early) => target.addEventListener(kind, act, early);
const bytes = (text) => Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
// The address holds the state. Some viewers forbid it.
const address = (hash, isStep) => {
  try { history[isStep ? 'pushState' : 'replaceState'](null, '', hash); } catch { }
};

// On paper what is folded and worth it is open.
let unfolded = [];
on(window, 'beforeprint', () => {
  unfolded = [...document.querySelectorAll('details.print:not([open])')];
  for (const one of unfolded) one.open = true;
});
on(window, 'afterprint', () => { for (const one of unfolded) one.open = false; });

// The numbers of a chart are laid out when they are asked for: a page has thousands of them.
on(window, 'toggle', ({ target }) => {
  const held = target.querySelector?.(':scope > noscript');
  if (held) held.outerHTML = held.textContent;
}, true);
