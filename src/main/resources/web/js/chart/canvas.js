// Canvas in 1080p pixels, scaled by the root font: a 4K wall is sharper, not larger. Colours come from the style sheet.
const style = getComputedStyle(document.documentElement);

export const colour = (name) => style.getPropertyValue(`--${name}`).trim();
export const scale = () => parseFloat(style.fontSize) / 16;
export const FONT = 'Inter, sans-serif';

/** Clears a canvas, fitted to its box; returns its context and size in 1080p pixels. */
export function fit(canvas) {
  const box = canvas.getBoundingClientRect();
  const density = devicePixelRatio || 1;
  const [width, height] = [Math.round(box.width * density), Math.round(box.height * density)];
  if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, { width, height });
  const context = canvas.getContext('2d');
  const unit = scale() * density;
  context.setTransform(unit, 0, 0, unit, 0, 0);
  context.clearRect(0, 0, width / unit, height / unit);
  return [context, width / unit, height / unit];
}

export function stroke(context, points, { color, width, dash = [] }) {
  context.strokeStyle = color;
  context.lineWidth = width;
  context.lineJoin = 'round';
  context.setLineDash(dash);
  context.beginPath();
  points.forEach(([x, y], index) => (index ? context.lineTo(x, y) : context.moveTo(x, y)));
  context.stroke();
  context.setLineDash([]);
}

export function dot(context, [x, y], radius, color) {
  context.fillStyle = color;
  context.beginPath();
  context.arc(x, y, radius, 0, 7);
  context.fill();
}
