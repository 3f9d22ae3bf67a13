// What the page says of some runs: means with intervals, paired differences, rankings, charts, sentences and a table. It
// is what `sim.app.compare.answer` says, by `sim.app.compare.standings`, `sim.analysis.summary`, `sim.analysis.paired`
// and `sim.view.sentences`; a test holds the two equal, in every language. Needs SAYS: metrics with names and units, looks
// and names of styles, quantiles of t, limits, and what the question asks about; and SPEAKING, which says texts.

const speaker = { spoken: WORDS };
const say = (text, values) => SPEAKING.methods.say.call(speaker, text, values);
const digits = (text) => SPEAKING.methods.digits.call(speaker, text);
const joined = (parts) => SPEAKING.methods.joined.call(speaker, parts);

const ROUNDING = 1e-12;
const SIGNIFICANT = 0.05;
const NOTICEABLE = 0.2;

// --- statistics ------------------------------------------------------------------------------------------------------

// Mean with its 95% t interval over replications; what is NaN is left out.
function meanInterval(values) {
  let n = 0;
  let sum = 0;
  for (const value of values)
    if (!Number.isNaN(value)) {
      n += 1;
      sum += value;
    }
  const mean = n > 0 ? sum / n : NaN;
  let squares = 0;
  for (const value of values) if (!Number.isNaN(value)) squares += (value - mean) ** 2;
  let sd = n > 1 ? Math.sqrt(squares / (n - 1)) : NaN;
  if (sd <= ROUNDING * Math.abs(mean)) sd = 0;
  const half = (SAYS.t[Math.max(n - 1, 1)] * sd) / Math.sqrt(Math.max(n, 1));
  return { mean, low: mean - half, high: mean + half, sd, n };
}

// The same where runs may be skewed: by Hall's transformation of t, from five replications on (`level_interval`).
function levelInterval(values) {
  const plain = meanInterval(values);
  const { mean, sd, n } = plain;
  if (n < 5 || !(sd > 0)) return plain;
  let cubes = 0;
  for (const value of values) if (!Number.isNaN(value)) cubes += (value - mean) ** 3;
  const skewness = ((cubes / sd ** 3) * n) / ((n - 1) * (n - 2));
  const reach = SAYS.t[n - 1] / Math.sqrt(n);
  const off = (transformed) => {
    const straight = transformed - skewness / (6 * n);
    return Math.abs(skewness) > 1e-6 ? (Math.cbrt(1 + skewness * straight) - 1) / (skewness / 3) : straight;
  };
  return { ...plain, low: mean - sd * off(reach), high: mean - sd * off(-reach) };
}

// The share of Student's t below a value, by the continued fraction of the incomplete beta function (Lentz's method).
function studentBelow(freedom, t) {
  if (t === -Infinity) return 0;
  const x = freedom / (freedom + t * t);
  const [a, b] = [freedom / 2, 0.5];
  const tail = x < (a + 1) / (a + b + 2) ? betaPart(a, b, x) : 1 - betaPart(b, a, 1 - x);
  return t < 0 ? tail / 2 : 1 - tail / 2;
}

function betaPart(a, b, x) {
  if (x <= 0) return 0;
  const front = Math.exp(logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log1p(-x)) / a;
  const tiny = 1e-300;
  let c = 1;
  let d = 1 - ((a + b) * x) / (a + 1);
  d = 1 / (Math.abs(d) < tiny ? tiny : d);
  let found = d;
  for (let m = 1; m < 500; m++) {
    for (const step of [(m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m)), (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1))]) {
      d = 1 + step * d;
      d = 1 / (Math.abs(d) < tiny ? tiny : d);
      c = 1 + step / c;
      c = Math.abs(c) < tiny ? tiny : c;
      found *= d * c;
    }
    if (Math.abs(d * c - 1) < 1e-15) break;
  }
  return front * found;
}

function logGamma(x) {
  if (x < 12) return logGamma(x + 1) - Math.log(x); // the series is exact far out only
  const y = 1 / (x * x);
  return (x - 0.5) * Math.log(x) - x + 0.9189385332046727 + (1 / 12 - y * (1 / 360 - y * (1 / 1260 - y * (1 / 1680 - y / 1188)))) / x;
}

