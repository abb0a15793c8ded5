// What comes of it, in words and cards of one size: the ratio is one among the measures.
// A difference from what has no value has none.
const less = (one, other) => (isNumber(one) && isNumber(other) ? one - other : NaN);

// Paired where the model has run; a surface has no pairs.
const apartOf = (answer, name) => (answer.difference ? answer.difference[name] ?? NaN : less(answer.after[name], answer.kept[name]));

const unitOf = (name) => settings.measures[name].unit;

function showAnswer(answer, state) {
  showVerdict(answer, state);
  at("cards").replaceChildren(ratioCard(answer), ...settings.cards.map((names) => measureCard(answer, names, state)));
  drawPyramids(answer);
  drawMonths(answer);
  const after = answer.after.durable_resolution;
  at("strip").textContent = ratio(levelValues(answer.after)) + " · " + named(settings.measures.durable_resolution) + " " +
    percent(after) + " (" + difference(apartOf(answer, "durable_resolution"), "share", 1) + ")";
}

function ratioCard(answer) {
  const [now, kept] = [answer.after, answer.kept].map(levelValues);
  const distance = (part) => plain(answer[part].distance_to_target);
  if (settings.missing.levels.length) {
    return make("li", { class: "card", "data-measure": "ratio" },
      make("h3", {}, say("ratio")), make("p", { class: "reference" }, named(settings.missing.sentence)));
  }
  return make("li", { class: "card", "data-measure": "ratio" },
    make("h3", {}, say("ratio")),
    make("p", { class: "value" }, ratio(now)),
    make("p", {}, say("kept") + " " + ratio(kept)),
    make("p", { class: "reference" }, say("ratio.target") + " · " + say("ratio.distance", { distance: distance("after") }) + " (" + say("kept") + " " + distance("kept") + ")"),
    errorOf(answer, "distance_to_target"));
}

function measureCard(answer, names, state) {
  const card = make("li", { class: "card", "data-measure": names[0] }, make("h3", {}, named(settings.measures[names[0]])));
  names.forEach((name, place) => {
    const unit = unitOf(name), now = answer.after[name], kept = answer.kept[name];
    const decimals = decimalsFor([now, kept], unit);
    const value = make("p", { class: place ? "second" : "value", "data-value": name });
    if (place) value.append(named(settings.measures[name]) + " ");
    if (settings.missing.measures.includes(name)) {
      value.append(named(settings.missing.short));
      card.append(value);
      return;
    }
    value.append(amount(now, unit, decimals));
    if (!isShare(unit)) value.append(" ", make("span", { class: "unit" }, named(settings.units[name])));
    const apart = apartOf(answer, name);
    const same = signed(apart, 12) === signed(0, 12);
    const line = same ? say("same") : difference(apart, unit, decimals);
    card.append(value, make("p", { "data-difference": name }, line));
    const extra = errorOf(answer, name) || intervalOf(answer, name, decimals);
    if (extra) card.append(extra);
  });
  const levers = uncostedLevers(state);
  if (levers.length && names.some((name) => unitOf(name).startsWith("yuan"))) card.append(make("p", { class: "reference", "data-uncosted": "" }, uncostedText(levers)));
  return card;
}

// Levers without a price that differ from the status quo: those of the policy that still stand, and those moved here.
function uncostedLevers(state) {
  const preset = settings.presets.find((each) => each.name === state.policy), given = (preset || settings.start).uncosted;
  const isMoved = (name) => name in state.levers;
  const moved = Object.keys(settings.kept).filter((name) => name in settings.uncosted && isMoved(name) && state.levers[name] !== settings.kept[name]);
  return [...given.filter((name) => !isMoved(name)), ...moved];
}

function uncostedText(levers) {
  const names = levers.slice(0, levers.length > 4 ? 3 : 4).map((name) => named(settings.uncosted[name])).join(say("comma"));
  const more = levers.length > 4 ? say("uncosted.more", { more: levers.length - 3 }) : "";
  return say("uncosted", { levers: names + more });
}

function errorOf(answer, name) {
  if (!answer.errors) return null;
  const unit = unitOf(name), error = answer.errors[name];
  const text = isShare(unit) ? plain(100 * (error ?? NaN), 1) + NBSP + say("points") : plain(error, decimalsFor([error], unit));
  return make("p", { class: "quiet", "data-error": name }, say("error", { error: text }));
}

