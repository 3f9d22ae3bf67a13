// What the page is set to, and how that is written: as its address, which anybody can change, and as a command. Needs
// PAGE, SAYS, WORDS and SPEAKING, which says texts.

const MARKED = { set: "changes", pin: "pinned" };
const speaker = { spoken: WORDS };
const say = (text, values) => SPEAKING.methods.say.call(speaker, text, values);
const digits = (text) => SPEAKING.methods.digits.call(speaker, text);
const START = Object.freeze(PAGE.start);

// --- controls --------------------------------------------------------------------------------------------------------

const CONTROLS = PAGE.groups.flatMap((group) => group.controls);
const CONTROL_OF = new Map(CONTROLS.flatMap((control) => control.names.map((name) => [name, control])));

const basesOf = (control) => (control.kind === "mix" ? control.base : control.names.map(() => control.base[0]));
const valuesOf = (control, changes) => control.names.map((name, n) => (name in changes ? changes[name] : basesOf(control)[n]));
const inWords = (control, values) => (control.kind === "mix" ? values.map((value) => (100 * value).toFixed(0)).join("/") + " %" : digits(String(Number(values[0].toPrecision(4)))));

function baselineOf(setting) {
  if (setting.baseline && setting.styles.includes(setting.baseline)) return setting.baseline;
  return ["as-is", PAGE.own_style].find((style) => setting.styles.includes(style)) || setting.styles[0];
}

function chips(setting) {
  const listed = new Set();
  return CONTROLS.flatMap((control) => {
    const [was, now] = [setting.pinned, setting.changes].map((changes) => valuesOf(control, changes));
    if (was.join() === now.join() || control.names.some((name) => listed.has(name))) return [];
    control.names.forEach((name) => listed.add(name));
    return [{ id: control.id, text: `${control.label} ${inWords(control, was)} → ${inWords(control, now)}` }];
  });
}

// --- the address -----------------------------------------------------------------------------------------------------

const written = (value) => String(Number(Number(value).toPrecision(10)));
// Changes are the same in whatever order they were made.
const alike = (one, other) => Object.keys({ ...one, ...other }).every((name) => one[name] === other[name]);
// In a link, where the page itself begins with some.
const NONE = "none";
const quoted = (text) => encodeURIComponent(text).replace(/%20/g, "+").replace(/%2C/g, ",").replace(/%3A/g, ":");

function toQuery(setting) {
  const pairs = [];
  for (const [key, name] of Object.entries(MARKED)) {
    const values = Object.entries(setting[name]);
    if (alike(setting[name], START[name])) continue;
    if (!values.length) pairs.push([key, NONE]);
    for (const [what, value] of values) pairs.push([key, `${what}:${written(value)}`]);
  }
  if (setting.styles.join() !== START.styles.join()) pairs.push(["styles", setting.styles.join(",")]);
  for (const name of ["baseline", "metric", "replications", "weeks", "seed"]) if (setting[name] !== START[name]) pairs.push([name, String(setting[name])]);
  return pairs.map(([key, value]) => key + "=" + quoted(value)).join("&");
}

// Browsers and mail programs cut longer links, as in `sim.app.compare.link`.
const LONGEST = 12000;

// A link to what this page is set to; none where it would be too long.
function linkTo(here, setting) {
  const query = toQuery(setting);
  return query.length > LONGEST ? "" : here.split("#")[0] + (query ? "#" + query : "");
}

// Whether the page can run it while somebody looks on.
const runnable = (setting) => setting.replications * setting.weeks * setting.styles.length * PAGE.largest <= PAGE.most_person_weeks;
const TOO_MUCH = say("this is too much for a page. Take fewer replications, weeks or styles, or use the command line.");

