// The two drawings and the tables that say the same.
const LEVELS = ["province", "city", "county"];

const levelValues = (measures) => LEVELS.map((level) => measures["petitions_" + level]);

function drawPyramids(answer) {
  const hasBefore = settings.spans.before !== null;
  const before = hasBefore ? levelValues(answer.before) : [];
  const [after, kept] = [answer.after, answer.kept].map(levelValues);
  const target = settings.target.map((part) => part / settings.target.reduce((sum, each) => sum + each, 0));
  const references = [before, after].map((values) => target.map((share) => share * sum(values)));
  const largest = Math.max(1, ...before, ...after, ...kept, ...references.flat());
  const panels = [onePyramid(say("after") + " · " + named(settings.spans.after), after, kept, references[1], largest)];
  if (hasBefore) panels.unshift(onePyramid(say("before") + " · " + named(settings.spans.before), before, null, references[0], largest));
  at("pyramid").querySelector(".drawing").replaceChildren(...panels);
  if (settings.missing.levels.length) at("pyramid").querySelector("figcaption").textContent = say("pyramid.note.none");
  const rows = LEVELS.map((level, row) => [say("level." + level), before[row], after[row], kept[row], after[row] - kept[row]]);
  const shown = (level, value, text) => (settings.missing.levels.includes(level) ? named(settings.missing.short) : text(value));
  const decimals = decimalsFor([...before, ...after, ...kept], "petitions/year");
  showTable(at("pyramid"), say("pyramid"), [say("level"), say("before"), say("after"), say("kept"), say("difference")],
    rows.map((row, n) => [row[0], ...row.slice(1, 4).map((value) => shown(LEVELS[n], value, (each) => plain(each, decimals))),
      shown(LEVELS[n], row[4], (each) => signed(each, decimals))]));
}

const sum = (values) => values.reduce((total, value) => total + value, 0);

function onePyramid(title, values, kept, reference, largest) {
  const width = 330, middle = width / 2, row = 54;
  const scale = (value) => (value / largest) * (width - 20);
  const decimals = decimalsFor(values, "petitions/year");
  const isMissing = (level) => settings.missing.levels.includes(level);
  const count = (each, level, n) => (isMissing(level) ? named(settings.missing.short) : plain(each[n], decimals));
  const described = (each) => say("levels", Object.fromEntries(LEVELS.map((level, n) => [level, count(each, level, n)])));
  const label = title + ": " + described(values) + (kept ? "; " + say("kept") + ": " + described(kept) : "");
  const svg = make("svg", { viewBox: `0 0 ${width} ${LEVELS.length * row + 26}`, role: "img", "aria-label": label });
  svg.append(make("text", { x: middle, y: 15, "text-anchor": "middle", "font-size": 14, "font-weight": 600 }, title));
  LEVELS.forEach((level, n) => {
    const top = 26 + n * row, wide = scale(values[n]);
    const beside = kept && !isMissing(level) ? "  (" + plain(kept[n], decimals) + ")" : "";
    const text = say("level." + level) + "  " + count(values, level, n) + beside;
    svg.append(make("text", { x: middle, y: top + 14, "text-anchor": "middle", "font-size": 13 }, text));
    svg.append(make("rect", { x: middle - wide / 2, y: top + 20, width: wide, height: 26, fill: settings.colours[level] }));
    if (kept) {
      const ghost = scale(kept[n]);
      svg.append(make("rect", {
        x: middle - ghost / 2, y: top + 18, width: ghost, height: 30, fill: "none", stroke: settings.colours.ink,
        "stroke-width": 1.4, "stroke-dasharray": "4 3",
      }));
    }
    for (const side of settings.missing.levels.length ? [] : [-1, 1]) {
      const x = middle + (side * scale(reference[n])) / 2;
      svg.append(make("line", { x1: x, x2: x, y1: top + 16, y2: top + 50, stroke: settings.colours.reference, "stroke-width": 2.5 }));
    }
  });
  return svg;
}

