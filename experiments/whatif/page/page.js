// Controls, language, and when to ask again.
const isLive = settings.mode === "live";
const start = { ...settings.start.levers, ...settings.start.stresses };
let values = { ...start }, origin = { ...start }, policy = settings.start.policy, last = null, waiting = 0, took = null;
const controls = [...settings.levers, ...settings.stresses];

const digitsOf = (control) => Math.max(0, -Math.floor(Math.log10(control.step) + 1e-9));
const isPart = (control) => control.unit.startsWith("share") || isShare(control.unit);
const bareValue = (control, value) => (isPart(control) ? percent(value, 0) : plain(value, digitsOf(control)));
const shownValue = (control, value) =>
  bareValue(control, value) + (isPart(control) || settings.unitless.includes(control.unit) ? "" : NBSP + named(control.units));

// A meaning as the declaration has it, begun with a capital; a share of something else says of what.
function labelOf(control) {
  const text = named(control), more = isPart(control) && !isShare(control.unit) ? " (" + named(control.units) + ")" : "";
  return text[0].toUpperCase() + text.slice(1) + more;
}

function controlOf(control) {
  const id = "control-" + control.name.replace(".", "-"), name = make("span", {}, labelOf(control));
  const row = make("div", { class: "control", "data-control": control.name });
  if (control.choices) {
    const options = control.choices.map((choice) => make("option", { value: choice.value }, named(choice)));
    row.append(make("label", { for: id }, name), make("select", { id }, ...options));
  } else {
    const ends = [control.low, control.high].map((end) => make("span", {}, bareValue(control, end)));
    const input = make("input", { id, type: "range", min: control.low, max: control.high, step: "any" });
    row.append(make("label", { for: id }, name, make("output", { for: id })), input, make("div", { class: "range", "aria-hidden": "true" }, ...ends));
    input.addEventListener("keydown", (event) => moveByKey(event, control, input));
  }
  row.querySelector("input, select").addEventListener("input", (event) => moved(control, event.target.value));
  return row;
}

// With any value allowed, so that no default is moved to a step, arrow keys move by the control's own step.
function moveByKey(event, control, input) {
  const steps = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1, PageDown: -10, PageUp: 10 }[event.key];
  if (!steps) return;
  event.preventDefault();
  moved(control, Math.min(control.high, Math.max(control.low, values[control.name] + steps * control.step)));
  input.value = values[control.name];
}

function moved(control, value) {
  if (control.choices) values[control.name] = value;
  else {
    const number = Number(value);
    const near = Number((Math.round(number / control.step) * control.step).toFixed(digitsOf(control)));
    values[control.name] = number === control.low || number === control.high ? number : Math.min(control.high, Math.max(control.low, near));
  }
  showValues();
  ask();
}

function showValues() {
  for (const control of controls) {
    const row = document.querySelector(`[data-control="${control.name}"]`), value = values[control.name];
    const input = row.querySelector("input, select");
    if (control.choices || Number(input.value) !== value) input.value = value;
    row.classList.toggle("moved", value !== origin[control.name]);
    if (control.choices) continue;
    row.querySelector("output").textContent = shownValue(control, value);
    input.setAttribute("aria-valuetext", shownValue(control, value));
  }
}

function stateNow() {
  const changed = (group, from) => Object.fromEntries(group.filter((c) => values[c.name] !== from[c.name]).map((c) => [c.name, values[c.name]]));
  const stress = changed(settings.stresses, settings.start.stresses);
  const levers = changed(settings.levers, origin);
  return {
    values, policy, levers, stress,
    stressed: settings.acts_unseen || settings.stresses.some((control) => values[control.name] !== settings.neutral[control.name]),
    touched: policy !== settings.status_quo || Object.keys({ ...levers, ...stress }).length > 0,
    seed: isLive ? whole("seed", 0, settings.seed_max) : settings.seed,
    replicates: isLive ? whole("replicates", 1, settings.replicates_max) : settings.replicates,
  };
}

function whole(id, low, high) {
  const number = Math.round(Number(at(id).value));
  return isFinite(number) ? Math.min(high, Math.max(low, number)) : low;
}

function ask() {
  clearTimeout(waiting);
  waiting = setTimeout(answerNow, isLive ? 40 : 0);
}

async function answerNow() {
  const state = stateNow();
  if (!isLive) return show(interpolate(state), state);
  at("results").setAttribute("aria-busy", "true");
  at("timing").textContent = say("running");
  const began = performance.now();
  try {
    const answer = await askModel(state);
    took = performance.now() - began;
    show(answer, state);
  } catch (error) {
    if (error.name === "AbortError" || error.status === 409) return;
    at("timing").textContent = at("verdict").textContent = error.status ? say("failed", { message: error.message }) : say("gone");
  }
  at("results").removeAttribute("aria-busy");
}

function show(answer, state) {
  last = { answer, state };
  at("timing").textContent = took === null ? "" : say("done", { milliseconds: plain(took, 0) });
  showAnswer(answer, state);
}

function choosePolicy(name) {
  policy = name;
  const preset = settings.presets.find((each) => each.name === name);
  for (const control of settings.levers) values[control.name] = origin[control.name] = preset.values[control.name];
  showValues();
  ask();
}

function reset() {
  values = { ...start };
  origin = { ...start };
  policy = settings.start.policy;
  if (isLive) {
    at("preset").value = policy;
    at("seed").value = settings.seed;
    at("replicates").value = settings.replicates;
  }
  showValues();
  ask();
}

function showLanguage() {
  document.documentElement.lang = language === "zh" ? "zh-CN" : "en";
  document.title = say("title");
  for (const element of document.querySelectorAll("[data-text]")) element.textContent = say(element.dataset.text);
  at("language").textContent = say("language");
  at("language").setAttribute("lang", language === "zh" ? "en" : "zh-CN");
  at("setting").textContent = named(settings.setting);
  at("mode").textContent = named(settings.about);
  at("made").textContent = named(settings.made);
  at("base").textContent = isLive ? "" : named(settings.base);
  at("preset").replaceChildren(...settings.presets.map((each) => make("option", { value: each.name }, named(each))));
  at("preset").value = policy;
  at("levers").replaceChildren(...settings.levers.map(controlOf));
  at("stresses").replaceChildren(...settings.stresses.map(controlOf));
  showValues();
  showErrors();
  if (last) show(last.answer, last.state);
}

function begin() {
  at("preset-row").hidden = at("chance").hidden = !isLive;
  at("stress").hidden = settings.stresses.length === 0;
  if (isLive) {
    at("seed").max = settings.seed_max;
    at("replicates").max = settings.replicates_max;
    at("seed").value = settings.seed;
    at("replicates").value = settings.replicates;
    for (const id of ["seed", "replicates"]) at(id).addEventListener("input", ask);
    at("preset").addEventListener("change", (event) => choosePolicy(event.target.value));
  }
  at("controls").addEventListener("submit", (event) => event.preventDefault());
  at("controls").addEventListener("reset", (event) => { event.preventDefault(); reset(); });
  at("language").addEventListener("click", () => { language = language === "zh" ? "en" : "zh"; showLanguage(); });
  window.addEventListener("resize", () => last && drawMonths(last.answer));
  showLanguage();
  ask();
}

begin();