// P values adjusted for all that are shown (Holm); NaN is not counted.
function holm(p) {
  const adjusted = p.map(() => NaN);
  const order = p.map((_, k) => k).filter((k) => !Number.isNaN(p[k]));
  order.sort((one, other) => p[one] - p[other] || one - other);
  let most = 0;
  order.forEach((k, rank) => {
    most = Math.max(most, p[k] * (order.length - rank));
    adjusted[k] = Math.min(most, 1);
  });
  return adjusted;
}

// The differences of some runs from others, replication by replication: `rows_of_differences`.
function differencesOf(metrics, styles, values, baselines) {
  const rows = [];
  metrics.forEach((metric, m) => styles.forEach((style, s) => rows.push({ metric, style, ...compared(values[m][s], baselines[m][baselines[m].length === 1 ? 0 : s]) })));
  const adjusted = holm(rows.map((row) => row.p));
  rows.forEach((row, k) => {
    row.clear = adjusted[k] < SIGNIFICANT && (Number.isNaN(row.effect_size) || Math.abs(row.effect_size) >= NOTICEABLE);
  });
  return rows;
}

function compared(ours, theirs) {
  const difference = ours.map((value, r) => value - theirs[r]);
  const paired = difference.map((value) => !Number.isNaN(value));
  const [one, two] = [ours, theirs].map((side) => side.map((value, r) => (paired[r] ? value : NaN)));
  const [first, second, between] = [one, two, difference].map(meanInterval);
  const size = ROUNDING * Math.max(Math.abs(first.mean), Math.abs(second.mean));
  const zero = Math.abs(between.mean) <= size;
  const above = (sd) => (sd > size ? sd : NaN);
  const spread = above(between.sd);
  const average = above((first.sd + second.sd) / 2);
  const freedom = between.n - 1;
  const enough = freedom >= 1;
  const t = Math.abs(between.mean) / (spread / Math.sqrt(Math.max(between.n, 1)));
  const p = !enough ? NaN : Number.isNaN(t) ? (zero ? 1 : 0) : 2 * studentBelow(Math.max(freedom, 1), -t);
  const nothing = zero && Number.isNaN(average) && enough;
  const shrink = 1 - 3 / (8 * (enough ? freedom : 1) - 1);
  const effect = !enough ? NaN : nothing ? 0 : (shrink * between.mean) / average;
  const [low, high] = nothing ? [0, 0] : jackknifed(one, two, first, second, average);
  return { mean: between.mean, low: between.low, high: between.high, effect_size: effect, effect_size_low: low, effect_size_high: high, p, n: between.n };
}

// Both ends of the 95% interval of an effect, by leaving out each replication in turn.
function jackknifed(one, two, first, second, average) {
  const leftOut = (values, known) =>
    values.map((value) => {
      const off = value - known.mean;
      const squares = known.sd ** 2 * (known.n - 1) - (off ** 2 * known.n) / (known.n - 1);
      return { mean: known.mean - off / (known.n - 1), sd: known.n > 2 ? Math.sqrt(Math.max(squares, 0) / (known.n - 2)) : NaN };
    });
  const [ours, theirs] = [leftOut(one, first), leftOut(two, second)];
  const without = ours.map((mine, r) => (mine.mean - theirs[r].mean) / ((mine.sd + theirs[r].sd) / 2)).filter((value) => !Number.isNaN(value));
  const n = without.length;
  const mean = without.reduce((sum, value) => sum + value, 0) / Math.max(n, 1);
  const squares = without.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  const error = Math.sqrt(n > 2 ? squares * ((n - 1) / n) ** 2 : NaN);
  const half = SAYS.t[Math.max(first.n - 1, 1)] * error;
  const middle = (first.mean - second.mean) / average;
  return [middle - half, middle + half];
}

// The mean, or the total, of the weeks that have a value.
function overWeeks(weekly, first, last, total) {
  let sum = 0;
  let known = 0;
  for (let w = first; w < last; w++)
    if (!Number.isNaN(weekly[w])) {
      sum += weekly[w];
      known += 1;
    }
  return known === 0 ? NaN : total ? sum : sum / known;
}

// --- numbers in words ------------------------------------------------------------------------------------------------

// A number with so many decimals; halves go to the even digit, as in Python.
function fixed(value, places) {
  if (places < 0) {
    const power = 10 ** -places;
    return String(power * Number(fixed(value / power, 0)));
  }
  const scaled = value * 10 ** places;
  let text = value.toFixed(places);
  if (Math.abs(scaled % 1) === 0.5 && Number.isInteger(value * 2 ** (places + 1))) {
    const even = 2 * Math.round(scaled / 2);
    text = (even / 10 ** places).toFixed(places);
  }
  return Number(text) === 0 ? text.replace("-", "") : text;
}

