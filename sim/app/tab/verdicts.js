// What a lesson says of a guess once its round was run: `sim.app.learn.verdicts` and `sim.app.learn.pictures`, to which a
// test holds it. Needs `answer.js`, and LESSON: rounds, and the companies that they are run in.

const NOBODY_BEST = "none";

const LIMITS = say("This is what the model does with its assumptions and with other luck in every run. It does not say whether real people do the same. For that, see the page Evidence.");

// The verdict on a guess, with what is drawn; weekly[arm][replication] are the weeks of one run.
function judged(round, guess, weekly) {
  if (round.kind === "everywhere") return judgedEverywhere(round, guess, weekly);
  const verdict = { contest: judgedContest, course: judgedCourse, luck: judgedLuck }[round.kind](round, guess, weekly);
  return { ...verdict, drawn: round.kind === "luck" ? pairsOf(round, weekly) : coursesOfArms(round, weekly) };
}

// By arm, what each run comes to in the weeks that count.
const runsOf = (round, weekly) => weekly.map((arm) => arm.map((weeks) => overWeeks(weeks, round.first - 1, round.last, metricOf(round.metric).total)));

// The best, and who is not clearly and noticeably behind it, as places.
function leadersOf(round, names, runs) {
  const means = runs.map((values) => meanInterval(values).mean);
  const best = means.indexOf(round.wanted === "highest" ? Math.max(...means) : Math.min(...means));
  const others = names.map((_, k) => k).filter((k) => k !== best);
  const rows = differencesOf([round.metric], others, [others.map((k) => runs[k])], [[runs[best]]]);
  const behind = rows.filter((row) => row.clear && Math.abs(row.mean) >= round.smallest).map((row) => row.style);
  return names.map((_, k) => k).filter((k) => !behind.includes(k));
}

const spanOf = (first, last) => (first === last ? say("in week {week}", { week: String(first) }) : say("in weeks {first} to {last}", { first: String(first), last: String(last) }));
const wantedOf = (round) => (round.wanted === "highest" ? say("the highest {metric}", { metric: nameOf(round.metric) }) : say("the lowest {metric}", { metric: nameOf(round.metric) }));
const textOf = (round, label) => round.arms.find((arm) => arm.label === label).text;

function judgedContest(round, guess, weekly) {
  const names = round.arms.map((arm) => arm.label);
  const runs = runsOf(round, weekly);
  const known = runs.map(levelInterval);
  const ahead = leadersOf(round, names, runs).map((k) => names[k]);
  const places = decimals(known.map((one) => one.high - one.mean));
  const means = joined(round.arms.map((arm, k) => `${arm.text} ${inFigures(known[k].mean, places)}`));
  const measured = say("Mean {metric} {when}: {means}.", { metric: `${nameOf(round.metric)} (${metricOf(round.metric).unit})`, when: spanOf(round.first, round.last), means });
  const alike = { arms: joined(ahead.map((label) => textOf(round, label))), size: digits(String(round.smallest)), runs: round.replications };
  let shown = `${measured} ${say("Between {arms} there is no certain difference of {size} or more. The others are clearly behind.", alike)}`;
  if (ahead.length === 1) {
    const told = { best: textOf(round, ahead[0]) };
    const best = round.wanted === "highest" ? say("The highest is {best}.", told) : say("The lowest is {best}.", told);
    shown = `${measured} ${best} ${leadOf(round, names, runs, ahead[0])}`;
  } else if (ahead.length === names.length) shown = `${measured} ${say("Between {arms} there is no certain difference of {size} or more after {runs} {runs:run|runs} of each.", alike)}`;
  let outcome = ahead.includes(guess) ? "open" : "failed";
  if (ahead.length === 1) outcome = guess === ahead[0] ? "held" : "failed";
  else if (guess === NOBODY_BEST) outcome = ahead.length === names.length ? "held" : "open";
  return { outcome, shown, limits: LIMITS };
}

