// Runs replications: lays records out in M, draws what chance brings, and runs the weeks under some styles.

const WIDTH = Object.fromEntries(Object.entries(FIXED.fields).map(([name, fields]) => [name, fields.length]));
const FIELD = Object.fromEntries(Object.entries(FIXED.fields).map(([name, fields]) => [name, Object.fromEntries(fields.map((field, place) => [field, place]))]));

// All numbers of a run, and the functions of the module; `start` makes both.
let M = new Float64Array(0);
let CALLED = {};

const PAGE = 65536; // bytes

function start(numbers) {
  const memory = new WebAssembly.Memory({ initial: Math.ceil((8 * numbers) / PAGE) + 1 });
  const bytes = Uint8Array.from(atob(MODULE), (one) => one.charCodeAt(0));
  const { exp, log, pow, tanh, log1p, expm1, sin, cos } = Math;
  const env = { __linear_memory: memory, exp, log, pow, tanh, log1p, expm1, sin, cos, fmod: (a, b) => a % b };
  M = new Float64Array(memory.buffer);
  CALLED = new WebAssembly.Instance(new WebAssembly.Module(bytes), { env }).exports;
}

let free = 0;

// Room in M for some numbers, all 0.
function room(many) {
  const at = free;
  free += many;
  if (free > M.length) throw new RangeError("not enough memory for so many people and weeks");
  M.fill(0, at, free);
  return at;
}

function put(numbers) {
  const at = room(numbers.length);
  M.set(numbers, at);
  return at;
}

// How a company is laid out: the first position of each team, and what tells positions and teams apart.
function placesOf(sizes) {
  const firsts = [0];
  sizes.forEach((size) => firsts.push(firsts[firsts.length - 1] + size));
  const of = sizes.flatMap((size, t) => Array.from({ length: size }, (_, m) => t * FIXED.toldApart + m));
  return { firsts, of, teams: sizes.map((_, t) => t * FIXED.toldApart), positions: of.length };
}

// A company that can be run, as `sim.run.tab.company` describes it, under the arms asked for.
function Ready(company, arms) {
  const places = placesOf(company.sizes);
  return { company, arms, places, teams: company.sizes.length };
}

function keyOf(seed, replication) {
  const words = (value) => [value % 4294967296, Math.floor(value / 4294967296)];
  return [...words(seed), ...words(replication)];
}

// A world under some arms; `from` are the records that every arm begins with.
function worldOf(ready, arms, from, practices, colleagues, diversity) {
  const { positions } = ready.places;
  const T = ready.teams;
  const largest = Math.max(...ready.company.sizes);
  const many = practices.length / WIDTH.PRACTICE;
  const world = {
    employees: room(arms * positions * WIDTH.EMPLOYEE), employees_0: arms, employees_1: positions,
    leaders: room(arms * T * WIDTH.LEADER), leaders_0: arms, leaders_1: T,
    teams: room(arms * T * WIDTH.TEAM), teams_0: arms, teams_1: T,
    company: room(arms * WIDTH.COMPANY), company_0: arms, company_1: 1,
    tallies: room(arms * (1 + T) * WIDTH.TALLY), tallies_0: arms, tallies_1: 1 + T,
    sums: 0, sums_0: arms, sums_1: 1 + T, sums_2: WIDTH.TALLY,
    mood: room(arms * positions), mood_0: arms, mood_1: positions,
    practices: room(arms * practices.length), practices_0: arms, practices_1: many,
    weeks: room(largest * WIDTH.WEEK), weeks_0: largest,
    colleagues, colleagues_0: positions, colleagues_1: FIXED.colleagues,
    diversity, diversity_0: T,
  };
  world.sums = world.tallies;
  for (let a = 0; a < arms; a++) {
    M.set(from.leaders, world.leaders + a * from.leaders.length);
    M.set(from.teams, world.teams + a * from.teams.length);
    M.set(from.company, world.company + a * WIDTH.COMPANY);
    M.set(practices, world.practices + a * practices.length);
  }
  return world;
}

function planOf(plan, events, arms) {
  const stages = plan.stages.length / WIDTH.STAGE;
  const policies = plan.policies.length / WIDTH.POLICY;
  return {
    tables: put(plan.tables), tables_0: stages, tables_1: 4, stages: put(plan.stages), stages_0: stages,
    policies: put(plan.policies), policies_0: policies,
    events: put(events), events_0: arms, events_1: events.length / WIDTH.EVENT / arms,
  };
}

