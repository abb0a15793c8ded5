// Numbers as the reports write them (experiments/report/numbers.py), words in the language that is shown.
const NBSP = "\u00a0", NONE = "–";
const settings = JSON.parse(document.getElementById("data").textContent);
let language = settings.language;

const isNumber = (value) => typeof value === "number" && isFinite(value);
const isShare = (unit) => settings.share_units.includes(unit);

// Exactly halfway, to the even neighbour as Python does; toFixed takes the larger one.
function fixed(value, decimals) {
  const halves = value * 2 ** (decimals + 1);  // odd just where the value lies halfway between two texts
  if (!Number.isInteger(halves) || halves % 2 === 0) return value.toFixed(decimals);
  const below = Math.floor(value * 10 ** decimals);
  return ((below + (below % 2)) / 10 ** decimals).toFixed(decimals);
}

function plain(value, decimals = 2) {
  if (!isNumber(value)) return NONE;
  const [whole, rest] = fixed(Math.abs(value), decimals).split(".");
  const text = whole.replace(/\B(?=(\d{3})+$)/g, ",") + (rest ? "." + rest : "");
  return value < 0 && /[1-9]/.test(text) ? "−" + text : text;
}

function signed(value, decimals = 2) {
  const text = plain(value, decimals);
  return text !== NONE && !text.startsWith("−") && /[1-9]/.test(text) ? "+" + text : text;
}

function percent(value, decimals = 1) {
  const text = plain(isNumber(value) ? 100 * value : null, decimals);
  return text === NONE ? text : text + (language === "zh" ? "" : NBSP) + "%";
}

function decimalsFor(values, unit) {
  if (isShare(unit)) return 1;
  const finite = values.filter(isNumber).map(Math.abs);
  const largest = Math.max(0, ...finite);
  if (largest >= 1000) return 0;
  const isRead = settings.mode === "static" && unit === "petitions/year";  // off a surface, not counted: no decimals
  if (largest >= 100) return isRead || finite.every(Number.isInteger) ? 0 : 1;
  if (largest >= 10) return 1;
  return largest >= 0.1 || largest === 0 ? 2 : Math.min(6, 2 - Math.floor(Math.log10(largest)));
}

const amount = (value, unit, decimals) => (isShare(unit) ? percent(value, decimals) : plain(value, decimals));

function difference(value, unit, decimals) {
  if (!isNumber(value)) return NONE;
  return isShare(unit) ? signed(100 * value, decimals) + NBSP + say("points") : signed(value, decimals);
}

// For logarithms, a half more in each level where one has none, as everywhere (sim/measures/composition.py).
function withoutZeros(levels) {
  if (levels.every((value) => value === 0)) return levels.map(() => NaN);
  return levels.some((value) => value === 0) ? levels.map((value) => value + 0.5) : levels;
}

// Of the counts as they are; in words where a level of government is missing or the province has none.
function ratio(levels) {
  const [province, city, county] = levels;
  if (settings.missing.levels.length) return named(settings.missing.short);
  if (province === 0) return named(settings.missing.province);
  return ["1", ":", plain(city / province), ":", plain(county / province)].join(NBSP);
}

function say(key, values = {}) {
  return settings.text[language][key].replace(/\{(\w+)\}/g, (all, name) => (name in values ? values[name] : all));
}

const named = (names) => names[language];

// Makes an element: make("p", {class: "note"}, "text", child …).
function make(tag, attributes = {}, ...children) {
  const isDrawn = ["svg", "g", "rect", "line", "path", "text", "title"].includes(tag);
  const element = isDrawn ? document.createElementNS("http://www.w3.org/2000/svg", tag) : document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children.filter((child) => child !== null));
  return element;
}

const at = (id) => document.getElementById(id);
