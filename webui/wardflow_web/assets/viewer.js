// Draws a process diagram with what has passed and what is waiting. The page says the same in words above it,
// so a browser without scripts loses the picture only.
import Viewer from 'bpmn-js/lib/Viewer';

const SMALLEST = 0.62;   // below this a label cannot be read: the box scrolls instead
const MARGIN = 28;       // the bpmn.io mark stands in this margin and covers nothing

async function draw(box) {
  const paper = box.querySelector('[data-paper]');
  const viewer = new Viewer({
    container: paper,
    bpmnRenderer: { defaultFillColor: 'var(--surface)', defaultStrokeColor: 'var(--line2)', defaultLabelColor: 'var(--ink)' },
    textRenderer: { defaultStyle: { fontFamily: '"Be Vietnam Pro", Arial, sans-serif' }, externalStyle: { fontSize: 12 } }
  });
  const answer = await fetch(box.dataset.diagram, { credentials: 'same-origin' });
  if (!answer.ok) return;
  paper.hidden = false;
  await viewer.importXML(await answer.text());
  const canvas = viewer.get('canvas');
  mark(viewer, JSON.parse(box.dataset.passed), 'past');
  mark(viewer, JSON.parse(box.dataset.live), 'live');
  const fit = () => size(box, paper, canvas);
  fit();
  new ResizeObserver(fit).observe(box);
  show(box, viewer, JSON.parse(box.dataset.live));
  box.dataset.drawn = 'yes';
}

function mark(viewer, ids, marker) {
  const known = viewer.get('elementRegistry');
  const shapes = ids.map((id) => known.get(id)).filter(Boolean);
  shapes.forEach((shape) => viewer.get('canvas').addMarker(shape, shape.children?.length ? `${marker}-around` : marker));
}

function size(box, paper, canvas) {
  const { x, y, width, height } = canvas.viewbox().inner;
  const scale = Math.min(1, Math.max(SMALLEST, (box.clientWidth - 2 * MARGIN) / width));
  paper.style.width = `${Math.max(box.clientWidth, Math.ceil(width * scale) + 2 * MARGIN)}px`;
  paper.style.height = `${Math.ceil(height * scale) + 2 * MARGIN}px`;
  canvas.resized();
  canvas.viewbox({ x: x - MARGIN / scale, y: y - MARGIN / scale, width: paper.clientWidth / scale, height: paper.clientHeight / scale });
  keepMark(box, paper);
  box.onscroll = () => keepMark(box, paper);
}

// The licence asks for the mark to be seen at all times, so it travels with the part of the diagram in view.
function keepMark(box, paper) {
  const link = paper.querySelector('.bjs-powered-by');
  link.style.bottom = '4px';
  link.style.right = `${paper.clientWidth - box.clientWidth - box.scrollLeft + 8}px`;
}

function show(box, viewer, ids) {
  const shape = ids.map((id) => viewer.get('elementRegistry').get(id)).find((each) => each && !each.children?.length);
  if (!shape) return;
  const { x, scale } = viewer.get('canvas').viewbox();
  box.scrollLeft = (shape.x + shape.width / 2 - x) * scale - box.clientWidth / 2;
}

document.querySelectorAll('[data-diagram]').forEach((box) => {
  draw(box).catch((error) => console.warn('The diagram could not be drawn', error));
});
