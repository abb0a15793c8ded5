// What a measure would be between the runs of the sweep: the same arithmetic as experiments/whatif/surface.py.
function placeOf(control, value) {
  const share = control.choices
    ? control.choices.findIndex((choice) => choice.value === value) / Math.max(1, control.choices.length - 1)
    : (value - control.low) / (control.high - control.low);
  return 2 * share - 1;
}

function surfaceAt(surface, points, place) {
  const far = place.map((coordinate, dimension) => coordinate * surface.stretch[dimension]);
  const kernel = points.map((point) => {
    let square = 0;
    for (let d = 0; d < far.length; d++) square += (far[d] - point[d] * surface.stretch[d]) ** 2;
    return square > 0 ? 0.5 * square * Math.log(square) : 0;
  });
  return surface.names.map((name, column) => {
    const trend = surface.trend[column], weights = surface.weights[column];
    let fitted = trend[0];
    for (let d = 0; d < far.length; d++) fitted += trend[d + 1] * far[d];
    for (let n = 0; n < kernel.length; n++) fitted += weights[n] * kernel[n];
    let value = surface.is_count ? Math.expm1(fitted) : fitted;
    if (surface.low !== null) value = Math.max(surface.low, value);
    if (surface.high !== null) value = Math.min(surface.high, value);
    return value;
  });
}

function interpolatedAt(place) {
  const sweep = settings.sweep, found = {};
  for (const surface of sweep.surfaces) {
    surfaceAt(surface, sweep.points, place).forEach((value, column) => (found[surface.names[column]] = value));
  }
  const levels = settings.petitions.map((name) => found[name]);
  found.petitions_total = levels.reduce((sum, value) => sum + value, 0);
  found.distance_to_target = settings.missing.levels.length ? NaN : distanceToTarget(levels.slice(0, 3));
  return found;
}

// Aitchison distance of province : city : county to 1 : 2 : 3.
function distanceToTarget(levels) {
  const logs = withoutZeros(levels).map((value, level) => Math.log(value / settings.target[level]));
  const mean = logs.reduce((sum, value) => sum + value, 0) / logs.length;
  return Math.sqrt(logs.reduce((sum, value) => sum + (value - mean) ** 2, 0));
}

function interpolate(state) {
  const sweep = settings.sweep;
  const place = [...settings.levers, ...settings.stresses].map((control) => placeOf(control, state.values[control.name]));
  const found = interpolatedAt(place);
  const errors = sweep.errors[Object.keys(state.stress).length ? "stressed" : "calm"] || Object.values(sweep.errors)[0];
  const since = sweep.months.length - Object.keys(found).filter((name) => name.startsWith("month_")).length;
  const after = sweep.monthly.map((value, month) => (month < since ? value : found["month_" + (month - since)]));
  const most = Object.fromEntries(Object.entries(errors).map(([name, error]) => [name, error.most]));
  return {
    before: sweep.before, kept: sweep.kept, after: found, errors: most, interval: {},
    monthly: { kept: sweep.monthly, after }, clamped: [],
  };
}