function decimals(halves) {
  const known = halves.filter((half) => half > 0 && Number.isFinite(half)).sort((a, b) => a - b);
  if (!known.length) return 2;
  return Math.min(Math.max(-Math.floor(Math.log10(known[Math.floor(known.length / 2)])), 0), 3);
}

function plusMinus(half, places) {
  return digits("±" + (Math.ceil(Number(fixed(half * 10 ** places, 6))) / 10 ** places).toFixed(places));
}

function rough(value) {
  const places = value ? 1 - Math.floor(Math.log10(Math.abs(value))) : 0;
  return digits(Math.abs(Number(fixed(value, places))).toFixed(Math.max(places, 0)));
}

function inFigures(value, places, signed = false) {
  if (!Number.isFinite(value)) return say("n/a");
  const text = fixed(value, places);
  return digits(signed && Number(text) > 0 ? "+" + text : text);
}

function effectOf(value) {
  const size = Math.abs(value);
  return inFigures(value, size < 9.995 ? 2 : size < 99.95 ? 1 : 0, true);
}

// A number in four digits: as Python's '.4g'.
function general(value) {
  const [digits, power] = value.toExponential(3).split("e").map(Number);
  if (power >= -4 && power < 4) return String(Number(value.toPrecision(4)));
  return `${digits}e${power < 0 ? "-" : "+"}${String(Math.abs(power)).padStart(2, "0")}`;
}

const metricOf = (name) => SAYS.metrics[name];
const nameOf = (name) => metricOf(name).within;
const called = (style) => SAYS.called[style] || style;
const capitalised = (text) => text.charAt(0).toUpperCase() + text.slice(1);
const named = (metrics) => joined(metrics.map(nameOf));

// --- sentences -------------------------------------------------------------------------------------------------------

const ONE_RUN = say("One replication shows only one case of luck and says nothing about differences. Run at least 30 replications.");
const SAME = [say("stays about the same"), say("stay about the same")];
const ALIKE = [say("is about the same under all styles"), say("are about the same under all styles")];

function standingOut(rows, baseline, inSight) {
  if (!rows.length) return say("Only {baseline} was run, so there is no comparison.", { baseline: called(baseline) });
  if (mostRuns(rows) < 2) return ONE_RUN;
  return say("Compared with {baseline}, {differences}", { baseline: called(baseline), differences: sentences(rows, ALIKE, "others", inSight) });
}

function whatChanged(rows, inSight) {
  if (mostRuns(rows) < 2) return ONE_RUN;
  if (!rows.some((row) => row.clear) && allAlike(rows)) {
    const metrics = [...new Set(rows.map((row) => row.metric))];
    return say("This makes no noticeable difference: {same}.", { same: `${named(metrics)} ${SAME[metrics.length > 1 ? 1 : 0]}` });
  }
  return capitalised(sentences(rows, SAME, "styles", inSight));
}

const mostRuns = (rows) => Math.max(...rows.map((row) => row.n));
const allAlike = (rows) => rows.every((row) => row.effect_size_low > -NOTICEABLE && row.effect_size_high < NOTICEABLE);
const sizeOf = (effect) => (Number.isNaN(effect) ? Infinity : Math.abs(effect));

function sentences(rows, same, everybody, inSight) {
  const byMetric = new Map();
  rows.forEach((row) => byMetric.set(row.metric, [...(byMetric.get(row.metric) || []), row]));
  const clear = (metric) => byMetric.get(metric).filter((row) => row.clear);
  const largest = (metric) => Math.max(...clear(metric).map((row) => sizeOf(row.effect_size)));
  const metrics = [...byMetric.keys()];
  const ranked = metrics.filter((metric) => clear(metric).length).sort((one, other) => largest(other) - largest(one) || 0);
  const seen = inSight.filter((metric) => ranked.includes(metric));
  const detailed = seen.length ? seen : ranked.slice(0, 3);
  const rest = ranked.filter((metric) => !detailed.includes(metric));
  const alike = metrics.filter((metric) => !clear(metric).length && allAlike(byMetric.get(metric)));
  const unclear = metrics.filter((metric) => !clear(metric).length && !alike.includes(metric));
  const said = detailed.map((metric) => extremes(byMetric.get(metric), metric, everybody));
  if (rest.length) said.push(rest.length > 1 ? say("{metrics} also differ clearly", { metrics: named(rest) }) : say("{metrics} also differs clearly", { metrics: named(rest) }));
  if (alike.length) said.push(`${named(alike)} ${same[alike.length > 1 ? 1 : 0]}`);
  const open = { runs: mostRuns(rows), metrics: named(unclear) };
  if (unclear.length) said.push(unclear.length > 1 ? say("it is not clear after {runs} replications whether {metrics} differ", open) : say("it is not clear after {runs} replications whether {metrics} differs", open));
  return said.map((sentence, place) => (place ? capitalised(sentence) : sentence) + ".").join(" ");
}

