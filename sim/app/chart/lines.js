// Lines over time: bands, dotted pinned lines, events, and the names at the ends of the lines.
export default {
  methods: {
    drawLines(ink, colour, dark) {
      const f = this.plotArea;
      const out = [];
      const asked = this.spec.focus;
      if (asked) {
        const [from, to] = [this.px(asked.week), Math.min(this.px(asked.until), f.right)];
        out.push('<rect class="ts-asked-about" x="' + from.toFixed(1) + '" width="' + Math.max(0, to - from).toFixed(1) + '" y="' + f.top + '" height="' + (f.bottom - f.top) + '" fill="' + (dark ? "#7cc4ee" : "#12608c") + '" opacity="0.1"/>');
        out.push('<line x1="' + from.toFixed(1) + '" x2="' + to.toFixed(1) + '" y1="' + f.bottom + '" y2="' + f.bottom + '" stroke="' + (dark ? "#7cc4ee" : "#12608c") + '" stroke-width="4"/>');
      }
      this.spec.events.forEach((event, e) => {
        const x = this.px(event.week);
        const until = event.until === null ? x : this.px(event.until);
        if (until > x) out.push('<rect x="' + x.toFixed(1) + '" width="' + (until - x).toFixed(1) + '" y="' + f.top + '" height="' + (f.bottom - f.top) + '" fill="#888888" opacity="0.13"/>');
        out.push('<line x1="' + x.toFixed(1) + '" x2="' + x.toFixed(1) + '" y1="' + (f.top - 3) + '" y2="' + f.bottom + '" stroke="#888888" stroke-dasharray="3 3"/>');
        const { row, start } = this.eventLabels.places[e];
        out.push('<text class="ts-event" data-week="' + event.week + '" x="' + start.toFixed(1) + '" y="' + (f.top - 5 - 13 * row) + '" fill="' + ink.faint + '">' + this.escaped(event.text) + "</text>");
      });
      const fill = Math.min(0.22, 0.9 / Math.max(this.spec.lines.length, 1));
      this.spec.lines.forEach((line) => {
        if (line.low) out.push('<path d="' + this.bandPath(line.low, line.high) + '" fill="' + colour(line) + '" opacity="' + fill + '"/>');
      });
      this.spec.lines.forEach((line) => {
        if (line.before) out.push('<path d="' + this.linePath(line.before) + '" fill="none" stroke="' + colour(line) + '" stroke-width="1.2" stroke-dasharray="1 3" opacity="0.9"/>');
      });
      this.spec.lines.forEach((line) => {
        const dash = line.dash[1] ? ' stroke-dasharray="' + line.dash.join(" ") + '"' : "";
        if (this.weeks === 1 && line.mean[0] !== null) out.push('<circle cx="' + this.px(this.spec.x[0]) + '" cy="' + this.py(line.mean[0]) + '" r="3.5" fill="' + colour(line) + '"/>');
        out.push('<path class="ts-line" d="' + this.linePath(line.mean) + '" fill="none" stroke="' + colour(line) + '" stroke-width="2" stroke-linejoin="round"' + dash + "/>");
      });
      if (!this.narrow) out.push(this.lineNames(dark, colour));
      return out.join("");
    },
    linePath(values) {
      let path = "";
      let pen = "M";
      values.forEach((value, w) => {
        if (value === null) {
          pen = "M";
          return;
        }
        path += pen + this.px(this.spec.x[w]).toFixed(1) + " " + this.py(value).toFixed(1);
        pen = "L";
      });
      return path;
    },
    bandPath(low, high) {
      let path = "";
      let from = 0;
      while (from < low.length) {
        if (low[from] === null) {
          from += 1;
          continue;
        }
        let to = from;
        while (to < low.length && low[to] !== null) to += 1;
        const at = (w, value) => this.px(this.spec.x[w]).toFixed(1) + " " + this.py(value).toFixed(1);
        const there = [];
        const back = [];
        for (let w = from; w < to; w += 1) {
          there.push(at(w, high[w]));
          back.unshift(at(w, low[w]));
        }
        path += "M" + there.concat(back).join("L") + "Z";
        from = to;
      }
      return path;
    },
    // The names at the ends of the lines. They are moved apart, so that none covers another, and keep the order of the ends.
    lineNames(dark, colour) {
      const f = this.plotArea;
      if (!this.weeks) return "";
      const right = this.px(this.spec.x[this.weeks - 1]);
      const ends = this.spec.lines
        .map((line) => {
          const known = line.mean.filter((value) => value !== null);
          return { line, y: known.length ? this.py(known[known.length - 1]) : null };
        })
        .filter((end) => end.y !== null)
        .sort((one, two) => one.y - two.y);
      const gap = 13;
      const blocks = [];
      const start = (block) => Math.max(f.top + 4, Math.min(block.wish / block.many, f.bottom - 4 - (block.many - 1) * gap));
      ends.forEach((end) => {
        blocks.push({ wish: end.y, many: 1 });
        while (blocks.length > 1) {
          const [one, two] = blocks.slice(-2);
          if (start(one) + one.many * gap <= start(two)) break;
          blocks.splice(-2, 2, { wish: one.wish + two.wish - one.many * two.many * gap, many: one.many + two.many });
        }
      });
      const out = [];
      let next = 0;
      blocks.forEach((block) => {
        for (let place = 0; place < block.many; place += 1) {
          const end = ends[next];
          const y = start(block) + place * gap;
          out.push('<line x1="' + (right + 1) + '" x2="' + (right + 12) + '" y1="' + end.y.toFixed(1) + '" y2="' + y.toFixed(1) + '" stroke="' + colour(end.line) + '" stroke-width="0.9"/>');
          out.push('<text x="' + (right + 15) + '" y="' + y.toFixed(1) + '" dy="0.35em" fill="' + (dark ? end.line.dark_ink : end.line.ink) + '">' + this.escaped(end.line.name) + "</text>");
          next += 1;
        }
      });
      return out.join("");
    },
  },
};
