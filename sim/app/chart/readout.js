// The values at the mouse or at the week that the keyboard has chosen: shown, and read out by a screen reader.
export default {
  computed: {
    reading() {
      if (this.selected === null) return null;
      const f = this.plotArea;
      if (this.spec.kind === "course" && !this.weeks) return null;
      const side = (x) => (x > (f.left + f.right) / 2 ? { right: this.width - x + 12 + "px" } : { left: x + 12 + "px" });
      if (this.spec.kind === "course") {
        const at = Math.min(this.selected, this.weeks - 1);
        const x = this.px(this.spec.x[at]);
        const lines = this.spec.lines
          .map((line) => ({ line, value: line.mean[at] }))
          .sort((one, two) => (two.value ?? -Infinity) - (one.value ?? -Infinity));
        return {
          x,
          top: f.top,
          bottom: f.bottom,
          title: this.spec.x_name + " " + this.spec.x[at],
          dots: lines.filter((one) => one.value !== null).map((one) => ({ x, y: this.py(one.value), colour: this.colourOf(one.line) })),
          lines: lines.map((one) => this.readLine(one.line, at)),
          place: { ...side(x), top: f.top + "px" },
        };
      }
      if (this.spec.kind !== "points") return null;
      const p = this.spec.points[this.selected];
      if (!p) return null;
      const [x, y] = [this.px(p.x), this.py(p.y)];
      const line = (name, axis, value) => ({
        name, value: this.number(value, axis), range: p.interval[axis] ? "± " + this.number(p.interval[axis], axis) : "", colour: this.colourOf(p),
      });
      return {
        title: p.name,
        dots: [{ x, y, colour: this.colourOf(p) }],
        lines: [line(this.spec.x_axis, 0, p.x), line(this.spec.y_axis, 1, p.y)],
        place: { ...side(x), top: Math.max(0, Math.min(y, this.plotHeight - 90)) + "px" },
      };
    },
    readAloud() {
      if (!this.reading) return "";
      return [this.reading.title, ...this.reading.lines.map((line) => line.name + " " + line.value + " " + line.range)].join(", ");
    },
  },
  methods: {
    readAt(event) {
      const box = event.currentTarget.getBoundingClientRect();
      const [x, y] = [event.clientX - box.left, event.clientY - box.top];
      if (this.spec.kind === "course") {
        const value = this.xRange[0] + ((x - this.plotArea.left) / (this.plotArea.right - this.plotArea.left)) * (this.xRange[1] - this.xRange[0]);
        let best = 0;
        this.spec.x.forEach((week, w) => {
          if (Math.abs(week - value) < Math.abs(this.spec.x[best] - value)) best = w;
        });
        this.selected = best;
        return;
      }
      let best = null;
      let least = 30;
      this.spec.points.forEach((p, place) => {
        const away = Math.hypot(this.px(p.x) - x, this.py(p.y) - y);
        if (away < least) [best, least] = [place, away];
      });
      this.selected = best;
    },
    // The readout stays while the keyboard is used for it, even if the mouse or the page under the mouse moves away.
    stopReading() {
      if (document.activeElement !== this.$refs.reader) this.selected = null;
    },
    readLine(line, at) {
      const [mean, low, high] = [line.mean[at], line.low && line.low[at], line.high && line.high[at]];
      const before = line.before ? line.before[at] : null;
      const parts = [];
      if (low !== null && low !== undefined) parts.push(this.say("{low} to {high}", { low: this.number(low), high: this.number(high) }));
      if (before !== null) parts.push(this.say("compared with {value}", { value: this.number(before) }));
      return { name: line.name, value: this.number(mean), range: parts.join("; "), colour: this.colourOf(line) };
    },
  },
};