const under = {
  higher: (told) => say("higher under {styles}", told),
  lower: (told) => say("lower under {styles}", told),
};
const allOf = {
  others: {
    higher: (told) => say("higher under all {many} others, most under {most} (by {size})", told),
    lower: (told) => say("lower under all {many} others, most under {most} (by {size})", told),
  },
  styles: {
    higher: (told) => say("higher under all {many} styles, most under {most} (by {size})", told),
    lower: (told) => say("lower under all {many} styles, most under {most} (by {size})", told),
  },
};

function extremes(rows, metric, everybody) {
  const { raw, unit, several } = metricOf(metric);
  const directions = [];
  for (const [word, sign] of [["higher", 1], ["lower", -1]]) {
    const side = rows.filter((row) => row.clear && sign * row.mean > 0).sort((one, other) => Math.abs(other.mean) - Math.abs(one.mean));
    if (!side.length) continue;
    const size = rough(side[0].mean) + (["", "0-1", "share"].includes(raw) || directions.length ? "" : " " + unit);
    const [most, ...others] = side.map((row) => called(row.style));
    if (others.length && side.length === rows.length) directions.push(allOf[everybody][word]({ many: side.length, most, size }));
    else {
      const first = say("{style} (by {size})", { style: most, size });
      directions.push(under[word]({ styles: joined([first, ...(others.length <= 2 ? others : [say("{many} others", { many: others.length })])]) }));
    }
  }
  const told = { metric: nameOf(metric), directions: directions.join(SAYS.and) };
  return several ? say("{metric} are {directions}", told) : say("{metric} is {directions}", told);
}

// --- who is best -----------------------------------------------------------------------------------------------------

// The styles from best to worst, as their places; those of one group are too close to call: `standings.ranked`.
function ranked(metric, styles, values) {
  const means = values.map((of) => meanInterval(of).mean);
  const sign = metricOf(metric).good === "lower" ? 1 : -1;
  const unknown = (s) => Number(Number.isNaN(means[s]));
  let left = styles.map((_, s) => s).sort((one, other) => unknown(one) - unknown(other) || sign * (means[one] - means[other]) || one - other);
  const groups = [];
  while (left.length) {
    const [first, ...others] = left;
    const rows = differencesOf([metric], others.map((s) => styles[s]), [others.map((s) => values[s])], [[values[first]]]);
    const behind = rows.findIndex((row) => row.clear);
    const end = behind < 0 ? others.length : behind;
    groups.push([first, ...others.slice(0, end)]);
    left = others.slice(end);
  }
  return groups;
}

function bestInWords(metrics, styles, found, when) {
  if (styles.length < 2) return "";
  const told = metrics.map((metric, m) => {
    const best = found[m][0].map((s) => called(styles[s]));
    if (best.length === styles.length) return say("{metric}: too close to call", { metric: nameOf(metric) });
    const told = { metric: nameOf(metric), styles: best.join(SAYS.or) };
    if (metricOf(metric).good === "lower") return best.length > 1 ? say("{metric} is lowest under {styles} (too close to call)", told) : say("{metric} is lowest under {styles}", told);
    return best.length > 1 ? say("{metric} is highest under {styles} (too close to call)", told) : say("{metric} is highest under {styles}", told);
  });
  const text = joined(told) + ".";
  return when ? `${when} ${text}` : capitalised(text);
}

