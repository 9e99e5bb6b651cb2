extension Script {
  /// `parse`, `contrast` (WCAG 2.2's definition) and `ground`, the colour behind an element.
  static let colours = """
    const parse = (text) => {
      const parts = (text.match(/rgba?\\(([^)]*)\\)/) || [, '0,0,0,0'])[1].split(/[ ,/]+/).map(Number);
      return [parts[0], parts[1], parts[2], parts.length > 3 ? parts[3] : 1];
    };
    const luminance = (colour) => {
      const [r, g, b] = colour.map((one) => {
        const c = one / 255;
        return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
      });
      return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const contrast = (a, b) => {
      const [x, y] = [luminance(a), luminance(b)].sort((p, q) => q - p);
      return (x + 0.05) / (y + 0.05);
    };
    const over = (top, under) => [0, 1, 2].map((i) => top[i] * top[3] + under[i] * (1 - top[3])).concat(1);
    const canvas = (() => {
      const probe = document.createElement('i');
      probe.style.backgroundColor = 'Canvas';
      document.body.append(probe);
      const colour = parse(getComputedStyle(probe).backgroundColor);
      probe.remove();
      return colour;
    })();
    const ground = (element) => {
      const layers = [];
      for (let one = element; one; one = one.parentElement) {
        const colour = parse(getComputedStyle(one).backgroundColor);
        if (colour[3] > 0) layers.push(colour);
        if (colour[3] === 1) break;
      }
      return layers.reduceRight((under, top) => over(top, under), canvas);
    };
    """

  /// Texts that do not stand out from what lies behind them; a chart's text from the last filled shape that was painted
  /// there before it.
  static let paleTexts =
    isVisible + colours + """
      for (const one of document.querySelectorAll('details')) one.open = true;
      const found = new Map();
      const note = (element, colour, behind, large) => {
        const ratio = contrast(over(colour, behind), behind);
        if (ratio < (large ? 3 : 4.5) - 0.005) {
          const key = `${element.tagName}.${element.getAttribute('class') || ''} ${colour} on ${behind}: ${ratio.toFixed(2)}`;
          if (!found.has(key)) found.set(key, `${key} ${element.textContent.trim().slice(0, 40)}`);
        }
      };
      const opacity = (element) => {
        let all = 1;
        for (let one = element; one; one = one.parentElement) all *= Number(getComputedStyle(one).opacity);
        return all;
      };
      const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
      const done = new Set();
      while (walker.nextNode()) {
        const element = walker.currentNode.parentElement;
        if (!walker.currentNode.textContent.trim() || done.has(element)) continue;
        done.add(element);
        if (element.closest('svg,script,style,option') || !seen(element)) continue;
        const style = getComputedStyle(element);
        const size = parseFloat(style.fontSize);
        const colour = parse(style.color);
        colour[3] *= opacity(element);
        note(element, colour, ground(element), size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700));
      }
      for (const svg of document.querySelectorAll('figure svg')) {
        const behind = ground(svg);
        const shapes = [];
        for (const one of svg.querySelectorAll('rect,path,polygon,circle,text')) {
          const style = getComputedStyle(one);
          const fill = parse(style.fill);
          fill[3] *= Number(style.fillOpacity) * Number(style.opacity);
          const box = one.getBoundingClientRect();
          if (one.tagName !== 'text') {
            if (style.fill !== 'none' && fill[3] > 0 && one.tagName === 'rect') shapes.push([box, fill]);
            continue;
          }
          if (!one.textContent.trim() || style.fill === 'none') continue;
          const [x, y] = [(box.left + box.right) / 2, (box.top + box.bottom) / 2];
          const under = shapes.filter(([b]) => b.left <= x && x <= b.right && b.top <= y && y <= b.bottom)
            .reduce((base, [, colour]) => over(colour, base), behind);
          note(one, fill, under, false);
        }
      }
      return [...found.values()];
      """
}
