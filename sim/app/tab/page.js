// The page: the components of the app, put together as `sim.app.compare.page` and `sim.app.compare.controller` do, and
// a thread that runs the model. Needs Vue, SHARED (components), PAGE, SAYS, WORKER (a text), and `link.js`.

const INTERVALS = say("Bands and ellipses: 95% confidence intervals of the mean.");

// Within a report, the address is that of the report.
const PLACE = PAGE.inside ? window.parent : window;

// A component of the app, with the events that its framework gives it as methods.
function shared(component, props, events) {
  const methods = Object.fromEntries(events.map((name) => [name, function (value) { this.$emit(name, value); }]));
  return { ...component, props, emits: events, methods: { ...component.methods, ...methods } };
}

// --- the page --------------------------------------------------------------------------------------------------------

const ABOUT_WHY = say("Why? is answered for the situation with which this page begins, as it was found out when the page was made; once something is changed, it is not asked.");

const Page = {
  components: {
    TsControls: shared(SHARED.controls, ["revision", "fixed", "baseline", "run", "replications", "most_styles", "answered"], ["change"]),
    TsResults: shared(SHARED.results, ["notes", "problem", "verdict", "strips", "trial", "asked_about", "between", "through", "most_changed", "patience", "compared", "changes", "same", "pinned"], ["act", "why"]),
    TsFigures: shared(SHARED.figures, ["figures"], ["why"]),
    TsChart: shared(SHARED.chart, ["drawn", "height", "low"], []),
    TsSelect: shared(SHARED.select, ["label", "options", "value", "help_text"], ["choose"]),
    TsWhy: SHARED.why ? shared(SHARED.why, ["asked", "percent", "patience", "problem", "found"], ["ask"]) : { template: "<div></div>" },
    TsTop: shared(SHARED.shell, ["pages", "current", "has_address", "languages", "language"], ["go", "change_language"]),
    TabLesson: SHARED.lesson ? { ...SHARED.lesson, components: { TsGuess: shared(SHARED.guess, ["question", "options", "guess"], ["decide"]), TsChart: shared(SHARED.chart, ["drawn", "height", "low"], []) } } : { template: "<div></div>" },
    TabKeep: SHARED.keep,
  },
  template: `
    <div class="ts-app" :class="{ 'tab-why': reasonable }">
      <ts-top :pages="[]" current="" :has_address="false"></ts-top>
      <main class="ts-main" id="ts-main" tabindex="-1">
        <tab-lesson v-if="page.lesson" :lesson="page.lesson" :answers="answers" @ask="askAside"></tab-lesson>
        <div class="ts-compare">
          <div class="ts-asking">
            <component :is="page.inside ? 'h2' : 'h1'">{{ page.question }}</component>
            <p class="ts-situation">{{ page.title }}. {{ page.description }}</p>
          </div>
          <ts-controls :revision="revision" :fixed="fixed" :baseline="baseline" :run="run" :replications="page.replications" :most_styles="page.most_styles" :answered="answered" @change="change"></ts-controls>
          <div class="ts-results">
            <div class="ts-watch">
              <ts-results :notes="notes" :problem="problem" :verdict="answer ? answer.verdict : ''" :strips="strips" :trial="page.trial ? page.trial.question : ''" :asked_about="askedAbout" :between="answer ? answer.between : ''" :through="answer ? answer.through : ''" :most_changed="null" :patience="say('Running the first comparison ...')" :compared="compared" :changes="chips" :same="same" :pinned="isPinned" @act="act" @why="explain"></ts-results>
              <div v-if="!answer" class="ts-charts ts-empty"></div>
              <div v-else class="ts-charts">
                <div class="ts-card"><ts-chart :drawn="drawn[0]" :height="230" :low="140"></ts-chart></div>
                <div class="ts-card"><ts-chart :drawn="drawn[1]" :height="230" :low="140"></ts-chart></div>
                <div class="ts-card">
                  <ts-select :label="say('Third chart')" :options="metrics" :value="setting.metric" :help_text="say('One of the {many} metrics that the model measures every week.', { many: metrics.length })" @choose="choose"></ts-select>
                  <ts-chart :drawn="drawn[2]" :height="230" :low="140"></ts-chart>
                </div>
                <div class="ts-card"><ts-chart :drawn="drawn[3]" :height="266" :low="140"></ts-chart></div>
              </div>
            </div>
            <div v-if="answer" class="ts-numbers">
              <ts-why v-if="page.reasons" :asked="asked_why" :percent="null" patience="" :problem="why_missing" :found="why_found" @ask="explain"></ts-why>
              <ts-figures :figures="table" @why="explain"></ts-figures>
              <p class="ts-faint ts-small ts-about">{{ answer.about }}. {{ intervals }} <template v-if="page.reasons">{{ about_why }}</template></p>
            </div>
            <tab-keep :link="link" :command="command" :files="page.files"></tab-keep>
          </div>
        </div>
      </main>
      <footer class="ts-foot"><div class="tab-credit"><p v-for="line in page.credit" :key="line">{{ line }}</p></div></footer>
    </div>`,
  data() {
    const arrival = fromQuery(PLACE.location.hash.slice(1));
    return { page: PAGE, setting: arrival.setting, notes: arrival.notes, revision: 0, start: arrival.setting, asked: 0, answered: 0, answer: null, problem: "", intervals: INTERVALS, answers: {}, why: null, about_why: ABOUT_WHY };
  },
  computed: {
    fixed() {
      const values = Object.fromEntries(CONTROLS.flatMap((control) => control.names.map((name, n) => [name, basesOf(control)[n]])));
      return JSON.stringify({ groups: PAGE.groups, start: { ...values, ...this.start.changes }, styles: PAGE.styles, picked: this.start.styles });
    },
    run() {
      const { replications, weeks, seed } = this.setting;
      return { replications, weeks, seed, fewest: PAGE.limits.weeks[0], most: PAGE.limits.weeks[1] };
    },
    baseline() { return baselineOf(this.setting); },
    same() { return alike(this.setting.changes, this.setting.pinned); },
    isPinned() { return Object.keys(this.setting.pinned).length > 0; },
    chips() { return chips(this.setting); },
    compared() {
      if (this.same) return this.isPinned ? say("You have pinned what you see now.") : say("Nothing is changed. Move a slider: the model then runs all weeks again.");
      return this.isPinned ? say("Dotted lines: the pinned situation. Changed:") : say("Dotted lines: the scenario without changes. Changed:");
    },
    drawn() { return [...this.answer.courses, this.answer.tradeOff].map((spec) => JSON.stringify(spec)); },
    strips() { return JSON.stringify(this.answer ? { rows: this.answer.strips, baseline: this.answer.table.baseline } : { rows: [], baseline: "" }); },
    askedAbout() { return this.answer && this.answer.focus ? say("Shaded blue: weeks {first} to {last}, which the question is about.", { first: String(this.answer.focus[0]), last: String(this.answer.focus[1]) }) : ""; },
    table() { return JSON.stringify(this.answer.table); },
    metrics() { return Object.entries(SAYS.metrics).map(([value, one]) => ({ value, text: `${one.long_name} (${one.unit})` })); },
    // Reasons are of the situation with which the page begins, and of no other.
    reasonable() {
      const { setting } = this;
      const alike = ["weeks", "seed"].every((name) => setting[name] === START[name]);
      return Boolean(PAGE.reasons) && alike && !Object.keys(setting.changes).length && this.baseline === PAGE.reasons.baseline;
    },
    why_of() {
      const of = this.why && this.reasonable ? PAGE.reasons.found[this.why.style] : null;
      return of ? of[this.why.metric] : undefined;
    },
    asked_why() {
      if (!this.why || !this.reasonable) return JSON.stringify({ what: "" });
      const { baseline, metrics, found } = PAGE.reasons;
      return JSON.stringify({ what: "style", metric: this.why.metric, style: this.why.style, subjects: [], metrics, styles: Object.keys(found), labels: SAYS.called, baseline });
    },
    why_missing() {
      return this.why && !this.why_of ? say("This page has no reasons for that: they are there for the styles with which it begins. Use the app, or teamsim why.") : "";
    },
    why_found() { return JSON.stringify(this.why_of || {}); },
    command() { return asCommand(this.setting); },
    link() { return linkTo(PLACE.location.href, this.setting); },
  },
  created() {
    const text = new Blob([WORKER], { type: "text/javascript" });
    this.worker = new Worker(URL.createObjectURL(text));
    this.worker.onmessage = (event) => this.take(event.data);
    this.worker.onerror = (event) => { this.problem = say("The model could not be run here: {why}. Try a newer browser.", { why: event.message || say("the browser gives no reason") }); this.answered = this.asked; };
    PLACE.addEventListener("hashchange", this.visit);
    if (PAGE.inside) this.printWhole(window.frameElement);
    this.ask();
  },
  methods: {
    say,
    take(message) {
      if (message.aside) {
        this.answers = { ...this.answers, [message.aside]: message };
        return;
      }
      if (message.ask !== this.asked) return;
      this.answered = message.ask;
      this.problem = message.problem || "";
      if (message.answer) this.answer = message.answer;
      document.documentElement.dataset.answered = message.ask;
    },
    jobOf(setting) {
      const { styles, metric, replications, weeks, seed } = setting;
      return { styles: [...styles], metric, replications, weeks, seed, baseline: baselineOf(setting) };
    },
    ask(ask) {
      this.asked = ask === undefined ? this.asked + 1 : ask;
      const { changes, pinned } = this.setting;
      this.worker.postMessage({ ask: this.asked, job: this.jobOf(this.setting), changes: { ...changes }, pinned: { ...pinned } });
    },
    // A report is printed with the answer as it stands, on one sheet, and not with what is scrolled to.
    printWhole(frame) {
      const { height } = frame.style;
      window.parent.addEventListener("beforeprint", () => {
        window.scrollTo(0, 0);
        frame.style.height = "54rem";
      });
      window.parent.addEventListener("afterprint", () => (frame.style.height = height));
    },
    askAside(question) { this.worker.postMessage(JSON.parse(JSON.stringify(question))); },
    // Every view that was settled on has an address, so that Back takes a change back.
    settle() {
      const query = toQuery(this.setting);
      if (PLACE.location.hash.slice(1) !== query && query.length <= LONGEST) {
        this.mine = query;
        PLACE.location.hash = query;
      }
    },
    visit() {
      const query = PLACE.location.hash.slice(1);
      if (query === this.mine || query === toQuery(this.setting)) { this.mine = null; return; }
      const arrival = fromQuery(query);
      this.notes = arrival.notes;
      this.anew(arrival.setting);
    },
    anew(setting) {
      this.setting = this.start = setting;
      this.revision += 1;
      this.settle();
      this.ask();
    },
    change(message) {
      const { kind, value, final, ask } = message;
      const setting = { ...this.setting };
      if (kind === "set") {
        const control = CONTROLS.find((one) => one.id === message.id);
        const values = message.values.length > 1 ? message.values : control.names.map(() => message.values[0]);
        const changes = Object.fromEntries(Object.entries(setting.changes).filter(([name]) => !control.names.includes(name)));
        const same = values.every((one, n) => Math.abs(one - basesOf(control)[n]) < 1e-9);
        if (!same) control.names.forEach((name, n) => (changes[name] = Number(Number(values[n]).toPrecision(10))));
        setting.changes = changes;
      } else if (Object.hasOwn(PAGE.limits, kind) && !(value >= PAGE.limits[kind][0] && value <= PAGE.limits[kind][1])) {
        this.refuse(ask, say("{name}: got {value}; allowed is a whole number from {low} to {high}.", { name: kind, value: String(value), low: String(PAGE.limits[kind][0]), high: PAGE.limits[kind][1] }));
        return;
      } else setting[kind] = value;
      if (!runnable(setting) && kind !== "set") {
        this.refuse(ask, TOO_MUCH);
        return;
      }
      this.setting = setting;
      if (final) this.settle();
      this.ask(ask);
    },
    refuse(ask, why) {
      this.problem = why;
      this.asked = this.answered = ask;
    },
    explain(message) {
      this.why = message.kind === "why" ? { metric: message.metric, style: message.style } : null;
    },
    choose(name) { this.change({ kind: "metric", value: name, final: true, ask: this.asked + 1 }); },
    act(message) {
      const setting = this.setting;
      if (message.kind === "pin") this.anew({ ...setting, pinned: setting.changes });
      else if (message.kind === "unpin") this.anew({ ...setting, pinned: {} });
      else if (message.kind === "try") this.anew({ ...setting, changes: { ...setting.changes, ...PAGE.trial.changes } });
      else if (message.kind === "reset") this.anew({ ...setting, changes: {}, pinned: {} });
      else if (message.kind === "back") {
        const control = CONTROLS.find((one) => one.id === message.id);
        const kept = Object.entries(setting.changes).filter(([name]) => !control.names.includes(name));
        const pinned = Object.entries(setting.pinned).filter(([name]) => control.names.includes(name));
        this.anew({ ...setting, changes: Object.fromEntries([...kept, ...pinned]) });
      }
    },
  },
};

Vue.createApp(Page).mount("#teamsim");