function stripOf(metric, styles, values, groups, changes) {
  const known = values.map(meanInterval);
  const places = decimals(known.map((one) => (one.high - one.low) / 2));
  const { long_name, unit, raw } = metricOf(metric);
  const chip = (s) => ({ style: styles[s], name: called(styles[s]), ...lookOf(styles[s]), value: inFigures(known[s].mean, places), moved: Object.hasOwn(changes, styles[s]) ? changes[styles[s]] : "" });
  return { metric, name: long_name, within: nameOf(metric), unit: raw === "0-1" ? "" : unit, groups: groups.map((group) => group.map(chip)) };
}

// By style, how far a change has clearly moved the mean of a metric.
function movedBy(changes, metric) {
  const rows = (changes || []).filter((row) => row.metric === metric && row.clear);
  const places = decimals(rows.map((row) => (row.high - row.low) / 2));
  return Object.fromEntries(rows.map((row) => [row.style, inFigures(row.mean, places, true)]));
}

// --- what is drawn ---------------------------------------------------------------------------------------------------

const OVER_TIME = ["morale", "output"];
const unique = (list) => [...new Set(list)];

// Numbers to be drawn, with two decimals more than are shown; null where there is none.
function plain(values, places) {
  const power = 10 ** (places + 2);
  return Array.from(values, (value) => (Number.isNaN(value) ? null : roundEven(value * power) / power));
}

function roundEven(value) {
  const low = Math.floor(value);
  const rest = value - low;
  return rest < 0.5 || (rest === 0.5 && low % 2 === 0) ? low : low + 1;
}

const figure = (value) => (Number.isFinite(value) ? Number(fixed(value, 5)) : null);

function weeksPerPoint(metric, weeks) {
  return metricOf(metric).raw.includes("a year") && weeks >= 52 ? 13 : Math.ceil(weeks / 104);
}

function lastOfBlocks(weeks, block) {
  return Array.from({ length: Math.ceil(weeks / block) }, (_, k) => Math.min((k + 1) * block, weeks));
}

// First and last week that the question is about; null for the whole run.
function focusOf(job) {
  if (!SAYS.look_in) return null;
  const [first, end] = SAYS.look_in;
  const last = Math.min(end, job.weeks);
  return first <= last && (first !== 1 || last !== job.weeks) ? [first, last] : null;
}

// What is kept of some runs, `asked` of the weeks that the question is about; weekly(metric, style, replication) are the weeks of one.
function ranOf(job, weekly) {
  const metrics = unique([...OVER_TIME, job.metric, ...SAYS.headline]);
  const numbers = Array.from({ length: job.replications }, (_, r) => r);
  const [values, asked, courses] = [{}, {}, {}];
  const focus = focusOf(job);
  const means = (metric, first, last) => job.styles.map((_, s) => numbers.map((r) => overWeeks(weekly(metric, s, r), first, last, metricOf(metric).total)));
  metrics.forEach((metric) => {
    values[metric] = means(metric, 0, job.weeks);
    asked[metric] = focus ? means(metric, focus[0] - 1, focus[1]) : values[metric];
  });
  unique([...OVER_TIME, job.metric]).forEach((metric) => {
    const ends = lastOfBlocks(job.weeks, weeksPerPoint(metric, job.weeks));
    courses[metric] = job.styles.map((_, s) => {
      const points = ends.map((end, k) => levelInterval(numbers.map((r) => overWeeks(weekly(metric, s, r), k ? ends[k - 1] : 0, end, false))));
      return { mean: points.map((one) => one.mean), low: points.map((one) => one.low), high: points.map((one) => one.high) };
    });
  });
  return { values, asked, courses };
}