// How far the best is from the nearest other, with the interval.
function leadOf(round, names, runs, best) {
  const at = names.indexOf(best);
  const others = names.map((_, k) => k).filter((k) => k !== at);
  const rows = differencesOf([round.metric], others.map((k) => names[k]), [others.map((k) => runs[k])], [[runs[at]]]);
  const nearest = rows.reduce((least, row) => (Math.abs(row.mean) < Math.abs(least.mean) ? row : least));
  const [low, high] = [nearest.low, nearest.high].map(Math.abs).sort((a, b) => a - b);
  const places = decimals([(high - low) / 2]);
  const [size, from, to] = [Math.abs(nearest.mean), low, high].map((value) => inFigures(value, places));
  return say("This is clear: it differs by {size} from {nearest}, the nearest (95% interval {low} to {high}).", { size, nearest: textOf(round, nearest.style), low: from, high: to });
}

function judgedCourse(round, guess, [runs]) {
  const { first, last, smallest } = round;
  const values = runs.map((weeks) => Array.from(weeks).slice(first - 1, last));
  const mean = values[0].map((_, w) => meanInterval(values.map((weeks) => weeks[w])).mean);
  const [low, high, end] = [mean.indexOf(Math.min(...mean)), mean.indexOf(Math.max(...mean)), mean.length - 1];
  // The mean change between two weeks, and whether it is certain and large enough.
  const moves = (begin, until) => {
    const change = meanInterval(values.map((weeks) => weeks[until] - weeks[begin]));
    return [change.mean, (change.low > 0 || change.high < 0) && Math.abs(change.mean) >= smallest];
  };
  const [fall, rise, climb, drop, net] = [moves(0, low), moves(low, end), moves(0, high), moves(high, end), moves(0, end)];
  const [dips, peaks] = [fall[1] && rise[1], climb[1] && drop[1]];
  let shape = "level";
  if (dips && (!peaks || (fall[0] + drop[0] <= 0 && low < high))) shape = "dips";
  else if (peaks) shape = "peaks";
  else if (net[1]) shape = net[0] > 0 ? "rises" : "falls";
  const size = ([change]) => inFigures(Math.abs(change), 2);
  const span = { first: String(first), last: String(last) };
  const change = {
    dips: () => say("It falls by {size} to its lowest point in week {turn}. It then rises by {then} until week {last}.", { size: size(fall), turn: String(first + low), then: size(rise), ...span }),
    peaks: () => say("It rises by {size} to its highest point in week {turn}. It then falls by {then} until week {last}.", { size: size(climb), turn: String(first + high), then: size(drop), ...span }),
    rises: () => say("It rises by {size} from week {first} to week {last}.", { size: size(net), ...span }),
    falls: () => say("It falls by {size} from week {first} to week {last}.", { size: size(net), ...span }),
    level: () => say("From week {first} to week {last} there is no certain change of {size} or more.", { size: digits(String(smallest)), ...span }),
  }[shape]();
  const sure = shape === "level" ? "" : " " + say("The 95% intervals of these changes do not include zero.");
  const ends = { metric: nameOf(round.metric), runs: round.replications, start: inFigures(mean[0], 2), stop: inFigures(mean[end], 2), ...span };
  const shown = say("Mean {metric} over {runs} {runs:run|runs}: {start} in week {first}, {stop} in week {last}.", ends) + " " + change + sure;
  return { outcome: guess === shape ? "held" : "failed", shown, limits: LIMITS };
}

function judgedEverywhere(round, guess, weekly) {
  const { styles, situations } = round;
  const found = situations.map(({ title }, n) => {
    const runs = runsOf(round, weekly.slice(n * styles.length, (n + 1) * styles.length));
    return { title, known: runs.map(levelInterval), ahead: leadersOf(round, styles, runs).map((k) => styles[k]) };
  });
  const total = found.length;
  const wins = styles.map((style) => found.filter((one) => one.ahead.includes(style)).length);
  const winsOf = (style) => wins[styles.indexOf(style)];
  const best = styles[wins.indexOf(Math.max(...wins))];
  const everywhere = styles.filter((style) => winsOf(style) === total);
  const label = (style) => round.labels[styles.indexOf(style)];
  const each = found.map((one) => `${one.title}: ${one.ahead.map(label).join(SAYS.or)}`).join("; ");
  const what = wantedOf(round);
  const winners = { all: total, styles: joined(everywhere.map(label)), what };
  let shown = say("No style has {what} in all {all} situations. {best} comes closest, in {many} of them.", { what, all: total, best: label(best), many: winsOf(best) });
  if (everywhere.length === 1) shown = say("In all {all} situations, {styles} is among the styles with {what}.", winners);
  if (everywhere.length > 1) shown = say("In all {all} situations, {styles} are among the styles with {what}.", winners);
  if (guess !== NOBODY_BEST && guess !== best) shown += " " + say("Your guess, {guess}, is among the leading styles in {many} of {all}.", { guess: label(guess), many: winsOf(guess), all: total });
  shown += " " + say("Styles that lead or are not clearly behind: {each}.", { each });
  const right = guess === NOBODY_BEST ? !everywhere.length : everywhere.includes(guess);
  const limits = say("Other situations or another measure may have other winners. Here {all} situations were run, and only {what} counted.", { all: total, what }) + " " + LIMITS;
  const rows = found.map((one) => {
    const places = Math.min(decimals(one.known.map((of) => of.high - of.mean)) + 1, 3);
    return [one.title, ...styles.map((style, k) => inFigures(one.known[k].mean, places) + (one.ahead.includes(style) ? " ★" : ""))];
  });
  return { outcome: right ? "held" : "failed", shown, limits, table: { head: [say("Situation"), ...round.labels], rows } };
}