function intervalOf(answer, name, decimals) {
  const ends = answer.interval[name];
  if (!ends) return null;
  const unit = unitOf(name);
  const [low, high] = ends.map((end) => (isShare(unit) ? signed(100 * end, 1) : signed(end, decimals)));
  return make("p", { class: "quiet" }, say("interval", { low, high }));
}

// 1 beyond the smallest effect of interest, −1 likewise below zero, 0 within, null where the interval or the error crosses.
function judge(answer, name, smallest) {
  const apart = apartOf(answer, name);
  let [low, high] = answer.interval[name] || [apart, apart];
  if (answer.errors && isNumber(answer.errors[name]) && apart !== 0) [low, high] = [apart - answer.errors[name], apart + answer.errors[name]];
  if (low >= smallest) return 1;
  if (high <= -smallest) return -1;
  return -smallest < low && high < smallest ? 0 : null;
}

function verdictOf(answer, state) {
  const [far, settled] = [judge(answer, "distance_to_target", settings.smallest.ratio), judge(answer, "durable_resolution", settings.smallest.durable)];
  const durable = 100 * apartOf(answer, "durable_resolution");
  const values = {
    ratio: ratio(levelValues(answer.kept)) + " → " + ratio(levelValues(answer.after)),
    durable: signed(durable, 1), way: far === null || far === 0 ? "" : say(far < 0 ? "nearer" : "farther"),
  };
  const unsigned = { ...values, durable: plain(Math.abs(durable), 1) };
  if (!state.touched) return say(settings.mode === "live" ? "verdict.start.live" : "verdict.start");
  if (settings.missing.levels.length) return say("verdict.no_ratio", { ...values, none: named(settings.missing.sentence) });
  if (far === null || settled === null) return say("verdict.unclear", values);
  if (far === 0) return settled === 0 ? say("verdict.neither", values) : say(settled > 0 ? "verdict.durable_up" : "verdict.durable_down", unsigned);
  if (settled === 0) return say(far < 0 ? "verdict.ratio_only" : "verdict.ratio_only.farther", values);
  return say(settled < 0 ? "verdict.against" : "verdict.both", unsigned);
}

function showVerdict(answer, state) {
  const verdict = (state.stressed ? say("stress.acting") + " " : "") + verdictOf(answer, state);
  if (at("verdict").textContent !== verdict) at("verdict").textContent = verdict;
  at("answer").classList.toggle("harm", state.stressed);
  const about = [say("smallest", { ratio: plain(settings.smallest.ratio), durable: plain(100 * settings.smallest.durable, 1) })];
  about.unshift(whatFigures(state));
  if (answer.clamped.length) about.push(say("clamped", { names: answer.clamped.join(", ") }));
  at("caveat").textContent = about.join(language === "zh" ? "" : " ");
}

// What the figures are: of one seed or several, of one behaviour or several.
function whatFigures(state) {
  const people = settings.mode === "live" ? settings.behaviours : null, replicates = state.replicates;
  if (replicates > 1) return say(people ? "medians" : "means", { replicates: people ? Math.min(replicates, people.members) : replicates });
  return people ? say("one_behaviour", { members: people.members }) : say(settings.mode === "live" ? "one_seed.live" : "one_seed");
}

function showErrors() {
  if (!settings.sweep) return;
  const tables = Object.entries(settings.sweep.errors).map(([group, errors]) => {
    const rows = Object.entries(errors).map(([name, error]) => {
      const unit = unitOf(name), shares = isShare(unit);
      const { mean, most, low, high } = error;
      const decimals = shares ? 2 : decimalsFor([most], unit);
      const show = (value) => plain(shares ? 100 * (value ?? NaN) : value, decimals);
      return [named(settings.measures[name]), show(mean), show(most), show(low) + " – " + show(high), shares ? say("points") : named(settings.units[name])];
    });
    return tableOf(say("errors." + group), [say("measure"), say("mean_error"), say("within"), say("range"), say("unit")], rows);
  });
  at("errors").hidden = false;
  at("errors").querySelector(".table").setAttribute("aria-label", say("errors"));
  at("errors").querySelector(".table").replaceChildren(...tables);
}