function answerOf(job, after, pinned) {
  const inSight = unique([...OVER_TIME, job.metric]);
  const metrics = unique([...inSight, ...SAYS.headline]);
  const first = job.styles.indexOf(job.baseline);
  const others = job.styles.filter((style) => style !== job.baseline);
  const between = (values) => differencesOf(metrics, others, metrics.map((metric) => values[metric].filter((_, s) => s !== first)), metrics.map((metric) => [values[metric][first]]));
  const differences = between(after.asked);
  const changes = pinned && differencesOf(metrics, job.styles, metrics.map((metric) => after.asked[metric]), metrics.map((metric) => pinned.asked[metric]));
  // What the question itself asks for is said, unless the visitor looks at something else.
  const own = SAYS.look_at;
  const told = own === job.metric && !OVER_TIME.includes(own) ? [...OVER_TIME, own] : OVER_TIME;
  const found = told.map((metric) => ranked(metric, job.styles, after.asked[metric]));
  const focus = focusOf(job);
  const when = focus ? say("In weeks {first} to {last}:", weeksOf(focus)) : "";
  const then = focus ? `${when} ` : "";
  const about = say("{title}: {weeks} {weeks:week|weeks}, {runs} {runs:replication|replications}, seed {seed}", { title: SAYS.title, weeks: job.weeks, runs: job.replications, seed: String(job.seed) });
  return {
    courses: [...OVER_TIME, job.metric].map((metric) => courseOf(job, metric, after, pinned, about)),
    tradeOff: tradeOffOf(job, after, pinned, about),
    verdict: bestInWords(told, job.styles, found, when),
    strips: OVER_TIME.map((metric, m) => stripOf(metric, job.styles, after.asked[metric], found[m], movedBy(changes, metric))),
    between: then + standingOut(differences, job.baseline, inSight),
    through: changes ? then + whatChanged(changes, inSight) : "",
    table: tableOf(job, focus ? between(after.values) : differences, after),
    focus,
    about,
  };
}

const weeksOf = (focus) => ({ first: String(focus[0]), last: String(focus[1]) });

function changedInWords(job) {
  const changes = Object.entries(job.changes).map(([name, value]) => `${name} = ${general(value)}`);
  return changes.length ? say("Changed: {values}.", { values: changes.join(", ") }) : "";
}

function lookOf(style) {
  const { shape, ...look } = SAYS.looks[style];
  return look;
}

function eventsUntil(last) {
  const found = new Map();
  SAYS.events.filter((event) => event.week <= last).forEach((event) => found.set(event.week + " " + event.text, { ...event, until: event.until === null ? null : Math.min(event.until, last) }));
  return [...found.values()].sort((one, other) => one.week - other.week);
}

function courseOf(job, metric, after, pinned, about) {
  const one = metricOf(metric);
  const every = weeksPerPoint(metric, job.weeks);
  const weeks = lastOfBlocks(job.weeks, every);
  const stride = Math.max(Math.floor(weeks.length / 8), 1);
  const halves = after.courses[metric].flatMap((line) => line.high.map((high, k) => (high - line.low[k]) / 2));
  const places = decimals(halves.filter((_, k) => k % stride === 0));
  const lines = job.styles.map((name, s) => {
    const line = after.courses[metric][s];
    const before = pinned ? plain(pinned.courses[metric][s].mean, places) : null;
    return { name: called(name), key: name, ...lookOf(name), mean: plain(line.mean, places), low: plain(line.low, places), high: plain(line.high, places), before };
  });
  const last = (values) => values.filter((value) => !Number.isNaN(value)).pop() ?? NaN;
  const ends = job.styles.map((name, s) => `${called(name)} ${inFigures(last(after.courses[metric][s].mean), places)}`);
  const focus = focusOf(job);
  const wanted = { higher: say("higher is better"), lower: say("lower is better"), neither: "" }[one.good];
  const notes = [say("Bands: 95% confidence intervals of the mean."), pinned ? say("Dotted: what it is compared with.") : ""];
  return {
    kind: "course", title: one.long_name, unit: one.unit, note: notes.filter(Boolean).join(" "),
    changed: changedInWords(job), focus: focus && { week: focus[0], until: focus[1] + 1, text: say("asked about") }, subtitle: [one.unit, wanted].filter(Boolean).join(", "),
    meaning: one.meaning,
    summary: say("{title} by week ({unit}). In the last week: {ends}.", { title: one.long_name, unit: one.unit, ends: ends.join(", ") }),
    source: about, x: weeks, x_name: SAYS.week, x_title: every === 1 ? SAYS.week : say("week (each point: mean of {every} weeks)", { every }),
    lines, events: eventsUntil(job.weeks), decimals: [places],
  };
}