function setPolicies(world, leads, teams) {
  for (let a = 0; a < leads.length; a++)
    for (let t = 0; t < teams; t++) M[world.leaders + (a * teams + t) * WIDTH.LEADER + FIELD.LEADER.policy] = leads[a][t];
}

// Room for what chance brings in some weeks.
function blockOf(weeks, positions, teams) {
  const months = Math.ceil(weeks / FIXED.applicantWeeks);
  return {
    first_week: 1, weeks,
    luck: room(weeks * positions * WIDTH.PERSON_LUCK), luck_0: weeks, luck_1: positions,
    chance: room(weeks * positions), chance_0: weeks, chance_1: positions,
    team_luck: room(weeks * teams * WIDTH.TEAM_LUCK), team_luck_0: weeks, team_luck_1: teams,
    company_luck: room(weeks * WIDTH.COMPANY_LUCK), company_luck_0: weeks,
    applicants: room(months * positions * WIDTH.APPLICANT), applicants_0: months, applicants_1: positions,
  };
}

function drawBlock(block, firstWeek, positions, teams, scratch, key) {
  drawWeeks(
    block.luck, block.weeks * positions, WIDTH.PERSON_LUCK, block.chance, block.weeks * positions, 1,
    block.team_luck, block.weeks * teams, WIDTH.TEAM_LUCK, block.company_luck, block.weeks, WIDTH.COMPANY_LUCK,
    block.applicants, block.applicants_0 * positions, WIDTH.APPLICANT,
    scratch.words, FIXED.words, FIXED.room, scratch.tails, FIXED.room, scratch.beyond, FIXED.room,
    scratch.of, positions, scratch.teams, teams, scratch.company, 1,
    firstWeek, Math.floor((firstWeek - 1) / FIXED.applicantWeeks), key, 4
  );
}

// The luck of replications that was drawn already, which stays the same whatever a slider changes.
const kept = new Map();
let keptFor = "";
let keptNumbers = 0;
const MOST_KEPT = 12e6; // numbers: some 100 MB

// Everything that is the same for all replications lies in M from here on; what a replication needs lies behind it.
function prepare(ready, weeks) {
  free = 8; // nothing lies at the address 0
  const { company, places, arms } = ready;
  const { positions } = places;
  const T = ready.teams;
  const all = arms.length;
  const scratch = {
    words: room(FIXED.words * FIXED.room), tails: room(FIXED.room), beyond: room(FIXED.room), free: room(Math.max(positions, T)),
    of: put(places.of), teams: put(places.teams), company: room(1), firsts: put(places.firsts),
  };
  const firstLuck = free;
  const luck = {
    people: room(positions * WIDTH.APPLICANT), teamStarts: room(T * WIDTH.TEAM_START), colleagues: room(positions * FIXED.colleagues),
    levels: room(positions), before: blockOf(FIXED.weeksBefore, positions, T), block: blockOf(weeks, positions, T),
  };
  const lastLuck = free;
  const events = arms.flatMap((arm) => company.events[arm]);
  return {
    ready, weeks, scratch, luck, firstLuck, lastLuck,
    key: room(4), parameters: put(company.parameters), diversity: put(company.diversity), starts: put(company.starts),
    plan: planOf(company.plan, events, all), past: planOf(company.past, [], 1),
    heldPeople: room(positions * WIDTH.EMPLOYEE), heldCompany: room(WIDTH.COMPANY),
    measures: {
      company: room(all * weeks * WIDTH.MEASURES), company_0: all, company_1: weeks,
      teams: 0, teams_0: all, teams_1: 0, teams_2: T, people: 0, people_0: all, people_1: 0, people_2: 0,
    },
    unmeasured: {
      company: room(FIXED.weeksBefore * WIDTH.MEASURES), company_0: 1, company_1: FIXED.weeksBefore,
      teams: 0, teams_0: 1, teams_1: 0, teams_2: T, people: 0, people_0: 1, people_1: 0, people_2: 0,
    },
    begin: free,
  };
}

