// Runs in a thread of its own: takes a question, and answers the newest one. Needs the program, COMPANY (numbers and
// what each control changes in them) and `answer.js`.

function revived(value) {
  return Array.isArray(value) ? value.map((one) => (one === null ? NaN : revived(one))) : value;
}

// A company whose missing numbers are NaN, which JSON does not have.
function alive(numbers) {
  const parts = (one, plain) => Object.fromEntries(Object.entries(one).map(([name, value]) => [name, plain.includes(name) ? value : revived(value)]));
  return { ...parts(numbers, ["levels", "plan", "past"]), plan: parts(numbers.plan, []), past: parts(numbers.past, []) };
}

const BASE = alive(COMPANY.numbers);

// The development level of each person of a team, as `sim.model.input_records.levels_of` gives them.
function levelsOf(mix, size) {
  const shares = mix.map((share) => roundEven(share * 1000000));
  const total = shares.reduce((sum, share) => sum + share, 0);
  const counts = shares.map(() => 0);
  return Array.from({ length: size }, (_, before) => {
    const behind = shares.map((share, level) => (before + 1) * share - counts[level] * total);
    const level = behind.indexOf(Math.max(...behind));
    counts[level] += 1;
    return level;
  });
}

// The company with the numbers that the controls stand at.
function companyWith(changes) {
  const company = { ...BASE };
  for (const part of COMPANY.parts) company[part] = [...BASE[part]];
  for (const [name, effect] of Object.entries(COMPANY.effects)) {
    const value = name in changes ? changes[name] : effect.start;
    for (const [part, place, slope] of effect.changes) {
      if (slope === null) company[part][place] = value;
      else company[part][place] += slope * (value - effect.neutral);
    }
  }
  if (COMPANY.teams) withPeople(company, changes);
  return withPractices(company);
}

// Practices that nobody keeps up are left out: they would only take time.
function withPractices(company) {
  const kept = [];
  for (let at = 0; at < company.practices.length; at += WIDTH.PRACTICE)
    if (company.practices[at + FIELD.PRACTICE.intensity] !== 0) kept.push(...company.practices.slice(at, at + WIDTH.PRACTICE));
  company.practices = kept;
  company.company[FIELD.COMPANY.practising] = kept.length ? 1 : 0;
  return company;
}

// Teams of other sizes, or of other people: nobody is named, so that all there is to say is how many are at each level.
function withPeople(company, changes) {
  const sizes = COMPANY.teams.map((team) => (team.name in changes ? changes[team.name] : team.size));
  company.sizes = COMPANY.teams.map((team, t) => sizes[t] + team.room);
  company.starts = [];
  company.levels = null;
  let first = 0;
  COMPANY.teams.forEach((team, t) => {
    const at = t * WIDTH.TEAM;
    company.teams[at + FIELD.TEAM.first] = first;
    first += company.sizes[t];
    company.teams[at + FIELD.TEAM.last] = first;
    const mix = team.mix.map((share, level) => (COMPANY.mix && COMPANY.mix[level] in changes ? changes[COMPANY.mix[level]] : share));
    const levels = levelsOf(mix, sizes[t]);
    const held = mix.some((share, level) => share !== FIXED.usualMix[level]) ? 1 : 0;
    for (let m = 0; m < company.sizes[t]; m++) {
      const start = FIXED.fields.START.map(() => NaN);
      const there = m < sizes[t];
      start[FIELD.START.team] = t;
      start[FIELD.START.status] = there ? FIXED.employed : FIXED.closed;
      start[FIELD.START.held] = there ? held : 0;
      start[FIELD.START.level] = there ? levels[m] : 0;
      company.starts.push(...start);
    }
  });
}

// How many numbers a run needs room for.
function roomFor(company, arms, weeks) {
  const positions = company.sizes.reduce((sum, size) => sum + size, 0);
  const teams = company.sizes.length;
  const person = WIDTH.EMPLOYEE + 1 + 8;
  const world = positions * person + teams * (WIDTH.LEADER + WIDTH.TEAM + WIDTH.TALLY) + WIDTH.COMPANY + WIDTH.TALLY + company.practices.length;
  const chance = (weeks + 40) * (positions * (6 + WIDTH.APPLICANT / 2) + 4 * teams + 4);
  return (arms + 2) * world + chance + arms * weeks * (WIDTH.MEASURES + 1) + arms * company.events.reduce((most, events) => Math.max(most, events.length), 0) + 200000;
}

let newest = 0;
const channel = typeof MessageChannel === "undefined" ? null : new MessageChannel();
// Let messages come in that are waiting: a newer question ends an older one.
const breathe = () => new Promise((go) => { channel.port1.onmessage = go; channel.port2.postMessage(0); });

const ranBefore = new Map();
const MOST_RAN = 12;

async function ran(job, changes, stopped) {
  const key = JSON.stringify([changes, job.styles, job.metric, job.replications, job.weeks, job.seed]);
  const known = ranBefore.get(key);
  if (known) return known;
  const company = companyWith(changes);
  const arms = job.styles.map((style) => COMPANY.styles.indexOf(style));
  const needed = roomFor(company, arms.length, job.weeks);
  if (M.length < needed) start(needed);
  const prepared = prepare(Ready(company, arms), job.weeks);
  const metrics = unique([...OVER_TIME, job.metric, ...SAYS.headline]);
  const places = metrics.map((metric) => FIELD.MEASURES[metric]);
  const size = job.weeks;
  const kept = new Float64Array(metrics.length * arms.length * job.replications * size);
  let since = performance.now();
  for (let r = 0; r < job.replications; r++) {
    replication(prepared, job.seed, r);
    for (let s = 0; s < arms.length; s++)
      places.forEach((place, m) => {
        let from = prepared.measures.company + s * size * WIDTH.MEASURES + place;
        let to = ((m * arms.length + s) * job.replications + r) * size;
        for (let w = 0; w < size; w++, from += WIDTH.MEASURES, to++) kept[to] = M[from];
      });
    if (channel && performance.now() - since > 12) {
      await breathe();
      if (stopped()) return null;
      since = performance.now();
    }
  }
  const weekly = (metric, s, r) => {
    const at = ((metrics.indexOf(metric) * arms.length + s) * job.replications + r) * size;
    return kept.subarray(at, at + size);
  };
  const found = ranOf(job, weekly);
  ranBefore.set(key, found);
  if (ranBefore.size > MOST_RAN) ranBefore.delete(ranBefore.keys().next().value);
  return found;
}

async function answer(question) {
  const stopped = () => newest > question.ask;
  if (stopped()) return null;
  const { job, changes, pinned } = question;
  const after = await ran(job, changes, stopped);
  const same = Object.keys({ ...changes, ...pinned }).every((name) => changes[name] === pinned[name]);
  const before = after && !same ? await ran(job, pinned, stopped) : null;
  if (!after || (!same && !before)) return null;
  return { ask: question.ask, answer: answerOf({ ...job, changes }, after, before) };
}

let busy = Promise.resolve();

// Questions come in turn, for all of them work in the same memory; one that is not wanted any more ends at once.
if (typeof self !== "undefined" && typeof self.postMessage === "function") {
  self.onmessage = ({ data }) => {
    if (!data.aside) newest = data.ask;
    busy = busy.then(async () => {
      try {
        const found = data.aside ? await answerRound(data, (message) => self.postMessage(message)) : await answer(data);
        if (found) self.postMessage(found);
      } catch (error) {
        const problem = String(error && error.message ? error.message : error);
        self.postMessage(data.aside ? { aside: data.aside, problem } : { ask: data.ask, problem });
      }
    });
  };
}