function tradeOffOf(job, after, pinned, about) {
  const [upright, across] = OVER_TIME.map(metricOf);
  const names = [OVER_TIME[1], OVER_TIME[0]];
  const known = names.map((name) => after.asked[name].map(meanInterval));
  const halves = known.map((of) => of.map((one) => (one.high - one.low) / 2));
  const earlier = pinned && names.map((name) => pinned.asked[name].map((values) => meanInterval(values).mean));
  const [places, uprightPlaces] = halves.map(decimals);
  const points = job.styles
    .map((name, s) => {
      const axes = ellipse(names.map((metric) => after.asked[metric][s]));
      return {
        name: called(name), key: name, ...lookOf(name), shape: SAYS.looks[name].shape, x: figure(known[0][s].mean), y: figure(known[1][s].mean),
        interval: [figure(halves[0][s]), figure(halves[1][s])],
        one: axes[0].map((size) => figure(size) || 0), two: axes[1].map((size) => figure(size) || 0),
        reach: [0, 1].map((axis) => Math.hypot(axes[0][axis] || 0, axes[1][axis] || 0)),
        before: earlier ? [figure(earlier[0][s]), figure(earlier[1][s])] : null, ring: name === job.baseline,
      };
    })
    .filter((point) => point.x !== null && point.y !== null);
  const withHalf = (value, half, many) => inFigures(value, many) + (Number.isFinite(half) ? " " + plusMinus(half, many) : "");
  const words = job.styles.map((name, s) => say("{name} {across} and {upright}", { name: called(name), across: withHalf(known[0][s].mean, halves[0][s], places), upright: withHalf(known[1][s].mean, halves[1][s], uprightPlaces) }));
  const focus = focusOf(job);
  const title = say("{upright} against {across}", { upright: upright.long_name, across: across.within });
  return {
    kind: "points", title, subtitle: focus ? say("means of weeks {first} to {last}", weeksOf(focus)) : say("means of the run"),
    unit: `${across.unit}; ${upright.unit}`, note: say("Ellipses: 95% confidence regions of the means."), changed: changedInWords(job),
    meaning: SAYS.how_to_read + (pinned ? " " + say("Small open symbols belong to the dotted lines.") : ""),
    summary: say("{title}: {across} and {upright} of {points}.", { title, across: across.long_name, upright: upright.long_name, points: words.join("; ") }), source: about,
    x_axis: across.long_name, y_axis: upright.long_name, x_title: `${across.long_name} (${across.unit})`, y_title: `${upright.long_name} (${upright.unit})`,
    points, corner: say("more of both ↗"), decimals: [places, uprightPlaces],
  };
}

// The half axes of the ellipse in which two means lie with 95% confidence.
function ellipse([xs, ys]) {
  const pairs = xs.map((x, r) => [x, ys[r]]).filter(([x, y]) => !Number.isNaN(x) && !Number.isNaN(y));
  const n = pairs.length;
  if (n < 3) return [[0, 0], [0, 0]];
  const mean = [0, 1].map((axis) => pairs.reduce((sum, pair) => sum + pair[axis], 0) / n);
  const between = (a, b) => ((pairs.reduce((sum, pair) => sum + (pair[a] - mean[a]) * (pair[b] - mean[b]), 0) / (n - 1)) / n) * SAYS.chi_squared;
  const [xx, xy, yy] = [between(0, 0), between(0, 1), between(1, 1)];
  const middle = (xx + yy) / 2;
  const apart = Math.hypot((xx - yy) / 2, xy);
  return [middle - apart, middle + apart].map((size) => {
    let way = xx >= yy === size >= middle ? [size - yy, xy] : [xy, size - xx];
    const length = Math.hypot(...way);
    way = length > 0 ? way.map((part) => part / length) : size >= middle === xx >= yy ? [1, 0] : [0, 1];
    return way.map((part) => part * Math.sqrt(Math.max(size, 0)));
  });
}

function tableOf(job, differences, after) {
  const rows = SAYS.headline.map((metric) => {
    const one = metricOf(metric);
    const known = after.values[metric].map(meanInterval);
    const halves = known.map((found) => (found.high - found.low) / 2);
    const places = decimals(halves);
    const cells = job.styles.map((style, s) => {
      const mean = inFigures(known[s].mean, places) + (Number.isFinite(halves[s]) ? " " + plusMinus(halves[s], places) : "");
      const row = differences.find((found) => found.metric === metric && found.style === style);
      if (!row) return { mean, difference: "", effect: "", verdict: "" };
      const verdict = !row.clear ? "open" : one.good === "neither" ? "different" : row.mean > 0 === (one.good === "higher") ? "better" : "worse";
      return { mean, difference: inFigures(row.mean, places, true), effect: Number.isNaN(row.effect_size) ? "" : effectOf(row.effect_size), verdict };
    });
    return { metric, name: one.long_name, unit: one.unit, cells };
  });
  return { styles: job.styles, labels: job.styles.map(called), baseline: called(job.baseline), rows };
}
