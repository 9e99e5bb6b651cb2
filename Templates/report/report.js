// What every part of the page uses; the other scripts follow in the same function.
const find = (id) => document.getElementById(id);
const element = (tag, text, className) => {
  const made = document.createElement(tag);
  if (text) made.textContent = text;
  if (className) made.className = className;
  return made;
};

// On paper what is folded and worth it is open.
let unfolded = [];
addEventListener('beforeprint', () => {
  unfolded = [...document.querySelectorAll('details.print:not([open])')];
  for (const one of unfolded) one.open = true;
});
addEventListener('afterprint', () => { for (const one of unfolded) one.open = false; });

// The numbers of a chart are laid out when they are asked for: a page has thousands of them.
addEventListener('toggle', (event) => {
  const held = event.target.querySelector?.(':scope > noscript');
  if (held) held.outerHTML = held.textContent;
}, true);