function drawMonths(answer) {
  const figure = at("months"), place = figure.querySelector(".drawing");
  const width = Math.max(290, Math.min(place.clientWidth || 640, 800)), height = 230;
  const [left, right, top, bottom] = [46, 10, 26, 28];
  const { kept, after } = answer.monthly, months = settings.months;
  const since = months.indexOf(settings.reform), largest = Math.max(1, ...kept, ...after);
  const step = niceStep(largest), highest = Math.ceil(largest / step) * step;
  const x = (month) => left + ((month + 0.5) / months.length) * (width - left - right);
  const y = (value) => height - bottom - (value / highest) * (height - top - bottom);
  const line = (values, from) => values.slice(from).map((v, n) => (n ? "L" : "M") + x(from + n).toFixed(1) + " " + y(v).toFixed(1)).join("");
  const mean = (values) => plain(sum(values.slice(since)) / (months.length - since), 0);
  const label = say("months.alt", { first: months[0], last: months[months.length - 1], after: mean(after), kept: mean(kept) });
  const svg = make("svg", { viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": label });
  for (let value = 0; value <= highest; value += step) {
    svg.append(make("line", { x1: left, x2: width - right, y1: y(value), y2: y(value), stroke: settings.colours.grid }));
    svg.append(make("text", { x: left - 6, y: y(value) + 4, "text-anchor": "end", "font-size": 12, class: "small" }, plain(value, step < 1 ? 1 : 0)));
  }
  const every = Math.ceil(months.length / Math.floor((width - left) / 62));
  months.forEach((month, n) => {
    if (n % every === 0) svg.append(make("text", { x: x(n), y: height - 8, "text-anchor": "middle", "font-size": 12, class: "small" }, month));
  });
  const reform = left + (since / months.length) * (width - left - right);
  svg.append(make("line", { x1: reform, x2: reform, y1: top - 8, y2: height - bottom, stroke: settings.colours.muted, "stroke-dasharray": "2 3" }));
  svg.append(make("text", { x: reform + 4, y: top - 10, "font-size": 12, class: "small" }, say("reform")));
  svg.append(make("path", { d: line(kept, 0), fill: "none", stroke: settings.colours.ink, "stroke-width": 1.4, "stroke-dasharray": "4 3" }));
  svg.append(make("path", { d: line(after, Math.max(0, since - 1)), fill: "none", stroke: settings.colours.accent, "stroke-width": 2.5 }));
  place.replaceChildren(svg, keyOf());
  showTable(figure, say("months"), [say("month"), say("after"), say("kept")],
    months.map((month, n) => [month, n < since ? NONE : plain(after[n], after.every(Number.isInteger) ? 0 : 1), plain(kept[n], kept.every(Number.isInteger) ? 0 : 1)]));
}

function keyOf() {
  const sample = (attributes) => make("svg", { viewBox: "0 0 34 10", width: 34, height: 10, "aria-hidden": "true", class: "sample" },
    make("line", { x1: 1, x2: 33, y1: 5, y2: 5, ...attributes }));
  return make("p", { class: "key" },
    sample({ stroke: settings.colours.accent, "stroke-width": 2.5 }), " " + say("after") + "  ",
    sample({ stroke: settings.colours.ink, "stroke-width": 1.4, "stroke-dasharray": "4 3" }), " " + say("kept"));
}

function niceStep(largest) {
  const rough = largest / 4, power = 10 ** Math.floor(Math.log10(rough));
  return [1, 2, 5, 10].map((factor) => factor * power).find((step) => step >= rough);
}

function tableOf(caption, header, rows) {
  return make("table", {}, make("caption", {}, caption),
    make("thead", {}, make("tr", {}, ...header.map((text) => make("th", { scope: "col" }, text)))),
    make("tbody", {}, ...rows.map((row) => make("tr", {}, ...row.map((text, n) => make(n ? "td" : "th", n ? {} : { scope: "row" }, text))))));
}

function showTable(figure, caption, header, rows) {
  const place = figure.querySelector(".table");
  place.setAttribute("aria-label", caption);
  place.replaceChildren(tableOf(caption, header, rows));
}
