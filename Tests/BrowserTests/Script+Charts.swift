extension Script {
  /// `number`, what a text of the page says, and `subpaths`, the runs of points of a path.
  static let drawing = #"""
    const raised = '⁻⁰¹²³⁴⁵⁶⁷⁸⁹';
    const number = (text) => Number(text.replace(/[+,]/g, '')
      .replace(/(\d?)×?10([⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+)/, (_, first, power) => (first || '1') + 'e'
        + [...power].map((one) => '-0123456789'[raised.indexOf(one)]).join('')).replace('−', '-'));
    const subpaths = (path) => {
      let [x, y] = [0, 0];
      const found = [];
      for (const [, letter, rest] of path.getAttribute('d').matchAll(/([A-Za-z])([^A-Za-z]*)/g)) {
        const numbers = (rest.match(/-?(?:\d+\.?\d*|\.\d+)/g) || []).map(Number);
        const kind = letter.toLowerCase();
        if (!'mlhvz'.includes(kind)) return [];
        const isRelative = letter === kind;
        for (let i = 0; i < numbers.length; i += 'hv'.includes(kind) ? 1 : 2) {
          const across = kind === 'v' ? (isRelative ? 0 : x) : numbers[i];
          const down = kind === 'v' ? numbers[i] : kind === 'h' ? (isRelative ? 0 : y) : numbers[i + 1];
          [x, y] = isRelative ? [x + across, y + down] : [across, down];
          if (kind === 'm' && !i) found.push([]);
          found.at(-1).push([x, y]);
        }
        if (kind === 'z') [x, y] = found.at(-1)[0];
      }
      return found;
    };

    """#

  /// Every reading in the tables of charts of one row a group, looked for in the drawing: its mark and its interval
  /// where the numbers below the axis say. The first `arguments[0]` circles are moved before.
  static let marksAgainstAxes =
    drawing + #"""
      const charts = [...document.querySelectorAll('figure[id^=fig-dot-] svg.chart,figure[id^=fig-difference-] svg.chart')];
      for (const one of charts.flatMap((svg) => [...svg.querySelectorAll('circle')]).slice(0, arguments[0])) {
        one.cx.baseVal.value += 2;
      }
      const strange = [];
      let [marks, intervals] = [0, 0];
      for (const svg of charts) {
        const figure = svg.closest('figure');
        const texts = [...svg.querySelectorAll('text')].map((one) => ({
          x: Number(one.getAttribute('x')), y: Number(one.getAttribute('y')), text: one.textContent,
          isBold: Number(getComputedStyle(one).fontWeight) >= 600 }));
        const dots = [...svg.querySelectorAll('circle')].map((one) => [one.cx.baseVal.value, one.cy.baseVal.value]);
        const [levels, uprights] = [[], []];
        for (const points of [...svg.querySelectorAll('path')].flatMap(subpaths)) {
          const [xs, ys] = [0, 1].map((side) => points.map((one) => one[side]));
          const [left, right, top, bottom] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
          if (right - left <= 16 && bottom - top <= 16 && (bottom > top || right === left)) dots.push([(left + right) / 2, (top + bottom) / 2]);
          if (top === bottom && right > left) levels.push({ y: top, left, right });
          if (left === right && bottom > top) uprights.push(left);
        }

        // Panels begin where their headings do. A number below an axis may stand a little beside its line.
        const head = texts.find((one) => one.text === 'n');
        const starts = [...new Set(texts.filter((one) => one.isBold && one.y < head.y).map((one) => one.x))].sort((a, b) => a - b);
        const digits = texts.filter((one) => /^[−+]?\d*\.\d+$/.test(one.text));
        const bottom = Math.max(...digits.map((one) => one.y));
        const panels = starts.map((left, place) => {
          const right = starts[place + 1] ?? svg.viewBox.baseVal.width;
          const ticks = digits.filter((one) => one.y === bottom && one.x >= left - 1 && one.x < right - 1).map((one) => ({
            value: number(one.text),
            x: uprights.reduce((near, x) => Math.abs(x - one.x) < Math.abs(near - one.x) ? x : near, -99) }));
          const [a, b] = [ticks[0], ticks.at(-1)];
          const scale = a && (b.x - a.x) / (b.value - a.value);
          return { left, right, ticks, scale, at: (value) => a.x + (value - a.value) * scale };
        });

        // The column of rows' sizes has one text a row.
        const rows = texts.filter((one) => one.x === head.x && one !== head).sort((a, b) => a.y - b.y);
        const cells = [...figure.querySelectorAll('tbody tr')].map((row) => [...row.cells].slice(2).map((one) =>
          one.textContent.trim().match(/^(\S+) \[(\S+), (\S+)\]/)?.slice(1).map(number)));
        const columns = [...cells[0].keys()].filter((place) => cells.some((row) => row[place]));
        if (rows.length !== cells.length || columns.length !== panels.length
          || panels.some(({ ticks }) => !(ticks.length > 1))) {
          strange.push(`${figure.id}: ${rows.length} rows of ${cells.length}, ${panels.length} panels of ${columns.length}`);
          continue;
        }
        for (const { ticks, at } of panels) for (const one of ticks) {
          if (Math.abs(at(one.value) - one.x) > 0.3) strange.push(`${figure.id}: the axis is uneven at ${one.value}`);
        }

        cells.forEach((row, place) => panels.forEach(({ left, right, ticks, scale, at }, panel) => {
          const reading = row[columns[panel]];
          if (!reading) return;
          const [value, lower, upper] = reading.map(at);
          // Half of the last digit, and of the last tenth of a pixel.
          const slack = scale * 0.00051 + 0.35;
          const isNear = (a, b) => Math.abs(a - b) <= slack;
          const y = rows[place].y - 3.9;
          const own = dots.filter((one) => Math.abs(one[1] - y) < 1 && one[0] >= left - 5 && one[0] < right - 5);
          const name = `${figure.id}, row ${place + 1}: ${reading.join(' ')}`;
          marks++;
          if (!own.some(([x]) => isNear(x, value))) strange.push(`${name} is not at ${value} but ${own.join(' ')}`);
          if (upper - lower < 1) return;
          intervals++;
          // An interval that leaves its panel ends at the panel's edge: not before its last number.
          const drawn = levels.filter((one) => Math.abs(one.y - y) < 1 && one.left >= left - 5 && one.right < right);
          if (!drawn.some((one) => (isNear(one.left, lower) || lower < one.left && one.left <= ticks[0].x + 1)
            && (isNear(one.right, upper) || ticks.at(-1).x - 1 <= one.right && one.right < upper))) {
            strange.push(`${name} is not from ${lower} to ${upper} but ${drawn.map((one) => `${one.left} ${one.right}`)}`);
          }
        }));
      }
      return { strange, marks, intervals, charts: charts.length };
      """#
}
