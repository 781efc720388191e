// Renders /openapi.json. Text goes in as text nodes only, so nothing in the document can become markup.
const el = (name, attributes = {}, ...children) => {
  const node = document.createElement(name);
  Object.entries(attributes).forEach(([key, value]) => node.setAttribute(key, value));
  node.append(...children);
  return node;
};

const table = (heads, rows) =>
  el('table', {}, el('thead', {}, el('tr', {}, ...heads.map(head => el('th', {}, head)))),
    el('tbody', {}, ...rows.map(row => el('tr', {}, ...row.map(cell => el('td', {}, cell))))));

const resolve = (api, value) =>
  value && value.$ref ? value.$ref.split('/').slice(1).reduce((node, key) => node[key], api) : value;

const shapes = (api, content) => Object.entries(content ?? {}).map(([type, { schema }]) =>
  el('div', {}, el('code', {}, type), el('pre', {}, JSON.stringify(resolve(api, schema), null, 1))));

const operation = (api, path, method, spec) => {
  const parts = [];
  if (spec.description) parts.push(el('p', {}, spec.description));
  if (spec.parameters) {
    parts.push(el('h4', {}, 'Tham số · Parameters'), table(['', '', ''], spec.parameters.map(parameter =>
      [el('code', {}, parameter.name), parameter.in, parameter.description ?? ''])));
  }
  if (spec.requestBody) {
    parts.push(el('h4', {}, 'Nội dung gửi · Body'), el('p', {}, spec.requestBody.description ?? ''),
      ...shapes(api, spec.requestBody.content));
  }
  parts.push(el('h4', {}, 'Trả lời · Answers'));
  Object.entries(spec.responses).forEach(([status, answer]) => {
    const resolved = resolve(api, answer);
    parts.push(el('p', {}, el('code', {}, status), ' ', resolved.description), ...shapes(api, resolved.content));
  });
  return el('details', {},
    el('summary', {}, el('span', { class: 'method' }, method), el('code', {}, path), ' ', spec.summary), ...parts);
};

const render = api => {
  document.getElementById('about').textContent = api.info.description;
  const all = Object.entries(api.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, spec]) => ({ path, method, spec })));
  document.getElementById('paths').replaceChildren(...api.tags.flatMap(tag => [
    el('h2', {}, tag.description),
    ...all.filter(({ spec }) => spec.tags[0] === tag.name)
      .map(({ path, method, spec }) => operation(api, path, method, spec)),
  ]));
};

fetch('/openapi.json').then(answer => answer.json()).then(render).catch(() => {
  document.getElementById('paths').textContent = 'Không tải được openapi.json · openapi.json cannot be loaded';
});