// The values of both companies of every pair; where a pair shall have different luck, with that of the run before.
function inPairs(round, weekly) {
  const [ours, theirs] = runsOf(round, weekly);
  return [ours, round.same ? theirs : [theirs[theirs.length - 1], ...theirs.slice(0, -1)]];
}

function judgedLuck(round, guess, weekly) {
  const [one, other] = round.arms.map((arm) => arm.text);
  const [ours, theirs] = inPairs(round, weekly);
  const gaps = ours.map((value, k) => (round.wanted === "highest" ? value - theirs[k] : theirs[k] - value)).filter((gap) => !Number.isNaN(gap));
  const won = gaps.filter((gap) => gap > 0).length;
  const n = gaps.length;
  const share = (100 * won) / n;
  const [low, high] = wilson(won, n);
  const [begin, end] = guess.split("-").map(Number);
  const told = { share: fixed(share, 0), one, metric: nameOf(round.metric), other, pairs: n, low: fixed(low, 0), high: fixed(high, 0) };
  const more = round.wanted === "highest"
    ? say("In {share} of 100 pairs, {one} has more {metric} than {other} ({pairs} pairs; 95% interval {low} to {high}).", told)
    : say("In {share} of 100 pairs, {one} has less {metric} than {other} ({pairs} pairs; 95% interval {low} to {high}).", told);
  const shown = more + " " + (round.same ? say("The two companies of a pair differ only in the style.") : say("The two companies of a pair differ in people, luck and style."));
  let outcome = low < end && high > begin ? "open" : "failed";
  if (begin <= share && share <= end) outcome = begin <= low && high <= end ? "held" : "open";
  return { outcome, shown, limits: LIMITS };
}

// 95% interval of a share in percent (Wilson 1927).
function wilson(successes, n) {
  const [z, share] = [1.959964, successes / n];
  const whole = 1 + z ** 2 / n;
  const middle = (share + z ** 2 / (2 * n)) / whole;
  const half = (z / whole) * Math.sqrt((share * (1 - share)) / n + z ** 2 / (4 * n ** 2));
  return [Math.max(0, 100 * (middle - half)), Math.min(100, 100 * (middle + half))];
}

// --- what is drawn ---------------------------------------------------------------------------------------------------

const looksOf = ({ colour, dark, ink, dark_ink, dash }) => ({ colour, dark, ink, dark_ink, dash });

