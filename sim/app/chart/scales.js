// The place of a value on the screen: the area of the plot, the ranges of both axes, and the axes themselves.
export default {
  computed: {
    plotArea() {
      const course = this.spec.kind === "course";
      const counted = this.spec.kind === "pairs" ? (this.narrow ? 34 : 20) : 8;
      const top = course && this.spec.events.length ? 8 + 13 * this.eventLabels.count : counted;
      return { ...this.margins, top, bottom: this.plotHeight - 36 };
    },
    margins() {
      const longest = Math.max(0, ...this.items.map((item) => item.name.length));
      const right = this.spec.kind !== "course" ? 12 : this.narrow ? 10 : 18 + 6.7 * longest;
      return { left: 46, right: this.width - right };
    },
    // The place of the name of each event: its row above the plot and its left end. No two names touch.
    eventLabels() {
      const { left, right } = this.margins;
      const ends = [];
      const places = this.spec.events.map((event) => {
        const x = left + ((event.week - this.xRange[0]) / (this.xRange[1] - this.xRange[0])) * (right - left);
        const wide = 6.8 * event.text.length;
        const start = Math.max(left, Math.min(x - 2, this.width - wide - 2));
        let row = ends.findIndex((end) => end < start);
        if (row < 0) row = ends.length;
        ends[row] = start + wide + 4;
        return { row, start };
      });
      return { places, count: ends.length };
    },
    // The range of the values. The axis grows with them, but shrinks only if half of it would be empty: a restless axis hides
    // what has changed.
    valueRange() {
      if (this.spec.axes) return this.spec.axes[1];
      const course = this.spec.kind === "course";
      if (this.spec.kind === "pairs") {
        const dots = {};
        this.bins.of.forEach((bin) => (dots[bin] = (dots[bin] || 0) + 1));
        return [0, Math.max(4, ...Object.values(dots))];
      }
      const values = [];
      const note = (list) => list && list.forEach((value) => value !== null && values.push(value));
      if (course) this.spec.lines.forEach((line) => [line.mean, line.low, line.high, line.before].forEach(note));
      else note(this.spec.points.flatMap((p) => [p.y, p.y - p.reach[1], p.y + p.reach[1], p.before && p.before[1]].map((v) => v ?? null)));
      return this.withMargin(values, course ? 0.06 : 0.12);
    },
    xRange() {
      if (this.spec.axes) return this.spec.axes[0];
      if (this.spec.kind === "pairs") return this.withMargin([0, ...this.spec.pairs.map((pair) => pair[2])], 0.04);
      if (this.spec.kind === "course") return [Math.min(this.spec.x[0], 1), Math.max(this.spec.x[this.weeks - 1], 2)];
      const values = this.spec.points.flatMap((p) => [p.x - p.reach[0], p.x + p.reach[0], p.before && p.before[0]].filter((v) => v !== null && v !== undefined));
      return this.withMargin(values, 0.14);
    },
    yRange() {
      return this.keptRange || this.valueRange;
    },
  },
  watch: {
    valueRange: {
      immediate: true,
      handler(now) {
        const was = this.keptRange;
        const fits = was && this.keptFor === this.spec.title && now[0] >= was[0] && now[1] <= was[1] && now[1] - now[0] > 0.5 * (was[1] - was[0]);
        if (!fits) this.keptRange = now;
        this.keptFor = this.spec.title;
      },
    },
  },
  methods: {
    withMargin(values, margin) {
      if (!values.length) return [0, 1];
      const [low, high] = [Math.min(...values), Math.max(...values)];
      const room = high > low ? margin * (high - low) : Math.max(Math.abs(high), 1) * 0.05;
      return [low - room, high + room];
    },
    px(value, wide) {
      const f = this.plotArea;
      return f.left + ((value - this.xRange[0]) / (this.xRange[1] - this.xRange[0])) * ((wide || f.right) - f.left);
    },
    py(value) {
      const f = this.plotArea;
      return f.bottom - ((value - this.yRange[0]) / (this.yRange[1] - this.yRange[0])) * (f.bottom - f.top);
    },
    ticks(low, high, wanted) {
      const rough = (high - low) / wanted;
      const power = Math.pow(10, Math.floor(Math.log10(rough)));
      const step = [1, 2, 2.5, 5, 10].map((times) => times * power).find((size) => size >= rough);
      const found = [];
      for (let tick = Math.ceil(low / step - 1e-9) * step; tick <= high + step * 1e-9; tick += step) found.push(Number(tick.toPrecision(10)));
      const quarter = Math.abs(step / power - 2.5) < 1e-9 ? 1 : 0;
      const places = Math.max(0, quarter - Math.floor(Math.log10(step) + 1e-9));
      return found.map((tick) => [tick, this.digits(tick.toFixed(Math.min(places, 4)).replace("-", "−"))]);
    },
    axes(ink) {
      const f = this.plotArea;
      const out = [];
      this.ticks(this.yRange[0], this.yRange[1], Math.max(2, (f.bottom - f.top) / 42)).forEach(([tick, text]) => {
        const y = this.py(tick).toFixed(1);
        out.push('<line x1="' + f.left + '" x2="' + f.right + '" y1="' + y + '" y2="' + y + '" stroke="' + ink.grid + '"/>');
        out.push('<text x="' + (f.left - 6) + '" y="' + y + '" dy="0.35em" text-anchor="end" fill="' + ink.faint + '">' + text + "</text>");
      });
      const course = this.spec.kind === "course";
      this.ticks(this.xRange[0], this.xRange[1], Math.max(2, (f.right - f.left) / 70)).forEach(([tick, text]) => {
        if (course && tick !== Math.round(tick)) return;
        const x = this.px(tick).toFixed(1);
        const top = course ? f.bottom : f.top;
        out.push('<line x1="' + x + '" x2="' + x + '" y1="' + top + '" y2="' + (f.bottom + 4) + '" stroke="' + (course ? ink.rule : ink.grid) + '"/>');
        out.push('<text x="' + x + '" y="' + (f.bottom + 15) + '" text-anchor="middle" fill="' + ink.faint + '">' + text + "</text>");
      });
      out.push('<line x1="' + f.left + '" x2="' + f.right + '" y1="' + f.bottom + '" y2="' + f.bottom + '" stroke="' + ink.rule + '"/>');
      const middle = Math.min((f.left + f.right) / 2, this.width - 2 - 3.4 * this.spec.x_title.length); // a long title ends with the picture
      out.push('<text x="' + middle + '" y="' + (f.bottom + 30) + '" text-anchor="middle" fill="' + ink.faint + '">' + this.escaped(this.spec.x_title) + "</text>");
      if (!course)
        out.push('<text transform="translate(11 ' + (f.top + f.bottom) / 2 + ') rotate(-90)" text-anchor="middle" fill="' + ink.faint + '">' + this.escaped(this.spec.y_title) + "</text>");
      return out.join("");
    },
  },
};
