/// Functions' bodies that run in the page.
enum Script {
  /// Opens every fold, presses what sorts and filters, and scrolls to the end.
  static let useEverything = """
    for (const one of document.querySelectorAll('details')) one.open = true;
    for (const one of [...document.querySelectorAll('thead button')].slice(0, 3)) one.click();
    const filter = document.getElementById('slice-filter');
    if (filter) {
      filter.value = 'n>100';
      filter.dispatchEvent(new Event('input', { bubbles: true }));
    }
    for (const one of document.querySelectorAll('select')) {
      one.selectedIndex = one.options.length - 1;
      one.dispatchEvent(new Event('change', { bubbles: true }));
    }
    scrollTo(0, document.documentElement.scrollHeight);
    """

  /// Whether an element, the argument, can be seen: drawn, opaque and not hidden by an ancestor.
  static let isVisible = """
    const seen = (one) => one && one.checkVisibility({ opacityProperty: true, visibilityProperty: true })
      && one.getBoundingClientRect().width > 1 && one.getBoundingClientRect().height > 1;
    """

  /// The paint of every mark of every chart.
  static let paints = """
    return [...document.querySelectorAll('figure svg')].flatMap((svg) =>
      [...svg.querySelectorAll('line,path,rect,circle,polygon,polyline,ellipse,text')].map((one) => {
        const style = getComputedStyle(one);
        return [svg.closest('figure').id, one.tagName, style.stroke, style.fill].join(' ');
      }));
    """

  /// Identifiers that occur more than once.
  static let repeatedIdentifiers = """
    const all = [...document.querySelectorAll('[id]')].map((one) => one.id);
    return all.filter((id, place) => all.indexOf(id) !== place);
    """

  /// References to identifiers that do not exist; links to slices reach rows that are drawn on demand.
  static let danglingReferences = """
    const lost = [];
    for (const name of ['aria-labelledby', 'aria-describedby', 'aria-controls', 'for', 'headers']) {
      for (const one of document.querySelectorAll(`[${name}]`)) {
        for (const id of one.getAttribute(name).split(/\\s+/)) {
          if (id && !document.getElementById(id)) lost.push(`${name}=${id}`);
        }
      }
    }
    for (const one of document.querySelectorAll('a[href^="#"]')) {
      const id = decodeURIComponent(one.getAttribute('href').slice(1));
      if (!/^(slice|slices)\\b/.test(id) && !document.getElementById(id)) lost.push(`href=${id}`);
    }
    return [...new Set(lost)];
    """
}

extension Script {
  /// What is wider than the window and in nothing that scrolls.
  static let sticksOut = """
    const width = document.documentElement.clientWidth;
    const scrolls = (one) => {
      for (let up = one.parentElement; up; up = up.parentElement) {
        if (up !== document.body && /auto|scroll|hidden|clip/.test(getComputedStyle(up).overflowX)) return true;
      }
      return false;
    };
    return [...document.body.querySelectorAll('*')]
      .filter((one) => !scrolls(one) && (one.getBoundingClientRect().right > width + 1
        || (getComputedStyle(one).overflowX === 'visible' && one.scrollWidth > one.clientWidth + 1
          && one.getBoundingClientRect().left + one.scrollWidth > width + 1)))
      .map((one) => `${one.tagName}.${one.getAttribute('class') || one.id} ${Math.round(one.getBoundingClientRect().right)}`);
    """

  /// Texts that their box cuts off.
  static let cutTexts =
    isVisible + """
      return [...document.body.querySelectorAll('h1,h2,h3,p,dt,dd,summary,button,label,a,small,caption')].filter(seen)
        .filter((one) => {
          const style = getComputedStyle(one);
          return style.textOverflow !== 'ellipsis' && (style.overflowX === 'hidden' || style.overflowY === 'hidden')
            && (one.scrollWidth > one.clientWidth + 2 || one.scrollHeight > one.clientHeight + 2);
        }).map((one) => one.outerHTML.slice(0, 100));
      """

  /// Texts of charts that lie outside their drawing.
  static let clippedCharts = """
    return [...document.querySelectorAll('figure svg.chart')].flatMap((svg) => {
      const frame = svg.getBoundingClientRect();
      if (!frame.width) return [];
      return [...svg.querySelectorAll('text')].filter((one) => {
        const box = one.getBoundingClientRect();
        return box.width && (box.left < frame.left - 2 || box.right > frame.right + 2
          || box.top < frame.top - 2 || box.bottom > frame.bottom + 2);
      }).map((one) => `${svg.closest('figure').id}: ${one.textContent.slice(0, 40)}`);
    });
    """
}
