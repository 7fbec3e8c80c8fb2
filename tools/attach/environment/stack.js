// Errors with their stacks, as Node shows them: the engine's own form is "name@file:line:column".

function shownFrame(line) {
  const [, name, place] = /^(.*?)@(.*)$/.exec(line) ?? [undefined, '', line];
  return name === '' ? `    at ${place}` : `    at ${name} (${place})`;
}

// The tool's own frames say nothing to a script's author.
function frames(error) {
  const stack = typeof error.stack === 'string' ? error.stack.split('\n') : [];
  const own = /@?(omnitrace:|self-hosted)/;
  return stack.filter(line => line !== '' && !own.test(line)).map(shownFrame);
}

exports.shownError = error => {
  const head = Error.prototype.toString.call(error);
  return [head, ...frames(error)].join('\n');
};
