// One metric against another: a point and an ellipse for each style, and a name near each point.
export default {
  methods: {
    drawPoints(ink, colour, dark) {
      const out = [];
      const f = this.plotArea;
      this.spec.points.forEach((p) => {
        let path = "";
        for (let turn = 0; turn < 36; turn += 1) {
          const [c, s] = [Math.cos((turn * Math.PI) / 18), Math.sin((turn * Math.PI) / 18)];
          path += (turn ? "L" : "M") + this.px(p.x + c * p.one[0] + s * p.two[0]).toFixed(1) + " " + this.py(p.y + c * p.one[1] + s * p.two[1]).toFixed(1);
        }
        out.push('<path d="' + path + 'Z" fill="' + colour(p) + '" fill-opacity="0.18" stroke="' + colour(p) + '" stroke-width="1" stroke-opacity="0.7"/>');
      });
      this.spec.points.forEach((p) => {
        const [x, y] = [this.px(p.x), this.py(p.y)];
        if (p.before) {
          const [bx, by] = [this.px(p.before[0]), this.py(p.before[1])];
          out.push('<line x1="' + bx.toFixed(1) + '" y1="' + by.toFixed(1) + '" x2="' + x.toFixed(1) + '" y2="' + y.toFixed(1) + '" stroke="' + colour(p) + '" stroke-width="1.2" stroke-dasharray="1 3"/>');
          out.push(this.symbol(p.shape, bx, by, 3.5) + ' fill="none" stroke="' + colour(p) + '" stroke-width="1.2"/>');
        }
        if (p.ring) out.push('<circle cx="' + x.toFixed(1) + '" cy="' + y.toFixed(1) + '" r="9" fill="none" stroke="' + ink.text + '" stroke-width="1.2"/>');
        out.push(this.symbol(p.shape, x, y, 4.5) + ' fill="' + colour(p) + '"/>');
      });
      this.placeNames().forEach(({ item, left, y, wide }) => {
        const [dot, words] = [[this.px(item.x), this.py(item.y)], dark ? item.dark_ink : item.ink];
        const near = [Math.min(Math.max(dot[0], left), left + wide), Math.min(Math.max(dot[1], y - 6), y + 6)];
        const far = Math.hypot(near[0] - dot[0], near[1] - dot[1]) > 14;
        if (far) out.push('<line x1="' + dot[0].toFixed(1) + '" y1="' + dot[1].toFixed(1) + '" x2="' + near[0].toFixed(1) + '" y2="' + near[1].toFixed(1) + '" stroke="' + words + '" stroke-width="0.8"/>');
        const halo = 'paint-order="stroke" stroke="' + (dark ? "#1d2225" : "#ffffff") + '" stroke-width="3" stroke-linejoin="round" ';
        out.push("<text " + halo + 'x="' + left.toFixed(1) + '" y="' + y.toFixed(1) + '" dy="0.35em" fill="' + words + '">' + this.escaped(item.name) + "</text>");
      });
      if (this.spec.corner) out.push('<text x="' + (f.right - 2) + '" y="' + (f.top + 10) + '" text-anchor="end" fill="' + ink.faint + '">' + this.escaped(this.spec.corner) + "</text>");
      return out.join("");
    },
    symbol(name, x, y, r) {
      const at = (dx, dy) => (x + dx * r).toFixed(1) + " " + (y + dy * r).toFixed(1);
      const corners = {
        square: [[-0.9, -0.9], [0.9, -0.9], [0.9, 0.9], [-0.9, 0.9]],
        "triangle-up": [[0, -1.15], [1.1, 0.85], [-1.1, 0.85]],
        "triangle-down": [[0, 1.15], [1.1, -0.85], [-1.1, -0.85]],
        diamond: [[0, -1.25], [1.1, 0], [0, 1.25], [-1.1, 0]],
      }[name];
      if (!corners) return '<circle cx="' + x.toFixed(1) + '" cy="' + y.toFixed(1) + '" r="' + r + '"';
      return '<path d="M' + corners.map(([dx, dy]) => at(dx, dy)).join("L") + 'Z"';
    },
    // A place for each name near its point that covers neither points nor other names.
    placeNames() {
      const f = this.plotArea;
      const points = this.spec.points.map((p) => [this.px(p.x), this.py(p.y)]);
      const taken = points.map(([x, y]) => [x - 6, y - 6, x + 6, y + 6]);
      taken.push([f.right - 100, f.top, f.right, f.top + 14]);
      this.spec.points.forEach((p, place) => {
        const [x, y] = points[place];
        for (let part = 1; p.before && part <= 8; part += 1) {
          const [bx, by] = [x + (part / 8) * (this.px(p.before[0]) - x), y + (part / 8) * (this.py(p.before[1]) - y)];
          taken.push([bx - 3, by - 3, bx + 3, by + 3]);
        }
      });
      const cover = (a, b) => Math.max(0, Math.min(a[2], b[2]) - Math.max(a[0], b[0])) * Math.max(0, Math.min(a[3], b[3]) - Math.max(a[1], b[1]));
      return this.spec.points.map((item, place) => {
        const [x, y] = points[place];
        const wide = 6.7 * item.name.length;
        let best = null;
        let least = Infinity;
        const tried = [[11, 0], [-11 - wide, 0], [-wide / 2, -16], [-wide / 2, 16]];
        for (let radius = 22; radius < 90; radius += 11)
          for (let turn = 0; turn < 12; turn += 1) {
            const [c, s] = [Math.cos((turn * Math.PI) / 6), Math.sin((turn * Math.PI) / 6)];
            tried.push([radius * c - (c < -0.1 ? wide : c > 0.1 ? 0 : wide / 2), radius * s]);
          }
        tried.forEach(([dx, dy], rank) => {
          const box = [x + dx, y + dy - 7, x + dx + wide, y + dy + 7];
          const outside = Math.max(0, f.left - box[0]) + Math.max(0, box[2] - this.width + 2) + Math.max(0, f.top - box[1]) + Math.max(0, box[3] - f.bottom);
          const cost = rank + 1000 * outside + taken.reduce((sum, other) => sum + (cover(box, other) ? 60 + cover(box, other) : 0), 0);
          if (cost < least) [best, least] = [box, cost];
        });
        taken.push(best);
        return { item, left: best[0], y: best[1] + 7, wide };
      });
    },
  },
};
