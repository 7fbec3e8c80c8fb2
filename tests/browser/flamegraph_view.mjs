// What both tests ask a Vega view. Everything here also runs inside the page, so it is one function
// without imports.

// Items of the marks with this name, with their bounds in pixels of the view (without its padding).
export function itemsNamed(view, name) {
  const found = [];
  const visit = (mark, x, y) => {
    for (const item of mark.items) {
      if (mark.name === name) {
        const {x1, y1, x2, y2} = item.bounds;
        found.push({datum: item.datum, text: item.text, x1: x1 + x, y1: y1 + y, x2: x2 + x, y2: y2 + y});
      }
      if (mark.marktype !== 'group') continue;
      for (const child of item.items) visit(child, x + (item.x || 0), y + (item.y || 0));
    }
  };
  visit(view.scenegraph().root, 0, 0);
  return found;
}