function drawLuck(prepared, seed, replication) {
  const { ready, luck, scratch, key, firstLuck, lastLuck } = prepared;
  const { positions } = ready.places;
  const T = ready.teams;
  const about = [ready.company.sizes.join(), prepared.weeks, seed].join(" ");
  if (about !== keptFor) {
    kept.clear();
    keptNumbers = 0;
    keptFor = about;
  }
  const known = kept.get(replication);
  if (known) {
    M.set(known, firstLuck);
    return;
  }
  M.set(keyOf(seed, replication), key);
  drawBeginning(
    luck.people, positions, WIDTH.APPLICANT, luck.teamStarts, T, WIDTH.TEAM_START, luck.colleagues, positions, FIXED.colleagues,
    scratch.free, Math.max(positions, T), scratch.words, FIXED.words, FIXED.room, scratch.tails, FIXED.room, scratch.beyond, FIXED.room,
    scratch.firsts, T + 1, scratch.of, positions, scratch.teams, T, key, 4
  );
  if (ready.company.levels) fillUniform(luck.levels, positions, 1, scratch.words, FIXED.words, FIXED.room, scratch.of, positions, 0, FIXED.unrated, key, 4);
  drawBlock(luck.before, FIXED.before + 1, positions, T, scratch, key);
  drawBlock(luck.block, 1, positions, T, scratch, key);
  if (keptNumbers + lastLuck - firstLuck <= MOST_KEPT) {
    kept.set(replication, M.slice(firstLuck, lastLuck));
    keptNumbers += lastLuck - firstLuck;
  }
}

// Run one replication; the metrics of its weeks lie in M at prepared.measures.company: (arms, weeks, metrics).
function replication(prepared, seed, number) {
  const { ready, luck, measures } = prepared;
  const { company, arms, places } = ready;
  const { positions } = places;
  const T = ready.teams;
  free = prepared.begin;
  drawLuck(prepared, seed, number);

  // Who is there on the first day; a level is drawn for people whom nobody has rated.
  let starts = prepared.starts;
  if (company.levels) {
    starts = room(positions * WIDTH.START);
    M.copyWithin(starts, prepared.starts, prepared.starts + positions * WIDTH.START);
    company.levels.forEach((up, i) => {
      if (up) M[starts + i * WIDTH.START + FIELD.START.level] = up.filter((from) => M[luck.levels + i] >= from).length;
    });
  }

  // The weeks before the first, which all arms share.
  const before = worldOf(ready, 1, { ...company, company: company.companyBefore }, [], luck.colleagues, prepared.diversity);
  setPolicies(before, [company.past.leads], T);
  populate(before, starts, positions, luck.people, positions, luck.teamStarts, T, prepared.parameters, 1);
  M.copyWithin(prepared.heldPeople, before.employees, before.employees + positions * WIDTH.EMPLOYEE);
  M.copyWithin(prepared.heldCompany, before.company, before.company + WIDTH.COMPANY);
  const stays = room(FIXED.weeksBefore * positions);
  for (let w = 0; w < FIXED.weeksBefore; w++)
    for (let i = 0; i < positions; i++)
      M[stays + w * positions + i] = M[starts + i * WIDTH.START + FIELD.START.held] === 1 ? 1 : M[luck.before.chance + w * positions + i];
  const held = { starts, starts_0: positions, people: prepared.heldPeople, people_0: positions, company: prepared.heldCompany, company_0: 1 };
  runWeeks(before, prepared.past, { ...luck.before, chance: stays }, prepared.parameters, 1, prepared.unmeasured, held);

  const world = worldOf(ready, arms.length, company, company.practices, luck.colleagues, prepared.diversity);
  const copies = [["employees", positions * WIDTH.EMPLOYEE], ["leaders", T * WIDTH.LEADER], ["teams", T * WIDTH.TEAM], ["mood", positions]];
  for (const [name, size] of copies)
    for (let a = 0; a < arms.length; a++) M.copyWithin(world[name] + a * size, before[name], before[name] + size);
  setPolicies(world, arms.map((arm) => company.leads[arm]), T);
  const nothing = { starts: 0, starts_0: 0, people: 0, people_0: 0, company: 0, company_0: 0 };
  runWeeks(world, prepared.plan, luck.block, prepared.parameters, 1, measures, nothing);
}