// The setting of a link, which anybody can write: what cannot be followed is left out, with a message.
function fromQuery(query) {
  const setting = { ...START };
  const notes = [];
  const leave = (text) => notes.push(say("Something in the link cannot be followed and is left out: {why}", { why: text }));
  if (query.length > LONGEST) notes.push(say("This link has more than {most} characters; what comes after them is left out. Ask for the scenario file or the command instead.", { most: LONGEST }));
  // A part that is cut in two would say something else.
  const whole = query.length > LONGEST ? query.slice(0, Math.max(query.lastIndexOf("&", LONGEST), 0)) : query;
  for (const [key, value] of new URLSearchParams(whole)) {
    if (Object.hasOwn(MARKED, key)) {
      if (setting[MARKED[key]] === START[MARKED[key]]) setting[MARKED[key]] = {};
      if (value === NONE) continue;
      const place = value.lastIndexOf(":");
      const name = value.slice(0, Math.max(place, 0));
      const [control, number] = [CONTROL_OF.get(name), Number(value.slice(place + 1))];
      const bounds = control && { name: control.label, low: digits(String(control.low)), high: digits(String(control.high)) };
      if (!control) leave(say('there is no control "{name}" on this page.', { name: name.slice(0, 60) }));
      else if (value.slice(place + 1).trim() !== "" && number >= control.low && number <= control.high && (!control.whole || Number.isInteger(number))) setting[MARKED[key]][name] = number;
      else leave(control.whole ? say("{name}: allowed is a whole number from {low} to {high}.", bounds) : say("{name}: allowed is {low} to {high}.", bounds));
    } else if (key === "styles") {
      const asked = [...new Set(value.split(","))];
      const known = PAGE.styles.map((one) => one.name).filter((name) => asked.includes(name));
      const others = asked.filter((name) => !known.includes(name));
      if (known.length) setting.styles = known.slice(0, PAGE.most_styles);
      if (!known.length) leave(say("none of its styles is on this page."));
      else if (others.length) leave(say("these styles are not on this page: {styles}.", { styles: others.join(", ").slice(0, 60) }));
      if (known.length > PAGE.most_styles) leave(say("styles: got {many}; allowed are {most} at a time. Remove some.", { many: known.length, most: PAGE.most_styles }));
    } else if (key === "baseline") setting.baseline = value;
    else if (key === "metric") {
      if (Object.hasOwn(SAYS.metrics, value)) setting.metric = value;
      else leave(say('there is no metric "{name}".', { name: value.slice(0, 40) }));
    } else if (Object.hasOwn(PAGE.limits, key)) {
      const [low, high] = PAGE.limits[key];
      // A number of this kind would be rounded where it is too large.
      if (/^\d{1,19}$/.test(value) && BigInt(value) >= low && BigInt(value) <= high) setting[key] = Number(value);
      else leave(say("{name}: allowed is a whole number from {low} to {high}.", { name: key, low: String(low), high: String(high) }));
    } else leave(say('"{name}" is not understood here.', { name: key.slice(0, 30) }));
  }
  for (const name of Object.values(MARKED)) if (!fits(setting[name])) { setting[name] = START[name]; leave(say("shares of development levels that do not add up to 1.")); }
  if (!runnable(setting)) {
    leave(TOO_MUCH);
    for (const name of ["replications", "weeks", "styles"]) if (!runnable(setting)) setting[name] = START[name];
  }
  if (setting.baseline !== START.baseline && !setting.styles.includes(setting.baseline)) {
    notes.push(say('The link compares with "{style}", which is not among its styles.', { style: setting.baseline.slice(0, 30) }));
    setting.baseline = START.baseline;
  }
  return { setting, notes };
}

// Whether the shares of a mix add up.
function fits(changes) {
  return CONTROLS.filter((one) => one.kind === "mix").every((one) => Math.abs(valuesOf(one, changes).reduce((sum, value) => sum + value, 0) - 1) < 1e-6);
}

function asCommand(setting) {
  const safe = (text) => (/^[\w@%+=:,./-]+$/.test(text) ? text : "'" + text.replace(/'/g, `'"'"'`) + "'");
  const parts = ["teamsim", "compare", safe(PAGE.source)];
  if (PAGE.roster) parts.push("--roster", safe(PAGE.roster));
  setting.styles.forEach((style) => parts.push("--style", safe(style)));
  parts.push("--baseline", safe(baselineOf(setting)), "--replications", setting.replications, "--weeks", setting.weeks, "--seed", setting.seed);
  for (const [name, value] of [...PAGE.set, ...Object.entries(setting.changes)]) parts.push("--set", safe(`${name}=${written(value)}`));
  return parts.join(" ");
}