function coursesOfArms(round, weekly) {
  const one = metricOf(round.metric);
  const weeks = Array.from({ length: round.weeks }, (_, w) => w + 1);
  const known = weekly.map((arm) => weeks.map((week) => levelInterval(arm.map((of) => of[week - 1]))));
  const stride = Math.max(Math.floor(weeks.length / 8), 1);
  const halves = known.flatMap((points) => points.map((point) => (point.high - point.low) / 2));
  const places = decimals(halves.filter((_, k) => k % stride === 0));
  const lines = round.arms.map((arm, a) => {
    const of = (name) => plain(known[a].map((point) => point[name]), places);
    return { name: arm.text, key: arm.label, ...looksOf(arm), mean: of("mean"), low: of("low"), high: of("high"), before: null };
  });
  const last = (points) => points.map((point) => point.mean).filter((value) => !Number.isNaN(value)).pop() ?? NaN;
  const ends = round.arms.map((arm, a) => `${arm.text} ${inFigures(last(known[a]), places)}`);
  const partly = round.first !== 1 || round.last !== round.weeks;
  const wanted = { higher: say("higher is better"), lower: say("lower is better"), neither: "" }[one.good];
  return {
    kind: "course", title: one.long_name, unit: one.unit, note: say("Bands: 95% confidence intervals of the mean."), changed: "", focus: null,
    subtitle: [one.unit, wanted].filter(Boolean).join(", "), meaning: "",
    summary: say("{title} by week ({unit}). In the last week: {ends}.", { title: one.long_name, unit: one.unit, ends: ends.join(", ") }),
    source: say("{runs} runs of each", { runs: round.replications }), x: weeks, x_name: SAYS.week, x_title: SAYS.week, lines,
    events: partly ? [{ week: round.first, until: round.last, text: say("counted") }] : [], decimals: [places],
  };
}

function pairsOf(round, weekly) {
  const { long_name, unit } = metricOf(round.metric);
  const [one, other] = round.arms.map((arm) => arm.text);
  const [ours, theirs] = inPairs(round, weekly);
  const lower = round.wanted === "lowest";
  const gaps = ours.map((value, k) => (lower ? theirs[k] - value : value - theirs[k]));
  const ahead = [[other, gaps.filter((gap) => gap < 0).length], [one, gaps.filter((gap) => gap > 0).length]];
  const title = say("{metric}, pair by pair", { metric: long_name });
  const counts = [...ahead].reverse().map(([name, many]) => say("{name} in {many} of {all}", { name, many, all: gaps.length })).join(", ");
  const less = lower ? { one: other, other: one, unit } : { one, other, unit };
  return {
    kind: "pairs", title, subtitle: say("each dot: a pair"), unit, note: "", changed: "",
    meaning: say("At the vertical line, both companies of a pair are equal. Further from it, they differ more."),
    summary: say("{title}: ahead is {counts}.", { title, counts }),
    source: say("{many} pairs", { many: round.replications }), x_title: say("{one} less {other} ({unit})", less), y_title: say("pairs"),
    names: [one, other], sides: ahead.map(([name, many]) => ({ name, ...looksOf(round.arms.find((arm) => arm.text === name)), many })),
    pairs: gaps.map((gap, k) => [ours[k], theirs[k], gap].map(figure)), decimals: [2],
  };
}

// --- runs ------------------------------------------------------------------------------------------------------------

// The weeks of the metric of a round: [arm][replication]; null once it is stopped. `note` is told how far it is.
async function playedRound(round, seed, note) {
  const places = round.arms ? round.arms.map((arm) => arm.place) : round.situations.flatMap((situation) => situation.places);
  const weekly = places.map(() => []);
  const companies = [...new Set(places.map(([company]) => company))];
  let since = performance.now();
  for (const [k, number] of companies.entries()) {
    const here = places.map((place, at) => [...place, at]).filter(([company]) => company === number);
    const arms = here.map(([, style]) => style);
    const company = LESSON.companies[number];
    const needed = roomFor(company, arms.length, round.weeks);
    if (M.length < needed) start(needed);
    const prepared = prepare(Ready(company, arms), round.weeks);
    const measure = FIELD.MEASURES[round.metric];
    for (let r = 0; r < round.replications; r++) {
      replication(prepared, seed, r);
      here.forEach(([, , at], s) => {
        const from = prepared.measures.company + s * round.weeks * WIDTH.MEASURES + measure;
        weekly[at].push(Float64Array.from({ length: round.weeks }, (_, w) => M[from + w * WIDTH.MEASURES]));
      });
      if (channel && performance.now() - since > 100) {
        note(Math.round((100 * (k + r / round.replications)) / companies.length));
        await breathe();
        since = performance.now();
      }
    }
  }
  return weekly;
}

async function answerRound({ aside, round, guess, seed }, note) {
  const asked = LESSON.rounds[round];
  const weekly = await playedRound(asked, seed, (percent) => note({ aside, percent }));
  return { aside, seed, ...judged(asked, guess, weekly) };
}
