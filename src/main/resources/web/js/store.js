// The wall document, and who wants to hear which part of it. Patches are applied as they come; panels are painted
// on animation frames, each at its own pace, always with the newest values: a back-log after sleep costs one paint.

/** RFC 7396: a null removes, an object merges, anything else replaces. */
export function merge(target, patch) {
  for (const [name, value] of Object.entries(patch)) {
    if (value === null) {
      delete target[name];
    } else if (typeof value === 'object' && !Array.isArray(value)) {
      const old = target[name];
      const isObject = old !== null && typeof old === 'object' && !Array.isArray(old);
      target[name] = merge(isObject ? old : {}, value);
    } else {
      target[name] = value;
    }
  }
  return target;
}

export class Store {
  data = {};
  #panels = [];
  #due = new Set();
  #armed = false;

  /** Calls paint(data) when one of the document's parts changed, at most hz times a second. */
  on(parts, hz, paint) {
    const panel = { parts, paint, gap: 1000 / hz, next: 0 };
    this.#panels.push(panel);
    this.#due.add(panel);
    this.#arm();
  }

  /** Takes a whole document, painted at once. */
  replace(data) {
    this.data = data;
    for (const panel of this.#panels) panel.next = 0;
    this.touch();
  }

  patch(patch) {
    merge(this.data, patch);
    this.touch(Object.keys(patch));
  }

  /** Marks parts as changed; without an argument, everything. */
  touch(parts) {
    for (const panel of this.#panels) {
      if (!parts || parts.some((part) => panel.parts.includes(part))) this.#due.add(panel);
    }
    this.#arm();
  }

  #arm() {
    if (this.#armed || this.#due.size === 0) return;
    this.#armed = true;
    requestAnimationFrame(this.#flush);
  }

  #flush = (now) => {
    this.#armed = false;
    let wait = Infinity;
    for (const panel of this.#due) {
      if (panel.next > now + 4) {
        wait = Math.min(wait, panel.next - now);
        continue;
      }
      this.#due.delete(panel);
      panel.next = now + panel.gap;
      panel.paint(this.data);
    }
    if (wait < Infinity) {
      this.#armed = true;
      setTimeout(() => requestAnimationFrame(this.#flush), Math.max(0, wait - 8));
    }
  };
}
